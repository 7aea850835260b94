/** Clients that are made where something is loaded for them, and whether they have it by another way. */
import type { FunctionId } from "../flow/index.ts";
import type { Fact } from "../tls/facts.ts";
import { libraryOf, roleOf } from "./building.ts";
import type { ModelObject } from "./model-object.ts";
import { guardsOf, type Path } from "./path-conditions.ts";
import type { Records } from "./records.ts";

/** What is loaded: of which library, for which root of the program, and where. */
interface Beside {
  readonly model: ModelObject["model"];
  readonly root: FunctionId;
  readonly file: string;
}

/** Clients of one crate and library, outside of tests: those that the same root makes, or all where it makes none. */
export function clientsBeside(records: Records, { model, root, file }: Beside, but?: ModelObject): readonly ModelObject[] {
  const crate = records.featuresIn(file);
  const all = records.objects.all.filter((it) => {
    const paths = records.origins.get(it)?.paths ?? [];
    const isWhole = it !== but && it.sort === "configuration" && it.known && !it.usedBy.some(({ sort }) => sort === "configuration");
    if (!isWhole || roleOf(it) !== "client" || libraryOf(model) !== libraryOf(it.model) || paths.every(isOfTests)) return false;
    return records.featuresIn(it.place.file) === crate;
  });
  const own = all.filter((it) => records.origins.get(it)?.root === root);
  return own.length > 0 ? own : all;
}

export const isOfTests = (path: Path): boolean => guardsOf(path).some(({ kind }) => kind === "test");

/** It was given anchors that may be those of this file, or something that verifies in its own way. */
export function mayTrust(client: ModelObject, file: string | undefined, seen = new Set<ModelObject>()): boolean {
  if (seen.has(client)) return false;
  seen.add(client);
  const isThis = (from: string | undefined): boolean => from === undefined || file === undefined || from === file;
  const may = (fact: Fact): boolean =>
    fact.kind === "verifier" ||
    fact.kind === "own-verifier" ||
    (fact.kind === "trust" && (fact.anchors === "loaded" || fact.anchors === "unknown") && isThis(fact.from));
  const isGiven = client.events.some(({ facts }) => [...facts.any, ...(facts.client ?? [])].some(may));
  return client.disturbed || isGiven || client.parts.some(({ object }) => mayTrust(object, file, seen));
}

/** Of each client, where what it lacks was loaded. `draft`: what loads it. */
export function noteUnused(records: Records, clients: readonly ModelObject[], draft: number, factOf: (call: string) => Fact): void {
  const at = records.drafts[draft]?.at;
  if (at === undefined) return;
  const fact = factOf(records.sites.written(at));
  const place = records.sites.named(at);
  for (const client of clients)
    for (const path of records.origins.get(client)?.paths ?? [])
      client.events.push({ kind: fact.kind, facts: { any: [fact] }, place, related: [], path, byDefault: false, draft });
}
