/** Calls of which nobody knows when they happen: under the one question whether they do stands everything that their callees do. */
import type { Condition, Effect } from "../flow/index.ts";
import { MOST_ALTERNATIVES } from "../rust/bounds.ts";
import type { Site, Sites } from "./sites.ts";

/** The innermost on the way to an event that is known itself; undefined where there is none, or where conditions of the two were dropped. */
export function unknownCall(sites: Sites, chain: readonly Site[], { key: whole, condition: outermost }: Effect): Site | undefined {
  const { chains } = sites.flow.values;
  let condition = outermost;
  let found: Site | undefined;
  let key = chains.inner(whole);
  for (let depth = 1; depth < chain.length && key !== undefined; depth++) {
    const site = chain[depth - 1];
    const inner = sites.effect(chain[depth]?.owner ?? "", key)?.condition;
    if (site === undefined || inner === undefined) return undefined;
    if (isUnknown(condition) && !isUnknown(inner)) {
      if (isCut(condition, inner)) return undefined;
      found = site;
    }
    condition = inner;
    key = chains.inner(key);
  }
  return isUnknown(condition) ? undefined : found;
}

const isUnknown = (condition: Condition): boolean => condition.some((it) => it.some);

/** More than the bound came together. */
const isCut = (condition: Condition, inner: Condition): boolean =>
  condition.length < inner.length || condition.some((it) => it.some && it.atoms.length >= MOST_ALTERNATIVES);
