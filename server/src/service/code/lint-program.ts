/** Rust files that are read together, from texts to findings: parse, read, judge, and where fixes come from. */
import { LineIndex } from "../../base/line-index.ts";
import type { Reading } from "../../reading/index.ts";
import { rulesFor } from "../../rules/index.ts";
import { type ParseFailure, type RustFile, rustParser } from "../../rust/index.ts";
import type { IntentSign } from "../../tls/facts.ts";
import type { Finding } from "../api.ts";
import { policyOf } from "../configuration/layers.ts";
import type { FixContext } from "../fixes/code-fixes.ts";
import { fixesOnDemand } from "../fixes/code-fixes.ts";
import { fixContext, fixContextsOf } from "../fixes/fix-contexts.ts";
import { isSuppressed } from "../suppressions.ts";
import type { Workspace } from "../workspace.ts";
import { codeFindings } from "./code-findings.ts";
import { echoesOf } from "./echoes.ts";
import type { ProgramLint } from "./program-lint.ts";
import { type Parsed, type ProgramSource, readingOf } from "./program-source.ts";
import { reachInRust, suppressionsIn } from "./rust-comments.ts";

export function lintProgram(sources: readonly ProgramSource[], workspace: Workspace): ProgramLint {
  const results = workspace.sources.parsed(
    sources.map(({ name, text }) => ({ path: name, text })),
    rustParser,
  );
  const failures = new Map<string, string>();
  const parsed = sources.flatMap((source, at): readonly Parsed[] => {
    const result = results[at];
    if (result?.ok) return [{ source, rust: result.value }];
    failures.set(source.name, couldNotParse(result?.error));
    return [];
  });
  return { ...readAndJudge(parsed, workspace), failures };
}

export const couldNotParse = (failure: ParseFailure | undefined): string =>
  `the file could not be parsed: ${failure?.detail ?? "it is not there"}`;

type Judged = Omit<ProgramLint, "failures">;

function readAndJudge(parsed: readonly Parsed[], workspace: Workspace): Judged {
  const { host } = workspace;
  const reading = readingOf(parsed);
  tellTrace(reading, parsed, host);
  const now = host.now();
  const byFile = new Map(parsed.map((it) => [it.source.name, it]));
  const findings = codeFindings({
    observations: reading.observations,
    rulesFor,
    circumstances: (file) => {
      const source = byFile.get(file)?.source;
      if (source === undefined) return undefined;
      const { configuration } = source;
      const { mtls, rules: levels } = configuration.settings;
      const context = {
        policy: policyOf(configuration, now),
        intent: mtls === "off" ? [] : reading.intent.filter((it) => tellsOf(it, source, byFile)),
        readsPeerIdentity: reading.readsPeerIdentity,
      };
      return { context, levels };
    },
    fixSource: fixesOnDemand(fixContextsOf(workspace.sources).sourceFor(contextOf(parsed, reading), again(parsed, workspace))),
  });
  const uses = reading.observations.flatMap(({ fact, place, guards }) =>
    fact.kind === "file" ? [{ path: fact.path, loader: fact.loader, place, guards }] : [],
  );
  return { findings: [...findings, ...echoesOf(findings, (it) => isAllowed(it, byFile.get(it.place.file)?.rust, now))], uses };
}

function contextOf(parsed: readonly Parsed[], reading: Reading): FixContext {
  const byFile = new Map(parsed.map((it) => [it.source.name, it]));
  const files = parsed.map(({ source, rust }) => ({ file: source.name, rust, library: mayBeUsed(source) }));
  return fixContext(reading, {
    files,
    rustOf: (path) => byFile.get(path)?.rust,
    surroundingsIn: (path) => byFile.get(path)?.source.surroundings ?? {},
  });
}

/** Parsed files are not held on to: a workspace has many programs, and few that anybody asks about. */
function again(parsed: readonly Parsed[], workspace: Workspace) {
  const texts = parsed.map(({ source, rust }) => ({ source, text: rust.text }));
  return (): FixContext | undefined => {
    const files = workspace.sources.parsed(
      texts.map(({ source, text }) => ({ path: source.name, text })),
      rustParser,
    );
    const anew = files.flatMap((file, at): readonly Parsed[] => {
      const source = texts[at]?.source;
      return file.ok && source !== undefined ? [{ source, rust: file.value }] : [];
    });
    return anew.length < texts.length ? undefined : contextOf(anew, readingOf(anew));
  };
}

/** Nobody can name what stands in the root of a program, a test or an example. */
export const mayBeUsed = ({ name, crate }: Pick<ProgramSource, "name" | "crate">): boolean =>
  crate === undefined || (crate.library !== undefined && !name.endsWith("/main.rs"));

/** A name tells of its file, an option of its crate. */
function tellsOf({ named, optional, place }: IntentSign, source: ProgramSource, byFile: ReadonlyMap<string, Parsed>): boolean {
  if (named === true) return place.file === source.name;
  return optional !== true || byFile.get(place.file)?.source.crate === source.crate;
}

/** Lines and columns count from 1, as in reports. */
function tellTrace({ trace }: Reading, parsed: readonly Parsed[], host: Workspace["host"]): void {
  const lines = new Map<string, LineIndex>();
  for (const { place: at, reason } of trace) {
    const index = lines.get(at.file) ?? new LineIndex(parsed.find(({ source }) => source.name === at.file)?.rust.text ?? "");
    lines.set(at.file, index);
    const { line, character } = index.position(at.span.start);
    host.log("trace", `${at.file}:${line + 1}:${character + 1}: ${reason}`);
  }
}

const isAllowed = (finding: Finding, rust: RustFile | undefined, now: number): boolean =>
  rust !== undefined && isSuppressed(finding, suppressionsIn(rust), { now, reach: reachInRust(rust) });
