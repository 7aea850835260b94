/** Who chose what happens in a callee: what its condition asks there, or that of what is given there, is what a caller wrote down. */
import { type Condition, type Effect, type FunctionId, relative, type Value } from "../flow/index.ts";
import { lastOf } from "../rust/last-of.ts";

import type { Place } from "../tls/facts.ts";
import { askedParts, conditionOf } from "./asked-inputs.ts";
import { choiceOf, type Decided, literalsOf } from "./decisions.ts";
import { isStatement } from "./model-rows.ts";
import { polarityOfName } from "./option-names.ts";
import type { Site, Sites } from "./sites.ts";

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

type Atom = Condition[number]["atoms"][number];

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

/** What a caller wrote down of all that a condition asks; `whole`: what else holds then. */
export function literalIn(sites: Sites, calls: readonly Site[], condition: Condition, whole = condition): Place | undefined {
  for (const { index, field } of askedParts(condition)) {
    const asking = condition.flatMap(({ atoms }) => atoms.filter((it) => asks(it, index, field)));
    const isOne = (it: Decided): boolean => isChosen(sites, it, asking, whole);
    const ofField = field === undefined ? undefined : first(literalsOf(sites, calls, index, [field]), isOne);
    const decided = ofField ?? first(literalsOf(sites, calls, index), isOne);
    const place = decided && choiceOf(sites, decided);
    if (place !== undefined) return place;
  }
  return undefined;
}

const asks = (atom: Atom, index: number, field: string | undefined): boolean =>
  askedParts([{ atoms: [atom], some: false }]).some((it) => it.index === index && it.field === field);

function first(literals: Iterable<Decided>, isOne: (it: Decided) => boolean): Decided | undefined {
  for (const it of literals) if (isOne(it)) return it;
  return undefined;
}

/** Where variants are asked for, one of them has to be written, and what makes the condition fail has not chosen it: of all that a parser gives one is meant. */
function isChosen({ program }: Sites, { owner, only }: Decided, asking: readonly Atom[], whole: Condition): boolean {
  const target = only.kind === "path" ? program.names.path(owner, only.path) : undefined;
  const written = target?.kind === "variant" ? target.path : "";
  const isOfEnum = ({ value }: Atom): boolean => isVariantTest(value) && written.startsWith(enumOf(value.what));
  if (asking.every(({ value }) => isVariantTest(value)) && !asking.some(isOfEnum)) return false;
  const fails = (it: Atom): boolean => isOfEnum(it) && it.value?.kind === "test" && it.holds !== (it.value.what === written);
  return whole.some(({ atoms }) => !atoms.some(fails));
}

const enumOf = (variant: string): string => variant.slice(0, variant.lastIndexOf("::") + 2);

const isVariantTest = (value: Value | undefined): value is Value & { readonly kind: "test" } =>
  value?.kind === "test" && value.what.includes("::") && !value.what.startsWith("std::");
