/** CAs and certificates of clients that are loaded and reach nothing, beside clients of the same library that go without them. */
import type { Operation } from "../rust/bodies/index.ts";
import type { Fact } from "../tls/facts.ts";
import { libraryOf, roleOf } from "./building.ts";
import { showsCertificate } from "./fallback-clients.ts";
import { originOf } from "./loaded-origins.ts";
import { LoadedWalk } from "./loaded-walk.ts";
import type { ModelObject } from "./model-object.ts";
import { guardsOf, type Path } from "./path-conditions.ts";
import type { Loaded, Records } from "./records.ts";
import { unusedLoads } from "./unused-loads.ts";

export function stateUnusedCertificates(records: Records): void {
  const concerned = new Map(records.loaded.map((it) => [it, clientsBeside(records, it)]));
  const unused = unusedLoads(records, (it) => it.sort !== "crls" && (concerned.get(it)?.length ?? 0) > 0);
  const operations = new Set(unused.flatMap(({ chain }) => chain.at(-1)?.operation ?? []));
  for (const it of unused) {
    const clients = concerned.get(it) ?? [];
    const isOwn = it.isIdentity || it.sort === "private-key";
    // The chain of a key that nobody is given, either.
    const isChain =
      !isOwn && unused.some((other) => other.sort === "private-key" && other.root === it.root && isOfOneLibrary(other, it.model));
    const isHad = clients.some((client) => (isOwn ? showsCertificate(client) : mayTrust(client, it)));
    if (isChain || isHad || isGivenOtherwise(records, it, operations)) continue;
    for (const client of clients) state(records, client, it, isOwn);
  }
}

/** Clients that may be given it, outside of tests: those that are made with it, or of its crate where none is. */
function clientsBeside(records: Records, loaded: Loaded): readonly ModelObject[] {
  if (isOfTests(loaded.path)) return [];
  const crate = records.featuresIn(records.drafts[loaded.draft]?.site.file ?? "");
  const all = records.objects.all.filter((it) => {
    const paths = records.origins.get(it)?.paths ?? [];
    const isWhole = it.sort === "configuration" && it.known && !it.usedBy.some(({ sort }) => sort === "configuration");
    if (!isWhole || roleOf(it) !== "client" || !isOfOneLibrary(loaded, it.model) || paths.every(isOfTests)) return false;
    return records.featuresIn(it.place.file) === crate;
  });
  const own = all.filter((it) => records.origins.get(it)?.root === loaded.root);
  return own.length > 0 ? own : all;
}

const isOfTests = (path: Path): boolean => guardsOf(path).some(({ kind }) => kind === "test");

const isOfOneLibrary = ({ model }: Loaded, other: ModelObject["model"]): boolean => libraryOf(model) === libraryOf(other);

/** It was given anchors that may be these, or something that verifies in its own way. */
function mayTrust(client: ModelObject, loaded: Pick<Loaded, "from">, seen = new Set<ModelObject>()): boolean {
  if (seen.has(client)) return false;
  seen.add(client);
  const isThis = (from: string | undefined): boolean => from === undefined || loaded.from === undefined || from === loaded.from;
  const may = (fact: Fact): boolean =>
    fact.kind === "verifier" ||
    fact.kind === "own-verifier" ||
    (fact.kind === "trust" && (fact.anchors === "loaded" || fact.anchors === "unknown") && isThis(fact.from));
  const isGiven = client.events.some(({ facts }) => [...facts.any, ...(facts.client ?? [])].some(may));
  return client.disturbed || isGiven || client.parts.some(({ object }) => mayTrust(object, loaded, seen));
}

/** What it is loaded from goes to somebody else as well. */
function isGivenOtherwise(records: Records, { chain, given }: Loaded, but: ReadonlySet<Operation>): boolean {
  const walk = new LoadedWalk(records);
  return given.some((index) => {
    const origin = originOf(records.sites, chain, index);
    return origin !== undefined && walk.endFrom(origin, but) === "used";
  });
}

function state(records: Records, client: ModelObject, { chain, draft, from, isIdentity }: Loaded, isOwn: boolean): void {
  const site = chain.at(-1);
  if (site === undefined) return;
  const call = records.sites.written(site);
  const fact: Fact = isOwn
    ? { kind: "unused-identity", call, loads: isIdentity ? "certificate" : "key" }
    : { kind: "unused-anchors", call, ...(from !== undefined && { from }) };
  const place = records.sites.named(site);
  for (const path of records.origins.get(client)?.paths ?? [])
    client.events.push({ kind: fact.kind, facts: { any: [fact] }, place, related: [], path, byDefault: false, draft });
}
