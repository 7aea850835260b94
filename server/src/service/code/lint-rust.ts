/** One Rust file's findings: those that its programs have in it, less what its comments suppress. */
import { sameSpan } from "../../base/span.ts";
import { mentionsKey } from "../../pki/index.ts";
import {
  isExample,
  isTestCode,
  modulePlace,
  nameOf,
  type Package,
  type Program,
  type ProgramFile,
  type RustEntry,
  textOf,
} from "../../project/index.ts";
import { guardsAt } from "../../reading/index.ts";
import { rustParser, scan } from "../../rust/index.ts";
import type { Place } from "../../tls/facts.ts";
import type { Finding, Gap } from "../api.ts";
import { embeddedKeyFindings } from "../embedded-keys.ts";
import { surroundingsOf } from "../fixes/surroundings.ts";
import { ruleIds } from "../rule-names.ts";
import { SEVERITIES } from "../severity.ts";
import { suppress } from "../suppressions.ts";
import { speaksToUs, type Workspace } from "../workspace.ts";
import { couldNotParse, lintProgram } from "./lint-program.ts";
import { lintUnit } from "./lint-unit.ts";
import { literalFindings } from "./literal-findings.ts";
import { nestingGaps } from "./nesting.ts";
import type { FileUse, ProgramLint } from "./program-lint.ts";
import type { ProgramSource } from "./program-source.ts";
import { reachInRust, suppressionsIn } from "./rust-comments.ts";
import { unitAlone } from "./units.ts";

export interface RustLint {
  readonly findings: readonly Finding[];
  readonly uses: readonly FileUse[];
  readonly gaps: readonly Gap[];
}

const NOTHING: ProgramLint = { findings: [], uses: [], failures: new Map() };
const CLEAN: RustLint = { findings: [], uses: [], gaps: [] };

/** `linked`: findings about files that this one reads, known only after `uses` are. */
export async function lintRust(
  workspace: Workspace,
  file: string,
  text: string,
  signal?: AbortSignal,
  linked: readonly Finding[] = [],
): Promise<RustLint> {
  const programs = await workspace.programs.holding(file, signal);
  const owner = await workspace.packages.packageOf(file);
  const tells = speaksToUs(text);
  const lints: ProgramLint[] = [];
  if (programs === undefined && (tells || workspace.mentionsTls(scan(text), text, owner)))
    lints.push((await lintAlone(workspace, file, text, owner, signal)) ?? NOTHING);
  for (const program of programs?.toSorted((a, b) => Number(isAside(a)) - Number(isAside(b))) ?? []) {
    const lint = await workspace.programs.linted(program, () => lintWhole(workspace, program, signal));
    // Somebody has changed a file meanwhile: it may belong to others now.
    if (lint === undefined) return lintRust(workspace, file, text, signal, linked);
    lints.push(lint);
  }
  signal?.throwIfAborted();
  const notAnalysed = lints.map((it) => it.failures.get(file)).find((it) => it !== undefined);
  if (notAnalysed !== undefined) return { ...CLEAN, gaps: [{ file, kind: "failed", reason: notAnalysed }] };
  const deep = nestingGaps(file, text, (it) => workspace.mentionsTls(scan(`fn f() { ${it} }`), it, owner));
  const gaps = [...workspace.programs.gapsIn(file), ...deep, ...cutGaps(file, programs ?? [])];
  const found = withoutRepeats([...lints.flatMap((it) => it.findings.filter(({ place }) => place.file === file)), ...linked]);
  const holdsKeys = mentionsKey(text);
  const uses = lints.flatMap((it) => it.uses.filter(({ place }) => place.file === file));
  if (!tells && !holdsKeys) return { findings: found, uses, gaps };
  const told = await finished(workspace, file, text, found);
  return { findings: told.findings, uses, gaps: [...gaps, ...told.gaps] };
}

/** The file, and those of which something is said by what it is analysed with. */
export async function filesToldOf(workspace: Workspace, file: string, signal?: AbortSignal): Promise<ReadonlySet<string>> {
  const found = new Set([file]);
  for (const program of (await workspace.programs.holding(file, signal)) ?? []) {
    const lint = await workspace.programs.linted(program, () => lintWhole(workspace, program, signal));
    // Somebody has changed a file meanwhile: it may belong to others now.
    if (lint === undefined) return filesToldOf(workspace, file, signal);
    for (const { place } of [...lint.findings, ...lint.uses]) found.add(place.file);
  }
  return found;
}

/** Whether something calls what the file offers could not be told. */
function cutGaps(file: string, programs: readonly Program[]): readonly Gap[] {
  const cuts = programs.flatMap(({ files }) => files.flatMap(({ entry, called }) => (entry.path === file ? called.cuts : [])));
  return [...new Set(cuts)].map(({ path, why }) => ({
    file,
    kind: "failed",
    reason: `the names of its crate are resolved in part: \`${nameOf(path)}\`: ${why}`,
  }));
}

/** What tests and examples make of the code comes after what the code says of itself. */
const isAside = ({ files }: Program): boolean =>
  files.every(({ entry, begins }) => begins?.size === 0 || entry.testCode || entry.place.role !== "source");

/**
 * Programs share files: of what two of them say of one place, the more severe stays. One that saw where a verifier is installed knows
 * more than one that did not.
 */
function withoutRepeats(findings: readonly Finding[]): readonly Finding[] {
  const kept: Finding[] = [];
  for (const finding of findings.toSorted(
    (a, b) =>
      Number(a.suppressed !== undefined) - Number(b.suppressed !== undefined) ||
      Number(isInstalled(b)) - Number(isInstalled(a)) ||
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity),
  ))
    if (!kept.some((it) => it.rule === finding.rule && sameSpan(it.place.span, finding.place.span))) kept.push(finding);
  return kept;
}

