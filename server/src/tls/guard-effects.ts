/** What a guard does to what holds under it: whether somebody has to ask for it, whether it holds by default, or whether nobody knows. */
import { type CfgFlag, type CfgPredicate, flagsIn, holds, isFeature } from "./cfg.ts";
import type { Guard } from "./facts.ts";

/**
 * `asks` an opt-in or test code · `taught` to those who copy it · `unsure` · `left` of the words of a setting: nobody asks for it by one · `holds` by default, until somebody sets the option ·
 * `irrelevant`.
 */
export type GuardEffect = "asks" | "taught" | "unsure" | "left" | "holds" | "irrelevant";

/** The surest first. */
const BY_SURENESS: readonly GuardEffect[] = ["irrelevant", "holds", "left", "unsure", "taught", "asks"];

export function effectOf(guard: Guard): GuardEffect {
  switch (guard.kind) {
    case "test":
      return "asks";
    case "example":
      return guard.published === true ? "taught" : "asks";
    case "feature":
      return ofFeature(guard);
    case "cfg":
      return ofCfg(guard);
    case "condition":
      return ofCondition(guard);
  }
}

/** Whether what holds under the one is surer to hold than what holds under the others; of what is as sure, what has fewer conditions. */
export function isSurer(these: readonly Guard[], others: readonly Guard[]): boolean {
  const [own, other] = [rankOf(these), rankOf(others)];
  return own === other ? these.length < others.length : own < other;
}

const rankOf = (guards: readonly Guard[]): number =>
  Math.max(0, ...guards.map((it) => (isUnused(it) ? BY_SURENESS.length : BY_SURENESS.indexOf(effectOf(it)))));

/** Who asks for something has it; tests and examples nobody has. */
const isUnused = (guard: Guard): boolean => guard.kind === "test" || (guard.kind === "example" && guard.published !== true);

/** Whoever asks for `postgres` or `client` has not asked for what is wrong with it, and has it as those do for whom it is on by default. */
function ofFeature({ negated, byDefault, optIn }: Extract<Guard, { kind: "feature" }>): GuardEffect {
  if (byDefault !== undefined && byDefault !== negated) return "irrelevant";
  if (!optIn) return negated ? "unsure" : "irrelevant";
  return byDefault === undefined ? "unsure" : "asks";
}

/** Flags of the compiler that are set for development only. */
const DEVELOPMENT: ReadonlySet<string> = new Set(["debug_assertions", "miri", "fuzzing", "loom", "doc", "doctest", "docsrs"]);

/** Other platforms count as much as this one. */
const PLATFORMS: ReadonlySet<string> = new Set(["unix", "windows", "wasm", "panic"]);

/**
 * What only builds for development and tests have is asked for; of all others the platform is left, features that count as one alone does,
 * or a flag of which nothing is known.
 */
function ofCfg({ predicate, optIn }: Extract<Guard, { kind: "cfg" }>): GuardEffect {
  const inBuilds = (features: boolean | undefined): boolean | undefined =>
    holds(predicate, (it) => (isOfDevelopment(it) ? false : isFeature(it) ? features : undefined));
  const isShipped = inBuilds(undefined);
  if (isShipped !== undefined) return isShipped ? "irrelevant" : "asks";
  if (optIn) return "unsure";
  const isKnown = flagsIn(predicate).every((it) => isOfDevelopment(it) || isOfPlatform(it) || isFeature(it));
  return isKnown && inBuilds(true) !== false ? "irrelevant" : "unsure";
}

const isOfDevelopment = ({ name }: CfgFlag): boolean => name === "test" || DEVELOPMENT.has(name);

/** It is about platforms and features alone. */
export function isChosenPerBuild(predicate: CfgPredicate): boolean {
  const flags = flagsIn(predicate);
  return flags.length > 0 && flags.every((it) => isOfPlatform(it) || isFeature(it));
}

const isOfPlatform = ({ name }: CfgFlag): boolean => PLATFORMS.has(name) || name.startsWith("target_");

function ofCondition({ optIn, byDefault, called, rest }: Extract<Guard, { kind: "condition" }>): GuardEffect {
  if (called) return optIn ? "asks" : "irrelevant";
  if (byDefault === true) return "holds";
  if (optIn || byDefault === false) return "asks";
  return rest ? "left" : "unsure";
}
