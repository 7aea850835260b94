/**
 * The one place that turns guards into severity and words. Code that does not run unless somebody asks for it, and test code, are
 * quieter than what runs by default; what cannot be decided loses one step. Nothing here raises a severity.
 */
import { grouped } from "../base/grouped.ts";
import type { Severity } from "../rules/rule.ts";
import { type CfgPredicate, cfgText } from "../tls/cfg.ts";
import type { ConditionGuard, Guard, WordAsked } from "../tls/facts.ts";
import { effectOf, type GuardEffect, isChosenPerBuild } from "../tls/guard-effects.ts";

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

interface Weight {
  readonly effect: GuardEffect;
  readonly clause?: Clause;
}

/** What is said of a guard; clauses of several that begin with the same words are one, with what each quotes. */
interface Clause {
  readonly words: string;
  readonly quoted?: Quoted;
}

interface Quoted {
  readonly text: string;
  readonly isNot: boolean;
  readonly word: WordAsked | undefined;
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
  // Whoever leaves the option as it is gets the insecure side, or mistypes it, whoever sets it does not: a reviewer asks for another default.
  return { severity: weights.some((it) => it.effect === "holds" || it.effect === "left") ? quieter(found, "warning") : found, clauses };
}

/** What cannot be decided is one clause, whatever its number of conditions. */
function wordsOf(weights: readonly Weight[]): readonly string[] {
  const said = (these: readonly Weight[]): readonly string[] => textsOf(these.flatMap((it) => it.clause ?? []));
  const isOpen = ({ effect }: Weight): boolean => effect === "unsure" || effect === "left";
  const unsure = said(weights.filter(isOpen));
  const sure = said(weights.filter((it) => !isOpen(it)));
  return unsure.length === 0 ? sure : [unsure.join(" and "), ...sure];
}

function textsOf(clauses: readonly Clause[]): readonly string[] {
  return [...grouped(clauses, (it) => it.words)].map(([words, alike]) => {
    const quoted = alike.flatMap((it) => it.quoted ?? []);
    return quoted.length === 0 ? words : `${words} ${listOf(quoted, words.endsWith("unless") ? "or" : "and")}`;
  });
}

/** What is asked of one text is said once. */
function listOf(quoted: readonly Quoted[], last: "and" | "or"): string {
  const asked = grouped(quoted, ({ text, isNot, word }) => (word === undefined ? `${isNot} ${text}` : `${isNot} is ${word.of}`));
  const parts = [...asked.values()].flatMap(([first, ...more]) => (first === undefined ? [] : partOf(first, [first, ...more])));
  return listed(parts, last);
}

function partOf({ text, isNot, word }: Quoted, alike: readonly Quoted[]): string {
  if (word === undefined) return `${isNot ? "not " : ""}${quotation(text)}`;
  const words = new Set(alike.flatMap((it) => (it.word === undefined ? [] : quotation(it.word.is))));
  return `${quotation(word.of)} is ${isNot ? "not " : ""}${listed([...words], "or")}`;
}

const listed = (parts: readonly string[], last: "and" | "or"): string =>
  parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} ${last} ${parts.at(-1)}`;

export const quieter = (a: Severity, b: Severity): Severity => (SEVERITIES.indexOf(a) > SEVERITIES.indexOf(b) ? a : b);

export const isLoud = (severity: Severity): boolean => severity === "error" || severity === "warning";

const stepBelow = (severity: Severity): Severity => SEVERITIES[SEVERITIES.indexOf(severity) + 1] ?? "hint";

function weightOf(guard: Guard): Weight {
  const effect = effectOf(guard);
  const clause = clauseOf(guard, effect);
  return { effect, ...(clause !== undefined && { clause }) };
}

function clauseOf(guard: Guard, effect: GuardEffect): Clause | undefined {
  switch (guard.kind) {
    case "test":
      return { words: "in test code" };
    case "example":
      return { words: "in an example" };
    case "feature":
      return { words: featureClause(guard, effect) };
    case "cfg": {
      const words = cfgClause(guard.predicate, effect);
      return words === undefined ? undefined : { words };
    }
    case "condition":
      return conditionClause(guard);
  }
}

function featureClause({ name, negated, byDefault }: Extract<Guard, { kind: "feature" }>, effect: GuardEffect): string {
  const clause = `${negated ? "without" : "with"} feature \`${name}\``;
  const told = byDefault === undefined ? clause : `${clause}, ${byDefault ? "on" : "off"} by default`;
  return effect === "irrelevant" ? told : `only ${told}`;
}

/** What is not for development goes without saying. */
function cfgClause(predicate: CfgPredicate, effect: GuardEffect): string | undefined {
  const clause = `with \`cfg(${cfgText(predicate)})\``;
  if (effect !== "irrelevant") return `only ${clause}`;
  return isChosenPerBuild(predicate) ? clause : undefined;
}

function conditionClause({ text, word, negated, optIn, byDefault, called }: ConditionGuard): Clause {
  const quoted = { text, word, isNot: false };
  if (called) return { words: `only for callers of ${quotation(text)}` };
  if (byDefault === true) return { words: `by default, ${negated ? "unless" : "if"}`, quoted };
  if (optIn || byDefault === false) return { words: "only if", quoted: { ...quoted, isNot: negated } };
  return { words: negated ? "unless" : "if", quoted };
}

const quotation = (text: string): string => `\`${oneLine(text)}\``;

/** Conditions can be long; the place is related anyway. */
const QUOTED_LENGTH = 60;

function oneLine(text: string): string {
  const flat = text.replace(/\s+/g, " ").replaceAll("`", "'").trim();
  return flat.length > QUOTED_LENGTH ? `${flat.slice(0, QUOTED_LENGTH - 1)}…` : flat;
}
