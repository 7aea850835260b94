/** One Rust file from text to findings: prefilter, parse, read, judge, fix, suppress. */
import { covers, type Span, span } from "../base/span.ts";
import { models } from "../models/index.ts";
import { declaredAsTest, isTestPackage, type ModulePlace, modulePlace, type Package } from "../project/index.ts";
import { type Reading, readCrate } from "../reading/index.ts";
import { rulesFor } from "../rules/index.ts";
import type { RustFile, RustParser } from "../rust/index.ts";
import { mentionsConnection } from "../settings/index.ts";
import type { Loader, Place } from "../tls/facts.ts";
import type { Finding } from "./api.ts";
import { codeFindings } from "./code-findings.ts";
import { reachOf } from "./code-places.ts";
import { type Configuration, policyOf } from "./configuration.ts";
import { type FixContext, type FixSource, fixesLater } from "./fixes.ts";
import { literalFindings } from "./literal-findings.ts";
import { blankBroken, isSwallowed } from "./recovery.ts";
import { parseSuppression, suppress } from "./suppressions.ts";
import { surroundingsOf } from "./surroundings.ts";
import { ruleIds, type Workspace } from "./workspace.ts";

/** A file that the code names, and how it reads it. */
export interface FileUse {
  readonly path: string;
  readonly loader: Loader;
  readonly place: Place;
}

export interface RustLint {
  readonly findings: readonly Finding[];
  readonly uses: readonly FileUse[];
  readonly notAnalysed?: string;
}

const CLEAN: RustLint = { findings: [], uses: [] };

const packages: ReadonlySet<string> = new Set(models.map((it) => it.package));

export async function lintRust(workspace: Workspace, file: string, text: string, signal?: AbortSignal): Promise<RustLint> {
  const owner = await workspace.packages.packageOf(file);
  // A suppression in a file that says nothing about TLS is unused, which only the comments tell.
  if (!workspace.mentions(text, renamed(owner)) && !mentionsConnection(text) && !text.includes("tlslint")) return CLEAN;
  const top = workspace.packages.top(file);
  const place = modulePlace(file, owner?.folder ?? top, owner?.manifest);
  const testCode =
    place.role === "test" ||
    place.role === "bench" ||
    isTestPackage(owner?.facts.name ?? "") ||
    (await declaredAsTest(place, workspace.files));
  const configuration = await workspace.configurations.of(file);
  const offers = await workspace.offers(owner, top, signal);
  signal?.throwIfAborted();
  const surroundings = surroundingsOf(offers, owner, top, configuration.settings);
  const open = workspace.files.isOpen(file);
  const parsed = await workspace.sources.with(file, text, open, (rust, parser) =>
    lintParsed({ file, rust, parser, open, owner, place, testCode, configuration, surroundings, workspace }),
  );
  return parsed.ok ? parsed.value : { ...CLEAN, notAnalysed: `the file could not be parsed: ${parsed.error.detail}` };
}

/** Names in code that a manifest gives to modelled packages. */
const renamed = (owner: Package | undefined): readonly string[] =>
  [...(owner?.facts.dependencies ?? [])].flatMap(([name, it]) =>
    packages.has(it.package) && it.package.replaceAll("-", "_") !== name ? [name] : [],
  );

interface Parsed {
  readonly file: string;
  readonly rust: RustFile;
  readonly parser: RustParser;
  /** In an editor, where the text changes and fixes are asked for one by one, if at all. */
  readonly open: boolean;
  readonly owner: Package | undefined;
  readonly place: ModulePlace;
  readonly testCode: boolean;
  readonly configuration: Configuration;
  readonly surroundings: ReturnType<typeof surroundingsOf>;
  readonly workspace: Workspace;
  /** Parts of the text were left out. */
  readonly incomplete?: true;
}

