/** Revocation lists that are loaded and go nowhere: counted, logged, kept in a field that nobody uses, and given to no verifier. */
import type { Place } from "../tls/facts.ts";
import { LoadedWalk } from "./loaded-walk.ts";
import type { Records } from "./records.ts";
import { nameSpanOf } from "./sites.ts";

export interface UnusedList {
  readonly place: Place;
  readonly call: string;
}

/** A list is unused where every way to it ends so. */
export function unusedLists(records: Records): readonly UnusedList[] {
  const { sites, listsLoaded } = records;
  const walk = new LoadedWalk(records);
  const found = new Map<string, UnusedList>();
  const used = new Set<string>();
  for (const chain of listsLoaded) {
    const site = chain.at(-1);
    if (site === undefined) continue;
    const place = sites.place(site, nameSpanOf(site.operation));
    const key = `${place.file} ${place.span.start}`;
    const end = used.has(key) ? "used" : walk.endOf(chain);
    if (end === "used") used.add(key);
    if (end === "unused") found.set(key, { place, call: sites.written(site) });
  }
  return [...found].flatMap(([key, it]) => (used.has(key) ? [] : [it]));
}