const isInstalled = (finding: Finding): boolean => finding.related.some((it) => it.installs !== undefined);

async function lintWhole(workspace: Workspace, program: Program, signal: AbortSignal | undefined): Promise<ProgramLint | undefined> {
  const unit = workspace.programs.unit(program);
  if (unit !== undefined) {
    const lint = await lintUnit(workspace, unit, signal);
    return lint && atOnce(lint, workspace, program);
  }
  const sources: ProgramSource[] = [];
  for (const file of program.files) {
    const text = textOf(await workspace.files.readKept(file.entry.path))?.text;
    if (text !== undefined) sources.push(await sourceOf(workspace, file, text, signal));
  }
  const all = await lintProgram(sources, workspace);
  // What is found in a guest, its own program tells, which knows more of it.
  const guests = new Set(program.files.flatMap((it) => (it.guest ? [it.entry.path] : [])));
  const isHome = ({ place }: { readonly place: Place }): boolean => !guests.has(place.file);
  const home = all.findings.filter(isHome);
  const lint = { ...all, findings: workspace.fixesAtOnce(sources) ? home.map((it) => ({ ...it })) : home, uses: all.uses.filter(isHome) };
  if (program.cut !== undefined) workspace.host.log("trace", `${program.files[0]?.entry.path ?? ""}: ${program.cut}`);
  return lint;
}

/** With fixes made now, where all are wanted. */
function atOnce(lint: ProgramLint, workspace: Workspace, { files }: Program): ProgramLint {
  const isWanted = workspace.fixesAtOnce(files.map(({ entry }) => ({ name: entry.path })));
  return isWanted ? { ...lint, findings: lint.findings.map((it) => ({ ...it })) } : lint;
}

/** A file that the workspace does not list: outside of its folders, ignored, or not yet on disk. */
async function lintAlone(
  workspace: Workspace,
  file: string,
  text: string,
  owner: Package | undefined,
  signal: AbortSignal | undefined,
): Promise<ProgramLint | undefined> {
  const place = modulePlace(file, owner?.folder ?? workspace.packages.top(file), owner?.manifest);
  const testCode = await isTestCode(place, owner, workspace.files);
  if (workspace.engine === "analysis") {
    const [parsed] = workspace.sources.parsed([{ path: file, text }], rustParser);
    if (!parsed?.ok) return { ...NOTHING, failures: new Map([[file, couldNotParse(parsed?.error)]]) };
    const entry = { path: file, owner, testCode };
    const crate = workspace.programs.crateOf(owner, place.crate);
    const unit = unitAlone({ entry, place, text, crate, example: isExample(place, owner) }, owner, workspace.sources);
    return lintUnit(workspace, unit, signal);
  }
  const source = await sourceOf(
    workspace,
    { entry: { path: file, owner, place, testCode }, place, begins: undefined, named: undefined, called: { keys: undefined } },
    text,
    signal,
  );
  return lintProgram([source], workspace);
}

interface Placed extends Pick<ProgramFile, "place"> {
  readonly begins: ReadonlySet<string> | undefined;
  readonly named: ReadonlySet<string> | undefined;
  readonly called: Pick<ProgramFile["called"], "keys">;
  readonly entry: Pick<RustEntry, "path" | "owner" | "place" | "testCode">;
}

async function sourceOf(
  workspace: Workspace,
  { entry, place, begins, named, called }: Placed,
  text: string,
  signal: AbortSignal | undefined,
): Promise<ProgramSource> {
  const { path, owner, testCode } = entry;
  const top = workspace.packages.top(path);
  const configuration = await workspace.configurations.of(path);
  const offers = await workspace.offers(owner, top, signal);
  signal?.throwIfAborted();
  return {
    name: path,
    text,
    modulePath: place.modulePath,
    testCode,
    crate: workspace.programs.crateOf(owner, place.crate),
    begins,
    named,
    called: called.keys,
    example: isExample(place, owner),
    configuration,
    // A fix edits the manifest as it is now, and not the one that last said something else.
    surroundings: {
      ...surroundingsOf(offers, await workspace.packages.packageOf(path), top, configuration.settings),
      ...workspace.programs.namedIn(path),
    },
  };
}

/** With what literals and comments say. */
async function finished(workspace: Workspace, file: string, text: string, findings: readonly Finding[]): Promise<Omit<RustLint, "uses">> {
  const configuration = await workspace.configurations.of(file);
  const { rules: levels } = configuration.settings;
  const owner = await workspace.packages.packageOf(file);
  const place = modulePlace(file, owner?.folder ?? workspace.packages.top(file), owner?.manifest);
  const testCode = await isTestCode(place, owner, workspace.files);
  const now = workspace.host.now();
  const [parsed] = workspace.sources.parsed([{ path: file, text }], rustParser);
  if (!parsed?.ok) return { findings, gaps: [{ file, kind: "failed", reason: couldNotParse(parsed?.error) }] };
  const rust = parsed.value;
  const input = { file, rust, owner, testCode, example: isExample(place, owner), configuration, now };
  const standing = [...(testCode ? [{ kind: "test" } as const] : []), ...(input.example ? [{ kind: "example" } as const] : [])];
  const guards = (offset: number) => [...standing, ...guardsAt(offset, rust, file, owner?.facts)];
  const keys = embeddedKeyFindings(file, text, { configuration, now, guards });
  const all = [...findings, ...literalFindings(input, findings), ...keys];
  const kept = suppress(all, suppressionsIn(rust), {
    file,
    now,
    knownRules: ruleIds,
    offRules: new Set([...levels].flatMap(([id, level]) => (level === "off" ? [id] : []))),
    reach: reachInRust(rust),
    complete: rust.errors.length === 0,
  });
  return { findings: kept, gaps: [] };
}
