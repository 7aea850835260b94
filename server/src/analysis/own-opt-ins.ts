/** What a function asks for by itself before it does something insecure, where what its callers give is not known well enough to tell whether they ask for it. */
import { ALWAYS, and, type Condition, type Effect, not, type Value, whenTrue } from "../flow/index.ts";
import { literalIn } from "./choices.ts";
import { isChosen, pathsOf } from "./conditions.ts";
import { literalOf } from "./decisions.ts";
import type { Atom } from "./path-conditions.ts";
import { askerOf, type Records } from "./records.ts";
import { inputsOf } from "./roots.ts";
import type { Site } from "./sites.ts";

type Asked = Condition[number]["atoms"][number];

/** That an argument of what is called is true, or that it is not. */
export interface Truth {
  readonly index: number;
  readonly holds: boolean;
}

/** Those of the innermost function that has any: a caller's values turned them into some condition, of which nothing else is known. */
export function ownOptIns(records: Records, chain: readonly Site[], { key: whole }: Effect, truth?: Truth): readonly Atom[] {
  const { sites } = records;
  const { chains } = sites.flow.values;
  const keys: string[] = [];
  for (let key = chains.inner(whole); key !== undefined; key = chains.inner(key)) keys.push(key);
  for (let depth = Math.min(keys.length, chain.length - 1); depth > 0; depth--) {
    const [site, key] = [chain[depth], keys[depth - 1]];
    const event = site && key !== undefined ? sites.effect(site.owner, key) : undefined;
    if (site === undefined || event === undefined) continue;
    const asker = askerOf(records, site.owner, inputsOf(sites.flow, site.owner), sites.place(site, site.operation.span));
    // What has to be set to be safe may be off by default: who leaves it out has asked for nothing.
    const isSaid = ({ value }: Asked): boolean => value !== undefined && asker.byDefault(value, false) === undefined;
    const isAsked = (it: Asked): boolean => (it.holds || isSaid(it)) && isChosen(it, asker);
    const found = inAll(and(event.condition, truthIn(event, truth))).filter(
      (it) => isAsked(it) && !isWritten(records, chain.slice(0, depth), it),
    );
    if (found.length > 0) return pathsOf([{ atoms: found, some: false }], asker).flat();
  }
  return [];
}

/** What a function gives as it is told, in its own terms. */
function truthIn(event: Effect, truth: Truth | undefined): Condition {
  const given = truth && event.with[truth.index];
  if (given === undefined) return ALWAYS;
  const yes = whenTrue(given);
  return truth?.holds === true ? yes : not(yes);
}

/** What holds in each alternative. */
function inAll([first, ...more]: Condition): readonly Asked[] {
  const isIn = (one: Asked, { atoms }: Condition[number]): boolean => atoms.some((it) => it.key === one.key && it.holds === one.holds);
  return first?.atoms.filter((one) => more.every((it) => isIn(one, it))) ?? [];
}

/** A caller wrote down that it holds: a truth, or a variant; of what is asked in another way any literal will do. */
function isWritten({ sites }: Records, callers: readonly Site[], atom: Asked): boolean {
  const { values } = sites.flow;
  const { value, holds } = atom;
  const isVariant = value?.kind === "test" && holds && value.what.includes("::");
  const option = optionOf(isVariant ? value.of : value);
  if (option === undefined) return literalIn(sites, callers, [{ atoms: [atom], some: false }]) !== undefined;
  const wanted = isVariant ? values.record(value.what, []) : values.constant(holds);
  const at = literalOf(sites, callers, option.index, option.part, wanted);
  // What `||` gives is true as well, and is written nowhere.
  return at !== undefined && (isVariant || sites.text(at) === `${holds}`);
}

interface Option {
  readonly index: number;
  /** Of the input, the innermost name last. */
  readonly part: readonly string[];
}

/** An input that is asked, or a field in one. */
function optionOf(value: Value | undefined): Option | undefined {
  if (value?.kind === "input") return { index: value.index, part: [] };
  const whole = value?.kind === "part" ? optionOf(value.of) : undefined;
  return whole && value?.kind === "part" ? { ...whole, part: [...whole.part, value.name] } : undefined;
}