/** May not wait: see `RustSources.with`. */
function lintParsed(input: Parsed): RustLint {
  const { rust, parser } = input;
  const found = readAndJudge(input);
  if (!isSwallowed(rust)) return found;
  const { text, blanked } = blankBroken(rust.text, (it) => syntaxErrors(parser, it) === 0);
  const parsed = blanked.length === 0 ? undefined : parser.parse(text);
  if (!parsed?.ok) return found;
  const recovered = readAndJudge({ ...input, rust: parsed.value, incomplete: true });
  parsed.value.dispose();
  const isBlanked = (place: Span): boolean => blanked.some((it) => covers(it, span(place.start, place.start)));
  return {
    findings: [...found.findings.filter((it) => isBlanked(it.place.span)), ...recovered.findings],
    uses: [...found.uses.filter((it) => isBlanked(it.place.span)), ...recovered.uses],
  };
}

function readAndJudge(input: Parsed): RustLint {
  const { file, rust, place, configuration, workspace, incomplete } = input;
  const { host } = workspace;
  const { mtls, rules: levels } = configuration.settings;
  const reading = readingOf(input);
  for (const { place: at, reason } of reading.trace) host.log("trace", `${at.file}:${at.span.start}: ${reason}`);
  const now = host.now();
  const ofCode = codeFindings({
    observations: reading.observations,
    rulesFor,
    context: {
      policy: policyOf(configuration, now),
      intent: mtls === "off" ? [] : reading.intent,
      readsPeerIdentity: reading.readsPeerIdentity,
    },
    levels,
    example: place.role === "example",
    fixSource: input.open ? laterFixes(input, rust.text) : { kind: "now", context: fixContext(input, reading) },
  });
  const ofLiterals = literalFindings({ ...input, example: place.role === "example", now }, ofCode);
  return {
    findings: suppress([...ofCode, ...ofLiterals], suppressionsIn(rust), {
      file,
      now,
      knownRules: ruleIds,
      offRules: new Set([...levels].flatMap(([id, level]) => (level === "off" ? [id] : []))),
      reach: (one) => reachOf(commentAround(rust, one.span), rust),
      complete: rust.errors.length === 0 && !incomplete,
    }),
    uses: reading.observations.flatMap(({ fact, place: at }) =>
      fact.kind === "file" ? [{ path: fact.path, loader: fact.loader, place: at }] : [],
    ),
  };
}

const readingOf = ({ file, rust, place, testCode, owner }: Parsed): Reading =>
  readCrate({
    files: [{ name: file, file: rust, modulePath: place.modulePath, testCode }],
    models,
    ...(owner ? { crate: owner.facts } : {}),
  });

const fixContext = ({ file, rust, parser, surroundings }: Parsed, reading: Reading): FixContext => ({
  rustOf: (path) => (path === file ? rust : undefined),
  reading,
  surroundings,
  syntaxErrors: (text) => syntaxErrors(parser, text),
});

/** Keeps the text and nothing that was made of it. */
function laterFixes({ rust: _, ...rest }: Parsed, text: string): FixSource {
  return fixesLater((use) => {
    const parsed = rest.parser.parse(text);
    if (!parsed.ok) return;
    const again: Parsed = { ...rest, rust: parsed.value };
    use(fixContext(again, readingOf(again)));
    parsed.value.dispose();
  });
}

export const suppressionsIn = ({ text, comments }: RustFile) =>
  comments.flatMap((comment) => {
    const words = text.slice(comment.start, comment.end);
    // Documentation shows how it is done, it does not do it.
    return /^\/\/[/!]|^\/\*[*!]/.test(words) ? [] : (parseSuppression(words, comment.start) ?? []);
  });

const commentAround = ({ comments }: RustFile, place: Span): Span =>
  comments.find((it) => it.start <= place.start && place.end <= it.end) ?? place;

function syntaxErrors(parser: RustParser, text: string): number | undefined {
  const parsed = parser.parse(text);
  if (!parsed.ok) return undefined;
  const count = parsed.value.errors.length;
  parsed.value.dispose();
  return count;
}
