/** Sites and the calls around them as one text: what tells the objects and effects of different calls apart. */
import { DEEPEST_VALUE } from "../rust/bounds.ts";

/** `chain` seen through a call at `site`. A call that is in it already adds nothing: recursion has finitely many. */
export function through(site: string, chain: string): string {
  const sites = chain.split(">");
  if (sites.includes(site)) return chain;
  // The outermost tell callers apart, the last one is what happens.
  if (sites.length >= DEEPEST_VALUE) sites.splice(DEEPEST_VALUE - 2, 1);
  return [site, ...sites].join(">");
}
