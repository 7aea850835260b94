/**
 * The one place that turns guards into severity and words. Code that does not run unless somebody asks for it, and test code, are
 * quieter than what runs by default; what cannot be decided loses one step. Nothing here raises a severity.
 */
import type { Severity } from "../rules/rule.ts";
import type { Guard } from "../tls/facts.ts";

export const SEVERITIES: readonly Severity[] = ["error", "warning", "info", "hint"];

export interface Circumstances {
  readonly guards: readonly Guard[];
  /** The path was taken for a crate's by its shape. */
  readonly guessed: boolean;
}

export interface Weighed {
  readonly severity: Severity;
  /** What the message says of the conditions, in the order of the guards. */
  readonly clauses: readonly string[];
}

/**
 * What one guard does: `asks` an opt-in or test code · `taught` to those who copy it · `holds` by default, until somebody sets the
 * option · `unsure` · `irrelevant`.
 */
interface Weight {
  readonly effect: "asks" | "taught" | "holds" | "unsure" | "irrelevant";
  readonly clause?: string;
}

export function weigh(base: Severity, { guards, guessed }: Circumstances): Weighed {
  const weights = guards.map(weightOf);
  const clauses = wordsOf(weights);
  if (weights.some((it) => it.effect === "asks")) return { severity: "hint", clauses };
  // A guess is never an error, however it is guarded.
  const start = guessed ? quieter(base, "warning") : base;
  const isTaught = weights.some((it) => it.effect === "taught");
  const found = weights.some((it) => it.effect === "unsure") ? stepBelow(start) : start;
  // What a reviewer would ask a program to change, readers must not learn; the rest is of no interest where nobody is served.
  if (isTaught) return { severity: isLoud(found) ? "warning" : "hint", clauses };
  // Whoever leaves the option as it is gets the insecure side, whoever sets it does not: a reviewer asks for another default.
  return { severity: weights.some((it) => it.effect === "holds") ? quieter(found, "warning") : found, clauses };
}

/** What cannot be decided is one clause, whatever its number of conditions. */
function wordsOf(weights: readonly Weight[]): readonly string[] {
  const said = (these: readonly Weight[]): readonly string[] => [...new Set(these.flatMap((it) => it.clause ?? []))];
  const unsure = said(weights.filter((it) => it.effect === "unsure"));
  const sure = said(weights.filter((it) => it.effect !== "unsure"));
  return unsure.length === 0 ? sure : [unsure.join(" and "), ...sure];
}

export const quieter = (a: Severity, b: Severity): Severity => (SEVERITIES.indexOf(a) > SEVERITIES.indexOf(b) ? a : b);

const isLoud = (severity: Severity): boolean => severity === "error" || severity === "warning";

const stepBelow = (severity: Severity): Severity => SEVERITIES[SEVERITIES.indexOf(severity) + 1] ?? "hint";

function weightOf(guard: Guard): Weight {
  switch (guard.kind) {
    case "test":
      return { effect: "asks", clause: "in test code" };
    case "example":
      return { effect: guard.published === true ? "taught" : "asks", clause: "in an example" };
    case "feature":
      return featureWeight(guard);
    case "cfg":
      return cfgWeight(guard.text);
    case "condition":
      return conditionWeight(guard);
  }
}

function featureWeight({ name, negated, byDefault, optIn }: Extract<Guard, { kind: "feature" }>): Weight {
  const clause = `${negated ? "without" : "with"} feature \`${name}\``;
  if (byDefault === undefined) return { effect: "unsure", clause: `only ${clause}` };
  const told = `${clause}, ${byDefault ? "on" : "off"} by default`;
  if (byDefault !== negated) return { effect: "irrelevant", clause: told };
  // Whoever asks for `postgres` or `client` has not asked for what is wrong with it.
  return { effect: optIn ? "asks" : "unsure", clause: `only ${told}` };
}

/** Flags of the compiler that are set for development only. */
const DEVELOPMENT: ReadonlySet<string> = new Set(["debug_assertions", "miri", "fuzzing", "loom", "doc", "doctest", "docsrs"]);

/** Other platforms count as much as this one. */
const TARGET = /^(?:target_\w+|unix|windows|wasm|panic|target_feature)\b/;

function cfgWeight(text: string): Weight {
  const negated = /^not\((.*)\)$/.exec(text);
  const flag = negated?.[1] ?? text;
  if (DEVELOPMENT.has(flag)) {
    return negated ? { effect: "irrelevant" } : { effect: "asks", clause: `only with \`cfg(${text})\`` };
  }
  const words = text.match(/\b(?!(?:not|all|any)\()[a-z_][\w]*(?:\s*=\s*"[^"]*")?/g) ?? [];
  if (words.length > 0 && words.every((it) => TARGET.test(it))) return { effect: "irrelevant", clause: `with \`cfg(${text})\`` };
  // `any(test, debug_assertions)` is for development all the same.
  if (text.startsWith("any(") && words.every((it) => it === "test" || DEVELOPMENT.has(it))) {
    return { effect: "asks", clause: `only with \`cfg(${text})\`` };
  }
  return { effect: "unsure", clause: `only with \`cfg(${text})\`` };
}

function conditionWeight({ text, negated, optIn, byDefault, called }: Extract<Guard, { kind: "condition" }>): Weight {
  if (called) return { effect: optIn ? "asks" : "irrelevant", clause: `only for callers of \`${oneLine(text)}\`` };
  const quoted = `\`${oneLine(text)}\``;
  if (byDefault === true) return { effect: "holds", clause: `by default, ${negated ? "unless" : "if"} ${quoted}` };
  if (optIn || byDefault === false) return { effect: "asks", clause: `only if ${negated ? "not " : ""}${quoted}` };
  return { effect: "unsure", clause: `${negated ? "unless" : "if"} ${quoted}` };
}

/** Conditions can be long; the place is related anyway. */
const QUOTED_LENGTH = 60;

function oneLine(text: string): string {
  const flat = text.replace(/\s+/g, " ").replaceAll("`", "'").trim();
  return flat.length > QUOTED_LENGTH ? `${flat.slice(0, QUOTED_LENGTH - 1)}…` : flat;
}
