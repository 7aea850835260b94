/** Why something is, or is not, reported on a line, in lines of text: the command line prints them, an editor's page holds them. */
import type { Severity } from "../rules/rule.ts";
import type { Place } from "../tls/facts.ts";
import type { ExplainedFact, Explanation, Finding } from "./api.ts";

/** How a surface shows the parts of a line. */
export interface Style extends Readonly<Record<Severity | "bold" | "dim", (text: string) => string>> {
  /** What comes from a file. */
  shown(text: string): string;
  /** `path:line`. */
  at(place: Place): string;
}

export const explainedLines = ({ file, findings, facts, known }: Explanation, style: Style): readonly string[] => [
  ...file.map((it) => `  ${style.shown(it)}`),
  ...findings.flatMap((it) => findingLines(it, style)),
  ...facts.flatMap((it, index, all) => factLines(it, all.slice(0, index), style)),
  ...(findings.length + facts.length > 0 ? [] : silenceLines(known)),
];

function findingLines({ rule, severity, message, suppressed }: Finding, style: Style): readonly string[] {
  const head = `  ${style[severity](`${severity}[${rule}]`)}: ${style.shown(message)}`;
  return suppressed === undefined ? [head] : [head, `    not reported: ${SUPPRESSED[suppressed.by]}: ${style.shown(suppressed.reason)}`];
}

const SUPPRESSED = { comment: "a comment suppresses it", configuration: "the configuration says so", baseline: "the baseline lists it" };

/** `before`: what was told already, so that an endpoint is told once. */
function factLines(fact: ExplainedFact, before: readonly ExplainedFact[], style: Style): readonly string[] {
  const { byDefault, guessed, conditions, endpoint, verdicts, version } = fact;
  const source = `${byDefault ? "by default of" : "by"} \`${style.shown(fact.call)}\`${version === undefined ? "" : ` ${style.shown(version)}`}`;
  return [
    `  ${style.bold("known")}: ${style.shown(fact.fact)}, ${source}, at ${style.at(fact.place)}`,
    ...(guessed ? ["    the call was taken for this crate's by its shape"] : []),
    ...conditions.map((it) => `    only ${style.shown(it)}`),
    ...(endpoint === undefined
      ? ["    of no endpoint that is known"]
      : before.some((it) => it.endpoint?.id === endpoint.id)
        ? ["    of the same endpoint"]
        : endpointLines(endpoint, style)),
    ...verdicts.map((it) => verdictLine(it, style)),
    ...(verdicts.length === 0 ? ["    no rule judges such a fact by itself"] : []),
  ];
}

const endpointLines = ({ what, place, facts }: NonNullable<ExplainedFact["endpoint"]>, style: Style): readonly string[] => [
  `    of a ${style.shown(what)}, made at ${style.at(place)}; in order:`,
  ...counted(
    facts.map(({ fact, written, effective, place: there }) => {
      const line = `      ${style.at(there)} \`${style.shown(written)}\`: ${style.shown(fact)}`;
      return effective ? line : style.dim(`${line}, overridden later`);
    }),
  ),
];

/** What is told several times, as of one call on several paths, is told once. */
function counted(lines: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const it of lines) counts.set(it, (counts.get(it) ?? 0) + 1);
  return [...counts].map(([line, count]) => (count === 1 ? line : `${line} (${count} times)`));
}

function verdictLine({ rule, fault }: ExplainedFact["verdicts"][number], style: Style): string {
  if (fault === undefined) return `    ${rule}: no fault`;
  const { base, severity, conditions, off } = fault;
  const steps = base === severity ? severity : `${base}, lowered to ${severity}`;
  return `    ${rule}: ${steps}${conditions.map((it) => `, ${style.shown(it)}`).join("")}${off ? "; the rule is off" : ""}`;
}

function silenceLines(known: readonly number[]): readonly string[] {
  const others =
    known.length === 0 ? "or on any other" : `but on ${known.length === 1 ? "line" : "lines"} ${known.slice(0, 20).join(", ")}`;
  return [`  no facts on this line, ${others}`];
}

/** The files that the lines name. */
export const placesIn = ({ facts }: Explanation): readonly Place[] =>
  facts.flatMap(({ place, endpoint }) => [place, ...(endpoint ? [endpoint.place, ...endpoint.facts.map((it) => it.place)] : [])]);
