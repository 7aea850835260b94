/** Who chose what happens in a callee: what its condition asks there, or that of what is given there, is what a caller wrote down. */
import { type Condition, type Effect, type FunctionId, relative, type Value } from "../flow/index.ts";

import type { Place } from "../tls/facts.ts";
import { askedParts, conditionOf } from "./asked-inputs.ts";
import { choiceOf, literalsOf } from "./decisions.ts";
import { isStatement } from "./model-rows.ts";
import { polarityOfName } from "./option-names.ts";
import type { Site, Sites } from "./sites.ts";
import { lastOf } from "./std-names.ts";

/**
 * The outermost choice that was written down, that it happens at all; undefined where no condition on the way asks what a caller gives.
 * Who chose what it happens to has chosen nothing more.
 */
export const chosenAt = (sites: Sites, chain: readonly Site[], effect: Effect): Place | undefined =>
  outermost(sites, chain, effect, ({ on, condition }, owner) => {
    const made = sites.flow.summary(owner)?.events.find((it) => it.kind === "effect" && it.on === on && makes(it.data));
    return made === undefined ? condition : relative(condition, withoutChoices(made.condition));
  });

/** A variant whose name says that nobody is verified chooses that, even where all is made under it. */
const withoutChoices = (condition: Condition): Condition =>
  condition.map(({ atoms, some }) => ({ atoms: atoms.filter(({ value, holds }) => !(holds && isUnsafeVariant(value))), some }));

const isUnsafeVariant = (value: Value | undefined): boolean => value?.kind === "test" && polarityOfName(lastOf(value.what)) > 0;

const makes = (data: unknown): boolean => isStatement(data) && data.makes !== undefined;

/** The outermost choice that was written down, that `value` is what is given at `index`. */
export const givenAt = (sites: Sites, chain: readonly Site[], effect: Effect, index: number, value: Value): Place | undefined =>
  outermost(sites, chain, effect, (it) => conditionOf(it.with[index], value));

function outermost(
  sites: Sites,
  chain: readonly Site[],
  { key: whole }: Effect,
  asked: (event: Effect, owner: FunctionId) => Condition,
): Place | undefined {
  const { flow } = sites;
  let key = flow.values.chains.inner(whole);
  for (let depth = 1; depth < chain.length && key !== undefined; depth++) {
    const owner = chain[depth]?.owner ?? "";
    const event = sites.effect(owner, key);
    const place = event && literalIn(sites, chain.slice(0, depth), asked(event, owner));
    if (place !== undefined) return place;
    key = flow.values.chains.inner(key);
  }
  return undefined;
}

/** What a caller wrote down of all that a condition asks. */
export function literalIn(sites: Sites, calls: readonly Site[], condition: Condition): Place | undefined {
  for (const { index, field } of askedParts(condition)) {
    const [ofField] = field === undefined ? [] : literalsOf(sites, calls, index, [field]);
    const [ofWhole] = ofField === undefined ? literalsOf(sites, calls, index) : [];
    const decided = ofField ?? ofWhole;
    const place = decided && choiceOf(sites, decided);
    if (place !== undefined) return place;
  }
  return undefined;
}
