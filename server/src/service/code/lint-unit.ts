/** Findings of code that is analysed together: read, judge, and where fixes come from. */
import type { SourceFile } from "../../analysis/index.ts";
import { type Span, span } from "../../base/span.ts";
import { breath, inBreaths, type Package } from "../../project/index.ts";
import type { Surroundings } from "../../remedies/index.ts";
import { rulesFor } from "../../rules/fact-rules.ts";
import type { IntentSign } from "../../tls/facts.ts";
import { type Configuration, policyOf } from "../configuration/layers.ts";
import { type FixContext, type FixSource, fixesOnDemand } from "../fixes/code-fixes.ts";
import { fixContext, fixContextsOf } from "../fixes/fix-contexts.ts";
import { surroundingsOf } from "../fixes/surroundings.ts";
import { isSuppressed } from "../suppressions.ts";
import type { Workspace } from "../workspace.ts";
import { codeFindings, type JudgeInput } from "./code-findings.ts";
import { dependencyPlaces } from "./dependency-places.ts";
import { echoesOf } from "./echoes.ts";
import { reachInRust, suppressionsIn } from "./rust-comments.ts";
import type { Unit, UnitFile, UnitReading } from "./unit.ts";
import type { UnitLint } from "./unit-lint.ts";

/** What findings in a file depend on besides its text. */
interface Around {
  readonly file: UnitFile;
  readonly configuration: Configuration;
  readonly surroundings: Surroundings;
}

/** Undefined where somebody has changed a file since the unit was asked for. */
export async function lintUnit(workspace: Workspace, unit: Unit): Promise<UnitLint | undefined> {
  const read = await inBreaths(unit.reading(), breath(undefined));
  if (read === undefined) return undefined;
  const { analysis } = read;
  const around = await aroundOf(unit, workspace);
  const now = workspace.host.now();
  const findings = codeFindings({
    ...judgingOf(read, unit, around, now),
    declared: await dependencyPlaces(workspace.packages, analysis.observations),
    marked: ({ file, span }) => ({ file, span: withoutBlock(read.source(file)?.file.text ?? "", span) }),
    fixSource: workspace.makesFixes ? fixSourceOf(workspace, unit, read, around) : NO_FIXES,
  });
  const isAllowed = (it: (typeof findings)[number]): boolean => {
    const rust = read.source(it.place.file)?.file;
    return rust !== undefined && isSuppressed(it, suppressionsIn(rust), { now, reach: reachInRust(rust) });
  };
  const uses = analysis.observations.flatMap(({ fact, place, related: [loads], guards }) =>
    fact.kind === "file" ? [{ path: fact.path, loader: fact.loader, place, loads, guards }] : [],
  );
  const secured = analysis.observations.flatMap(({ fact, place }) => (fact.kind === "secured-address" ? [place] : []));
  return { findings: [...findings, ...echoesOf(findings, isAllowed)], uses, secured, observations: analysis.observations };
}

const NO_FIXES: FixSource = () => () => ({ fixes: [] });

const fixSourceOf = (workspace: Workspace, unit: Unit, read: UnitReading, around: ReadonlyMap<string, Around>): FixSource =>
  fixesOnDemand(
    fixContextsOf(workspace.sources).sourceFor(
      contextOf(read, around),
      () => unit.texts,
      () => {
        const anew = unit.read();
        return anew && contextOf(anew, around);
      },
    ),
  );

/** Nobody reads a closure of many lines that is underlined as a whole: a block is marked by the line that opens it. */
function withoutBlock(text: string, { start, end }: Span): Span {
  const [line = "", ...more] = text.slice(start, end).split("\n");
  const opening = line.trimEnd();
  return more.length > 0 && opening.endsWith("{") ? span(start, start + opening.length) : span(start, end);
}

function judgingOf(
  { analysis }: UnitReading,
  unit: Unit,
  around: ReadonlyMap<string, Around>,
  now: number,
): Omit<JudgeInput, "fixSource" | "marked"> {
  return {
    observations: analysis.observations,
    rulesFor,
    circumstances: (path) => {
      const found = around.get(path);
      if (found === undefined) return undefined;
      const { settings } = found.configuration;
      const context = {
        policy: policyOf(found.configuration, now),
        intent: settings.mtls === "off" ? [] : analysis.intent.filter((it) => tellsOf(it, found.file, unit)),
        readsPeerIdentity: analysis.readsPeerIdentity,
      };
      return { context, levels: settings.rules };
    },
  };
}

/** What a unit observes, and by what it is judged. Undefined where somebody has changed a file since the unit was asked for. */
export async function judging(workspace: Workspace, unit: Unit): Promise<Omit<JudgeInput, "fixSource" | "marked"> | undefined> {
  const read = await inBreaths(unit.reading(), breath(undefined));
  return read && judgingOf(read, unit, await aroundOf(unit, workspace), workspace.host.now());
}

async function aroundOf(unit: Unit, workspace: Workspace): Promise<ReadonlyMap<string, Around>> {
  const found = new Map<string, Around>();
  for (const path of unit.places) {
    const file = unit.file(path);
    if (file === undefined) continue;
    const { owner } = file.entry;
    const top = workspace.packages.top(path);
    const configuration = await workspace.configurations.of(path);
    const surroundings = workspace.makesFixes ? await surroundingsAt(path, owner, top, configuration, workspace) : {};
    found.set(path, { file, configuration, surroundings });
  }
  return found;
}

async function surroundingsAt(
  path: string,
  owner: Package | undefined,
  top: string,
  { settings }: Configuration,
  workspace: Workspace,
): Promise<Surroundings> {
  const offers = await workspace.offers(owner, top);
  // A fix edits the manifest as it is now, and not the one that last said something else.
  const now = await workspace.packages.packageOf(path);
  return { ...surroundingsOf(offers, now, top, settings), ...workspace.rust.namedIn(path) };
}

function contextOf({ analysis: { observations }, remedies, files, source }: UnitReading, around: ReadonlyMap<string, Around>): FixContext {
  return fixContext(
    { observations, remedies },
    {
      files: files.map(({ name, file, crate }) => ({ file: name, rust: file, library: mayBeUsed({ name, crate }) })),
      rustOf: (path) => source(path)?.file,
      surroundingsIn: (path) => around.get(path)?.surroundings ?? {},
    },
  );
}

/** Nobody can name what stands in the root of a binary, a test or an example. */
const mayBeUsed = ({ name, crate }: Pick<SourceFile, "name" | "crate">): boolean =>
  crate === undefined || (crate.library !== undefined && !name.endsWith("/main.rs"));

/** A name tells of its file, an option of its crate. */
function tellsOf({ named, optional, unusedList, place }: IntentSign, { entry, crate, example }: UnitFile, unit: Unit): boolean {
  // What an example is meant to be it says itself.
  if (named === true || example !== undefined) return place.file === entry.path;
  return (optional !== true && unusedList === undefined) || unit.file(place.file)?.crate === crate;
}
