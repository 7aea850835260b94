/**
 * Servers that ask clients for a certificate without demanding one, where the program itself serves nobody who shows none: it asks each connection
 * that it accepts, wherever the configuration was made.
 */
import type { Fact } from "../tls/facts.ts";
import { isAskedFirst } from "./asked-first.ts";
import { roleOf } from "./building.ts";
import { isAside } from "./guards.ts";
import type { Event, ModelObject } from "./model-object.ts";
import { guardsOf, sameAtom } from "./path-conditions.ts";
import { demandsOf } from "./peer-reads.ts";
import type { PeerRead, Records } from "./records.ts";
import { declaring } from "./sites.ts";
import { leavesWithout } from "./without-certificate.ts";

/** Whoever else may accept connections must ask them, too. */
export function stateRefusedClients(records: Records): void {
  const { objects, loose } = records;
  const isServed = (object: ModelObject): boolean => !(records.origins.get(object)?.paths ?? []).every(isAside);
  const accepted = objects.all.filter((it) => it.sort === "stream" && roleOf(it) !== "client" && isServed(it) && !isAnothers(records, it));
  if (accepted.length === 0 || objects.all.some(listensItself)) return;
  const asking = accepted.map((it) => records.peerReads.find((read) => read.connections.includes(it) && refuses(records, it, read)));
  const [first] = asking;
  if (first === undefined || asking.includes(undefined)) return;
  const name = records.sites.declared(declaring(first.site.owner))?.name ?? "";
  const refused = { by: name, place: first.place };
  for (const { events } of objects.all) for (const [at, event] of events.entries()) events[at] = withRefusal(event, refused);
  for (const [at, it] of loose.entries()) if (isOptional(it.fact)) loose[at] = { ...it, fact: refusing(it.fact, refused) };
}

/** Whatever accepts it asks no client for a certificate, or demands one in the handshake. */
function isAnothers({ connections }: Records, stream: ModelObject): boolean {
  const acceptors = connections.flatMap(({ by, made }) => (made === stream ? [by] : []));
  const demanded = acceptors.map((it) => demandsOf([...partsOfAll(it)]));
  return demanded.length > 0 && demanded.every((modes) => modes.length > 0 && !modes.includes("optional"));
}

/** It, and what it was given. */
function partsOfAll(object: ModelObject): ReadonlySet<ModelObject> {
  const all = new Set([object]);
  for (const it of all) for (const part of it.parts) all.add(part.object);
  return all;
}

interface Refused {
  readonly by: string;
  readonly place: PeerRead["place"];
}

/** A library has the connections. */
const listensItself = ({ events }: ModelObject): boolean =>
  events.some(({ facts, path }) => !isAside(path) && facts.any.some((it) => it.kind === "listener" && it.transport === "tls"));

/** Under no condition but those under which the connection is there, which may be too many to tell, or on every way to something else. */
function refuses({ models, objects, origins, sites }: Records, connection: ModelObject, { chain, paths }: PeerRead): boolean {
  const there = origins.get(connection)?.paths ?? [];
  const isFree = paths.some((path) =>
    path.every((atom) => guardsOf([atom]).length === 0 || (there.length > 0 && there.every((it) => it.some((one) => sameAtom(one, atom))))),
  );
  const object = objects.allocated.get(connection) ?? "";
  const made = sites.chain(object);
  if (!isFree && !isAskedFirst({ models, sites }, object, chain)) return false;
  return leavesWithout(sites, chain, new Set(made.map(({ operation }) => operation)));
}

const isOptional = (fact: Fact): fact is Fact & { kind: "client-authentication" } =>
  fact.kind === "client-authentication" && fact.mode === "optional";

const refusing = (fact: Fact, { by }: Refused): Fact => (isOptional(fact) ? { ...fact, refusedBy: by } : fact);

function withRefusal(event: Event, refused: Refused): Event {
  const { any, client, server } = event.facts;
  if (![...any, ...(server ?? [])].some(isOptional)) return event;
  const all = (facts: readonly Fact[]): readonly Fact[] => facts.map((it) => refusing(it, refused));
  const facts = { any: all(any), ...(client && { client }), ...(server && { server: all(server) }) };
  const related = { ...refused.place, message: "connections without a certificate are refused here" };
  return { ...event, facts, related: [...event.related, related] };
}
