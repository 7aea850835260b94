/** Trust anchors that are loaded and given to nobody: the function that makes a client keeps the store that holds them to itself. */
import { partsOf, type Summary, type Value } from "../flow/index.ts";
import type { Fact } from "../tls/facts.ts";
import { isIdle, roleOf } from "./building.ts";
import { effectiveEvents } from "./effective-events.ts";
import type { Event, ModelObject } from "./model-object.ts";
import { chainOf, type Parting, partingOf } from "./partings.ts";
import { exclude } from "./path-conditions.ts";
import type { Records } from "./records.ts";

export function stateUnusedAnchors(records: Records): void {
  for (const store of records.objects.all) {
    const home = store.sort === "trust-store" && isIdle(store) ? homeOf(records, store) : undefined;
    const loaded = effectiveEvents(store).find(isLoaded);
    if (home === undefined || loaded === undefined) continue;
    const beside = records.objects.all.flatMap((object) => {
      const parting = object.sort === "configuration" ? besideOf(records, object, loaded) : undefined;
      return parting?.at === home && areOfOneRoot(records, object, store) ? [{ object, parting }] : [];
    });
    // Of a server that is made there, the anchors may be those of its clients.
    if (beside.every(({ object }) => roleOf(object) === "client"))
      for (const { object, parting } of beside) state(records, object, loaded, parting);
  }
}

const areOfOneRoot = ({ origins }: Records, one: ModelObject, other: ModelObject): boolean =>
  origins.get(one)?.root === origins.get(other)?.root;

/** How many calls lead to the function in which the store stays; undefined where it gets out of all of them. */
function homeOf({ sites: { flow }, objects, origins }: Records, store: ModelObject): number | undefined {
  const root = origins.get(store)?.root;
  const { chains } = flow.values;
  const isLeft = (owner: string | undefined, object: string): boolean => {
    const summary = owner === undefined ? undefined : flow.summary(owner);
    return summary === undefined || isGivenOut(summary, object, store.usedBy.length > 0);
  };
  let object = objects.allocated.get(store);
  let home: number | undefined;
  let owner = root;
  for (let calls = 0; object !== undefined && !isLeft(owner, object); calls++) {
    home = calls;
    object = chains.inner(object);
    owner = object && chains.stepsOf(object)[0]?.owner;
  }
  return home;
}

/** `isPart`: what it was handed to is looked at by itself. What is put into something else is somebody else's. */
function isGivenOut({ escapes, writes, stored, contents }: Summary, object: string, isPart: boolean): boolean {
  const reach = escapes.get(object) ?? "local";
  if (reach !== "local" && !(reach === "stored" && isPart)) return true;
  return [...writes.values(), ...stored.values(), ...contents.values()].some((it) => leadsTo(it, object));
}

function leadsTo(value: Value, object: string): boolean {
  const seen = new Set([value]);
  for (const it of seen) {
    if (it.kind === "object" && it.object === object) return true;
    for (const part of partsOf(it)) if (part.leads) seen.add(part);
  }
  return false;
}

/** Where the ways to the anchors and to a configuration part, if both are ever gone. */
function besideOf(records: Records, object: ModelObject, { draft, path }: Event): Parting | undefined {
  const paths = records.origins.get(object)?.paths ?? [];
  if (paths.every((it) => exclude(it, path))) return undefined;
  return partingOf(records.drafts[draft]?.chain ?? [], chainOf(records, object));
}

/** Where the anchors are loaded, beside what makes the client. */
function state(records: Records, client: ModelObject, { draft, facts, place }: Event, { first: site }: Parting): void {
  const from = facts.any.find((it) => it.kind === "trust")?.from;
  const fact: Fact = { kind: "unused-anchors", call: records.sites.written(site), ...(from !== undefined && { from }) };
  const at = records.sites.named(site);
  const related = at.file === place.file && at.span.start === place.span.start ? [] : [{ ...place, message: "the CA is added here" }];
  for (const path of records.origins.get(client)?.paths ?? [])
    client.events.push({ kind: fact.kind, facts: { any: [fact] }, place: at, related, path, byDefault: false, draft });
}

const isLoaded = ({ facts }: Event): boolean => facts.any.some((it) => it.kind === "trust" && it.anchors === "loaded");
