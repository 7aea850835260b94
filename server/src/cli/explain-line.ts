/** `tlslint check --explain FILE:LINE`: why something is, or is not, reported there. */
import type { ExplainedFact, Explanation, Finding, LintService } from "../service/api.ts";
import type { Place } from "../tls/facts.ts";
import { type Paint, printable } from "./terminal.ts";
import type { World } from "./world.ts";

export interface LineOfFile {
  readonly file: string;
  readonly line: number;
}

export async function explainLine({ file, line }: LineOfFile, service: LintService, world: World, paint: Paint): Promise<number> {
  const path = world.resolve(file);
  if (!world.exists(path)) {
    world.error(`tlslint: \`--explain ${file}:${line}\` cannot be answered: there is no such file`);
    return 2;
  }
  const explanation = await service.explain(path, line);
  const at = await placer(service, world, explanation);
  const { sources, excluded } = await service.configurationOf(path);
  const lines = [
    `${paint.bold(`${printable(file)}:${line}`)}`,
    ...(sources.length > 0 ? [`  configured by ${sources.map((it) => printable(world.relative(it))).join(", ")}`] : []),
    ...(excluded ? ["  the configuration excludes it"] : []),
    ...explanation.file.map((it) => `  ${printable(it)}`),
    ...explanation.findings.flatMap((it) => findingLines(it, paint)),
    ...explanation.facts.flatMap((it, index, all) => factLines(it, all.slice(0, index), at, paint)),
    ...(explanation.findings.length + explanation.facts.length > 0 ? [] : silenceLines(explanation)),
  ];
  world.print(lines.map((it) => `${it}\n`).join(""));
  return 0;
}

/** Where something stands, as `path:line`. */
async function placer(service: LintService, world: World, { facts }: Explanation): Promise<(place: Place) => string> {
  const places = facts.flatMap(({ place, endpoint }) => [
    place,
    ...(endpoint ? [endpoint.place, ...endpoint.facts.map((it) => it.place)] : []),
  ]);
  const texts = new Map<string, Awaited<ReturnType<LintService["shownText"]>>>();
  for (const { file } of places) if (!texts.has(file)) texts.set(file, await service.shownText(file));
  return ({ file, span }) => `${printable(world.relative(file))}:${(texts.get(file)?.lines.position(span.start).line ?? 0) + 1}`;
}

function findingLines({ rule, severity, message, suppressed }: Finding, paint: Paint): readonly string[] {
  const head = `  ${paint[severity](`${severity}[${rule}]`)}: ${printable(message)}`;
  return suppressed === undefined ? [head] : [head, `    not reported: ${SUPPRESSED[suppressed.by]}: ${printable(suppressed.reason)}`];
}

const SUPPRESSED = { comment: "a comment suppresses it", configuration: "the configuration says so", baseline: "the baseline lists it" };

/** `before`: what was told already, so that an endpoint is told once. */
function factLines(fact: ExplainedFact, before: readonly ExplainedFact[], at: (place: Place) => string, paint: Paint): readonly string[] {
  const { byDefault, guessed, conditions, endpoint, verdicts, version } = fact;
  const source = `${byDefault ? "by default of" : "by"} \`${printable(fact.call)}\`${version === undefined ? "" : ` ${printable(version)}`}`;
  return [
    `  ${paint.bold("known")}: ${printable(fact.fact)}, ${source}, at ${at(fact.place)}`,
    ...(guessed ? ["    the call was taken for this crate's by its shape"] : []),
    ...conditions.map((it) => `    only ${printable(it)}`),
    ...(endpoint === undefined
      ? ["    of no endpoint that is known"]
      : before.some((it) => it.endpoint?.id === endpoint.id)
        ? ["    of the same endpoint"]
        : endpointLines(endpoint, at, paint)),
    ...verdicts.map(verdictLine),
    ...(verdicts.length === 0 ? ["    no rule judges such a fact by itself"] : []),
  ];
}

const endpointLines = (
  { what, place, facts }: NonNullable<ExplainedFact["endpoint"]>,
  at: (place: Place) => string,
  paint: Paint,
): readonly string[] => [
  `    of a ${printable(what)}, made at ${at(place)}; in order:`,
  ...counted(
    facts.map(({ fact, written, effective, place: there }) => {
      const line = `      ${at(there)} \`${printable(written)}\`: ${printable(fact)}`;
      return effective ? line : paint.dim(`${line}, overridden later`);
    }),
  ),
];

/** What is told several times, as of one call on several paths, is told once. */
function counted(lines: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const it of lines) counts.set(it, (counts.get(it) ?? 0) + 1);
  return [...counts].map(([line, count]) => (count === 1 ? line : `${line} (${count} times)`));
}

function verdictLine({ rule, fault }: ExplainedFact["verdicts"][number]): string {
  if (fault === undefined) return `    ${rule}: no fault`;
  const { base, severity, conditions, off } = fault;
  const steps = base === severity ? severity : `${base}, lowered to ${severity}`;
  return `    ${rule}: ${steps}${conditions.map((it) => `, ${printable(it)}`).join("")}${off ? "; the rule is off" : ""}`;
}

function silenceLines({ known }: Explanation): readonly string[] {
  const others =
    known.length === 0 ? "or on any other" : `but on ${known.length === 1 ? "line" : "lines"} ${known.slice(0, 20).join(", ")}`;
  return [`  no facts on this line, ${others}`];
}
