/** What is known of a place in code, as the rules are told it, and what each of them says. */
import type { Span } from "../../base/span.ts";
import { cfgText } from "../../tls/cfg.ts";
import type { Endpoint, Fact, Guard, Observation } from "../../tls/facts.ts";
import type { ExplainedFact } from "../api.ts";
import type { Workspace } from "../workspace.ts";
import { verdictsOf } from "./code-findings.ts";
import { judging } from "./lint-unit.ts";

export interface ExplainedCode {
  readonly file: readonly string[];
  readonly facts: readonly ExplainedFact[];
  /** Where in the file something is known. */
  readonly places: readonly Span[];
}

export async function explainCode(workspace: Workspace, file: string, touches: (span: Span) => boolean): Promise<ExplainedCode> {
  const units = await workspace.rust.holding(file, undefined);
  if (units === undefined)
    return { file: ["no package of the workspace has this file, so it is analysed by itself"], facts: [], places: [] };
  if (units.length === 0)
    return { file: ["nothing in it names what a crate that its package reaches has to do with TLS"], facts: [], places: [] };
  const facts: ExplainedFact[] = [];
  const places: Span[] = [];
  for (const unit of units) {
    const input = await judging(workspace, unit);
    if (input === undefined) continue;
    const here = input.observations.filter((it) => it.place.file === file);
    places.push(...here.map((it) => it.place.span));
    for (const observation of new Set(input.observations.filter((it) => concerns(it, file, touches))))
      facts.push({ ...explained(observation, unit.key), verdicts: verdictsOf(observation, input) });
  }
  return { file: [], facts, places };
}

/** It stands there, its value comes from there, or it is of an endpoint that is made there. */
const concerns = ({ place, related, endpoint }: Observation, file: string, touches: (span: Span) => boolean): boolean =>
  [place, ...related, ...(endpoint === undefined ? [] : [endpoint.place])].some((it) => it.file === file && touches(it.span));

function explained(observation: Observation, unit: string): Omit<ExplainedFact, "verdicts"> {
  const { fact, call, version, byDefault, guessed, place, guards, endpoint } = observation;
  return {
    fact: factText(fact),
    call,
    byDefault,
    guessed,
    place,
    conditions: guards.map(guardText),
    ...(version !== undefined && { version }),
    ...(endpoint !== undefined && { endpoint: endpointOf(endpoint, unit) }),
  };
}

const endpointOf = (
  { id, role, sort, crate, place, facts, effective }: Endpoint,
  unit: string,
): NonNullable<ExplainedFact["endpoint"]> => ({
  id: `${unit} ${id}`,
  what: `${role === "unknown" ? "" : `${role} `}${sort === "other" ? "part" : sort} of ${crate}`,
  place,
  facts: facts.map((it) => ({ fact: factText(it.fact), written: it.written, place: it.place, effective: effective.includes(it) })),
});

/** The vocabulary of the rules, as it is. */
function factText({ kind, ...values }: Fact): string {
  const entries = Object.entries(values).map(([key, value]) => `${key} ${typeof value === "string" ? value : JSON.stringify(value)}`);
  return entries.length === 0 ? kind : `${kind}: ${entries.join(", ")}`;
}

function guardText(guard: Guard): string {
  switch (guard.kind) {
    case "test":
      return "in test code";
    case "example":
      return "in an example";
    case "cfg":
      return `cfg \`${cfgText(guard.predicate)}\``;
    case "feature":
      return `feature \`${guard.name}\`${guard.negated ? " is off" : ""}`;
    case "condition":
      return `${guard.negated ? "unless" : "if"} \`${guard.text}\`${guard.byDefault === undefined ? "" : guard.byDefault ? ", as by default" : ", not by default"}`;
  }
}
