/** What a function asks before it does something insecure: what of it its callers wrote down, and what, where that is not known, it asks for by itself. */
import { ALWAYS, and, type Condition, type Effect, not, whenTrue } from "../flow/index.ts";
import type { Place } from "../tls/facts.ts";
import { type Asker, isChosen, pathsOf } from "./conditions.ts";
import type { Atom } from "./path-conditions.ts";
import { askerOf, type Records } from "./records.ts";
import { inputsOf } from "./roots.ts";
import type { Site } from "./sites.ts";
import { inAll, writtenFor } from "./written-options.ts";

type Asked = Condition[number]["atoms"][number];

/** That an argument of what is called is true, or that it is not. */
export interface Truth {
  readonly index: number;
  readonly holds: boolean;
}

/** Those of the innermost function that has any: a caller's values turned them into some condition, of which nothing else is known. */
export function ownOptIns(records: Records, chain: readonly Site[], effect: Effect, truth?: Truth): readonly Atom[] {
  for (const callee of calleesIn(records, chain, effect).toReversed()) {
    const { asker, callers } = callee;
    // What has to be set to be safe may be off by default: who leaves it out has asked for nothing.
    const isSaid = ({ value }: Asked): boolean => value !== undefined && asker.byDefault(value, false) !== false;
    const found = chosenIn(records, callee, truth).filter(
      (it) => (it.holds || isSaid(it)) && writtenFor(records.sites, callers, it).length === 0,
    );
    if (found.length > 0) return pathsOf([{ atoms: found, some: false }], asker).flat();
  }
  return [];
}

/** Where a caller wrote down that the insecurity is wanted which a callee asks about: the outermost one that did, in each place. */
export function insecurityChosenAt(records: Records, chain: readonly Site[], effect: Effect): readonly Place[] {
  for (const callee of calleesIn(records, chain, effect))
    for (const it of chosenIn(records, callee)) {
      const places = writtenFor(records.sites, callee.callers, it, callee.event.condition);
      if (places.length > 0) return places;
    }
  return [];
}

/** Whoever makes one of them so chooses insecurity. They are the same for all callers. */
function chosenIn({ chosen }: Records, { event, asker }: Callee, truth?: Truth): readonly Asked[] {
  const key = truth === undefined ? "" : `${truth.index} ${truth.holds}`;
  const ofEvent = chosen.get(event) ?? new Map<string, readonly Asked[]>();
  chosen.set(event, ofEvent);
  const found = ofEvent.get(key) ?? inAll(and(event.condition, truthIn(event, truth))).filter((it) => isChosen(it, asker));
  ofEvent.set(key, found);
  return found;
}

interface Callee {
  /** What happens, in its own terms. */
  readonly event: Effect;
  readonly asker: Asker;
  /** The calls that lead to it. */
  readonly callers: readonly Site[];
}

/** Each function on the way to an effect, the outermost first, but for the one at which analysis begins. */
function calleesIn(records: Records, chain: readonly Site[], { key: whole }: Effect): readonly Callee[] {
  const { sites } = records;
  const { chains } = sites.flow.values;
  const found: Callee[] = [];
  let key = chains.inner(whole);
  for (let depth = 1; depth < chain.length && key !== undefined; depth++) {
    const site = chain[depth];
    const event = site && sites.effect(site.owner, key);
    key = chains.inner(key);
    if (site === undefined || event === undefined) continue;
    const asker = askerOf(records, site.owner, inputsOf(sites.flow, site.owner), sites.place(site, site.operation.span));
    found.push({ event, asker, callers: chain.slice(0, depth) });
  }
  return found;
}

/** What a function gives as it is told, in its own terms. */
function truthIn(event: Effect, truth: Truth | undefined): Condition {
  const given = truth && event.with[truth.index];
  if (given === undefined) return ALWAYS;
  const yes = whenTrue(given);
  return truth?.holds === true ? yes : not(yes);
}
