/** One Rust file's findings: those that its units have in it, less what its comments suppress. */

import { guardsAt } from "../../analysis/index.ts";
import { sameSpan } from "../../base/span.ts";
import { mentionsKey } from "../../pki/keys/mentions.ts";
import { exampleOf, isTestCode, modulePlace, nameOf, type Package } from "../../project/index.ts";
import { type Cut, type ParseFailure, rustParser, scan } from "../../rust/index.ts";
import type { Place } from "../../tls/facts.ts";
import type { Finding, Gap } from "../api.ts";
import { ruleIds } from "../rule-names.ts";
import { SEVERITIES } from "../severity.ts";
import { suppress } from "../suppressions.ts";
import { speaksToUs, type Workspace } from "../workspace.ts";
import { unitAlone } from "./connected-units.ts";
import { lintUnit } from "./lint-unit.ts";
import { lintedUnit } from "./linted-unit.ts";
import { withLiterals } from "./literal-findings.ts";
import { nestingGaps } from "./nesting.ts";
import { reachInRust, suppressionsIn } from "./rust-comments.ts";
import type { Unit } from "./unit.ts";
import type { FileUse, UnitLint } from "./unit-lint.ts";

export interface RustLint {
  readonly findings: readonly Finding[];
  readonly uses: readonly FileUse[];
  readonly gaps: readonly Gap[];
}

/** `linked`: findings about files that this one reads, known only after `uses` are. */
export async function lintRust(
  workspace: Workspace,
  file: string,
  text: string,
  signal?: AbortSignal,
  linked: readonly Finding[] = [],
): Promise<RustLint> {
  const units = await workspace.rust.holding(file, signal);
  const owner = await workspace.packages.packageOf(file);
  const tells = speaksToUs(text);
  const isAnalysed = units === undefined ? tells || workspace.mentionsTls(scan(text), text, owner) : units.length > 0;
  const [parsed] = isAnalysed ? workspace.sources.parsed([{ path: file, text }], rustParser) : [];
  if (parsed?.ok === false) return notAnalysed(file, parsed.error);
  const lints: UnitLint[] = [];
  for (const unit of units?.toSorted((a, b) => Number(isAside(a)) - Number(isAside(b))) ?? []) {
    const lint = await lintedUnit(workspace, unit, signal);
    // Somebody has changed a file meanwhile: it may belong to others now.
    if (lint === undefined) return lintRust(workspace, file, text, signal, linked);
    lints.push(lint);
  }
  const alone = units === undefined && isAnalysed ? await unitOf(workspace, file, text, owner) : undefined;
  const lint = alone && (await lintUnit(workspace, alone));
  if (lint !== undefined) lints.push(lint);
  signal?.throwIfAborted();
  const deep = nestingGaps(file, text, (it) => workspace.mentionsTls(scan(`fn f() { ${it} }`), it, owner));
  const gaps = [...workspace.rust.gapsIn(file), ...deep, ...cutGaps(file, alone?.file(file)?.cuts ?? workspace.rust.cutsIn(file))];
  const found = withoutRepeats([...lints.flatMap((it) => it.findings.filter(({ place }) => place.file === file)), ...linked]);
  const holdsKeys = mentionsKey(text);
  const uses = lints.flatMap((it) => it.uses.filter(({ place }) => place.file === file));
  if (!tells && !holdsKeys) return { findings: found, uses, gaps };
  const secured = lints.flatMap((it) => it.secured.filter((place) => place.file === file));
  const told = await finished(workspace, file, text, found, secured);
  return { findings: told.findings, uses, gaps: [...gaps, ...told.gaps] };
}

/** The file, and those of which something is said by what it is analysed with. */
export async function filesToldOf(workspace: Workspace, file: string, signal?: AbortSignal): Promise<ReadonlySet<string>> {
  const found = new Set([file]);
  for (const unit of (await workspace.rust.holding(file, signal)) ?? []) {
    const lint = await lintedUnit(workspace, unit, signal);
    // Somebody has changed a file meanwhile: it may belong to others now.
    if (lint === undefined) return filesToldOf(workspace, file, signal);
    for (const { place } of [...lint.findings, ...lint.uses]) found.add(place.file);
  }
  return found;
}

/** What names mean in the file is known in part. */
const cutGaps = (file: string, cuts: readonly Cut[]): readonly Gap[] =>
  cuts.map(({ path, why }) => ({
    file,
    kind: "failed",
    reason: `the names of its crate are resolved in part: \`${nameOf(path)}\`: ${why}`,
  }));

/** What tests and examples make of the code comes after what the code says of itself. */
const isAside = ({ files }: Unit): boolean => files.every(({ entry, place }) => entry.testCode || place.role !== "source");

/**
 * Units share files: of what two of them say of one place, the more severe stays. One that saw where a verifier is installed knows
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

/** A file that the workspace does not list: outside of its folders, ignored, or not yet on disk. */
async function unitOf(workspace: Workspace, file: string, text: string, owner: Package | undefined): Promise<Unit> {
  const place = modulePlace(file, owner?.folder ?? workspace.packages.top(file), owner?.manifest);
  const testCode = await isTestCode(place, owner, workspace.files);
  const entry = { path: file, owner, testCode, mentions: true };
  const crate = workspace.rust.crateOf(owner, place.crate);
  return unitAlone({ entry, place, text, crate, example: exampleOf(place, owner) }, owner, workspace.sources);
}

/** With what literals and comments say. */
async function finished(
  workspace: Workspace,
  file: string,
  text: string,
  findings: readonly Finding[],
  secured: readonly Place[],
): Promise<Omit<RustLint, "uses">> {
  const configuration = await workspace.configurations.of(file);
  const { rules: levels } = configuration.settings;
  const owner = await workspace.packages.packageOf(file);
  const place = modulePlace(file, owner?.folder ?? workspace.packages.top(file), owner?.manifest);
  const testCode = await isTestCode(place, owner, workspace.files);
  const now = workspace.host.now();
  const [parsed] = workspace.sources.parsed([{ path: file, text }], rustParser);
  if (!parsed?.ok) return { ...notAnalysed(file, parsed?.error), findings };
  const rust = parsed.value;
  const input = { file, rust, owner, testCode, example: exampleOf(place, owner), configuration, now };
  const standing = [...(testCode ? [{ kind: "test" } as const] : []), ...(input.example === undefined ? [] : [input.example])];
  const guards = (offset: number) => [...standing, ...guardsAt(offset, rust, file, owner?.facts)];
  const keys = mentionsKey(text)
    ? (await import("../embedded-keys.ts")).embeddedKeyFindings(file, text, { configuration, now, guards })
    : [];
  const all = [...withLiterals(input, findings, secured), ...keys];
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

const notAnalysed = (file: string, failure: ParseFailure | undefined): RustLint => ({
  findings: [],
  uses: [],
  gaps: [{ file, kind: "failed", reason: `the file could not be parsed: ${failure?.detail ?? "it is not there"}` }],
});
