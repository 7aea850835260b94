/** Which of the calls that models have by one name is meant, where nothing but the name is known. */
import type { CallModel, CanonicalPath, CrateModel, Effect } from "../models/model.ts";
import { acceptsCertificates, acceptsNames, checksCertificates, checksNames } from "../models/phrases.ts";
import { segmentsOf } from "./canonical-paths.ts";
import { isOffer } from "./lexicon.ts";
import type { Hit } from "./model-tables.ts";
import { namedSwitches } from "./named-switches.ts";

/** What a call is given of which the name alone is known: a word of a crate's own, and how many arguments. */
export interface GivenByName {
  readonly word: CanonicalPath | undefined;
  readonly count: number;
}

type Switch = Extract<Effect, { readonly kind: "switch" }>;

const { checkingCertificates, acceptingCertificates, checkingNames, acceptingNames } = namedSwitches;

const switches: ReadonlyMap<string, Switch> = new Map(
  [
    [checkingCertificates, checksCertificates] as const,
    [acceptingCertificates, acceptsCertificates] as const,
    [checkingNames, checksNames] as const,
    [acceptingNames, acceptsNames] as const,
  ].flatMap(([names, effect]) => names.map((name) => [name, effect] as const)),
);

/** A name that tells by itself whether anybody is verified, whoever's it is. */
export const saysByName = (name: string): boolean => isOffer(name) || switches.has(name);

/** A switch is given whether it is on; without an argument it is what it is called, if that lets in whom nobody checks. */
export function namedSwitch(name: string, given: number): Hit<CallModel> | undefined {
  const effect = switches.get(name);
  const effects = effect && effectsOf(effect, given);
  const path = `Unknown::${name}`;
  return effects && { path, of: { path, effects }, model: ANY_CRATE };
}

function effectsOf(effect: Switch, given: number): readonly Effect[] | undefined {
  const { on } = effect;
  if (given === 1) return [effect];
  return given === 0 && on !== undefined && "enabled" in on && on.enabled === false ? [{ kind: "states", fact: on }] : undefined;
}

/** Stands for whichever crate has it. */
const ANY_CRATE: CrateModel = { crate: "", package: "", versions: ">=0.0", source: "", types: {}, calls: [] };

/** Of a type, by its path alone. */
export const isMember = (path: CanonicalPath): boolean => /^[A-Z]/.test(segmentsOf(path).at(-2) ?? "");

/** That of the only crate that has one, or any of several that say the same by it. */
export function meantByName(hits: readonly Hit<CallModel>[]): Hit<CallModel> | undefined {
  const isOfOne = new Set(hits.map((it) => it.model.crate)).size === 1;
  return isOfOne || sayTheSame(hits) ? [...hits].sort((a, b) => a.path.length - b.path.length)[0] : undefined;
}

/** One switch, whoever has it. */
function sayTheSame(hits: readonly Hit<CallModel>[]): boolean {
  const [first] = hits;
  const effects = new Set(hits.map(({ of }) => JSON.stringify(of.effects)));
  return effects.size === 1 && first?.of.effects?.every((it) => it.kind === "switch") === true;
}
