/** Sites and the calls around them as one text: what tells the objects and effects of different calls apart. */
import { DEEPEST_VALUE, MOST_ALTERNATIVES } from "../rust/bounds.ts";

/** `chain` seen through a call at `site`. A call that is in it already adds nothing: recursion has finitely many. */
export function through(site: string, chain: string): string {
  const sites = chain.split(">");
  if (sites.includes(site)) return chain;
  // The outermost tell callers apart, the last one is what happens.
  if (sites.length >= DEEPEST_VALUE) sites.splice(DEEPEST_VALUE - 2, 1);
  return [site, ...sites].join(">");
}

/** The operation itself. */
export const originOf = (chain: string): string => chain.slice(chain.lastIndexOf(">") + 1);

/** Helpers that call helpers twice, level by level, would double what they make each time. */
const MOST_OF_ONE = MOST_ALTERNATIVES ** 2;

/** Operations with more chains than callers tell apart. */
export function crowdedIn(chains: Iterable<string>): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const chain of chains) counts.set(originOf(chain), (counts.get(originOf(chain)) ?? 0) + 1);
  return new Set([...counts].flatMap(([origin, count]) => (count > MOST_OF_ONE ? [origin] : [])));
}

/** An operation of a body, and of a struct expression which of its fields. */
export interface Step {
  readonly owner: string;
  readonly block: number;
  readonly at: number;
  readonly part: number | undefined;
}

/** The calls that a chain goes through, the outermost first, and the operation itself: `owner@block.at.part#count`. */
export function stepsOf(chain: string): readonly Step[] {
  return chain.split(">").flatMap((site) => {
    const end = site.lastIndexOf("@");
    const [block, at, part] = (site.slice(end + 1).split("#", 1)[0] ?? "").split(".").map(Number);
    return block === undefined || at === undefined ? [] : [{ owner: site.slice(0, end), block, at, part }];
  });
}
