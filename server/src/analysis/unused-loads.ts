/** What a program loads and gives to nobody: it is counted, logged, or kept in a field that nobody takes it out of. */
import { LoadedWalk } from "./loaded-walk.ts";
import type { Loaded, Records } from "./records.ts";

/** Of the calls that load something of this kind, those from which every way ends so, each once. */
export function unusedLoads(records: Records, isMeant: (it: Loaded) => boolean): readonly Loaded[] {
  const { sites } = records;
  const loaded = records.loaded.filter(isMeant);
  if (loaded.length === 0) return [];
  const walk = new LoadedWalk(records);
  const found = new Map<string, Loaded>();
  const used = new Set<string>();
  for (const it of loaded) {
    const site = it.chain.at(-1);
    if (site === undefined) continue;
    const place = sites.named(site);
    const key = `${place.file} ${place.span.start}`;
    const end = used.has(key) ? "used" : walk.endOf(it.chain);
    if (end === "used") used.add(key);
    if (end === "unused") found.set(key, it);
  }
  return [...found].flatMap(([key, it]) => (used.has(key) ? [] : [it]));
}
