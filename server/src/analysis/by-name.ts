/** Which of the calls that models have by one name is meant, where nothing but the name is known. */
import type { CallModel, CanonicalPath } from "../models/model.ts";
import { isNamedSwitch } from "../models/named-switches.ts";
import { isOffer } from "./lexicon.ts";
import { type Hit, segmentsOf } from "./model-tables.ts";

/** A name that tells by itself that nobody is verified, whoever's it is. */
export const saysByName = (name: string): boolean => isOffer(name) || isNamedSwitch(name);

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
