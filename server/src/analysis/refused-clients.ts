/**
 * Servers that ask clients for a certificate without demanding one, where the program itself serves nobody who shows none: it asks each connection
 * that it accepts, wherever the configuration was made.
 */
import { partsOf, type Value } from "../flow/index.ts";
import type { Fact } from "../tls/facts.ts";
import { roleOf } from "./building.ts";
import { isAside } from "./guards.ts";
import type { Event, ModelObject } from "./model-object.ts";
import { guardsOf, sameAtom } from "./path-conditions.ts";
import type { PeerRead, Records } from "./records.ts";
import { declaring } from "./sites.ts";
import { leavesWithout } from "./without-certificate.ts";

/** Connections that a value is of. */
export function connectionsIn({ objects }: Records, root: string, value: Value): readonly ModelObject[] {
  const seen = new Set([value]);
  const found = new Set<ModelObject>();
  for (const it of seen) {
    const object = it.kind === "object" ? objects.known(root, it.object) : undefined;
    if (object !== undefined) found.add(object);
    for (const part of partsOf(it)) seen.add(part);
  }
  return [...found].filter((it) => it.sort === "stream");
}

/** Whoever else may accept connections must ask them, too. */
export function stateRefusedClients(records: Records): void {
  const { objects, loose } = records;
  const isServed = (object: ModelObject): boolean => !(records.origins.get(object)?.paths ?? []).every(isAside);
  const accepted = objects.all.filter((it) => it.sort === "stream" && roleOf(it) !== "client" && isServed(it));
  if (accepted.length === 0 || objects.all.some(listensItself)) return;
  const asking = accepted.map((it) => records.peerReads.find((read) => read.connections.includes(it) && refuses(records, it, read)));
  const [first] = asking;
  if (first === undefined || asking.includes(undefined)) return;
  const name = records.sites.declared(declaring(first.site.owner))?.name ?? "";
  const refused = { by: name, place: first.place };
  for (const { events } of objects.all) for (const [at, event] of events.entries()) events[at] = withRefusal(event, refused);
  for (const [at, it] of loose.entries()) if (isOptional(it.fact)) loose[at] = { ...it, fact: refusing(it.fact, refused) };
}

interface Refused {
  readonly by: string;
  readonly place: PeerRead["place"];
}

/** A library has the connections. */
const listensItself = ({ events }: ModelObject): boolean =>
  events.some(({ facts, path }) => !isAside(path) && facts.any.some((it) => it.kind === "listener" && it.transport === "tls"));

/** Under no condition but those under which the connection is there. */
function refuses({ objects, origins, sites }: Records, connection: ModelObject, { chain, paths }: PeerRead): boolean {
  const there = origins.get(connection)?.paths ?? [];
  const isFree = paths.some((path) =>
    path.every((atom) => guardsOf([atom]).length === 0 || (there.length > 0 && there.every((it) => it.some((one) => sameAtom(one, atom))))),
  );
  const made = sites.chain(objects.allocated.get(connection) ?? "");
  return isFree && leavesWithout(sites, chain, new Set(made.map(({ operation }) => operation)));
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
