/** Clients that connect to nothing but this machine: nobody else is on the path, whatever they leave unverified. */
import type { FunctionId, Value } from "../flow/index.ts";
import type { Fact } from "../tls/facts.ts";
import type { CallEvent } from "./call-event.ts";
import { addressesIn } from "./elsewhere.ts";
import { partsIn } from "./given-out.ts";
import type { Event, ModelObject } from "./model-object.ts";
import { peerOf } from "./peers.ts";
import type { Connection, Records } from "./records.ts";
import type { Sites } from "./sites.ts";

/** What a call makes by means of others; the connection that it is made over is one of its peers. */
export function noteConnection(call: CallEvent, by: ModelObject, made: ModelObject): void {
  const to = call.statement.hit?.of.effects?.flatMap((it) => (it.kind === "verifies-as" && it.to !== undefined ? it.to : []))[0];
  call.records.connections.push({
    by,
    made,
    over: to !== undefined && leadsHere(call, call.given(to.argument).value, to.is),
    place: call.own,
  });
}

/** Whichever of its addresses it is. */
function leadsHere(call: CallEvent, value: Value, is: "address" | "stream"): boolean {
  const addresses = addressesIn(value, is);
  return addresses?.every((it) => peerOf(it, (one) => call.unset(one)).reach === "loopback") === true;
}

/** Only where every use is seen: who else has the client may connect with it to any host. */
export function stateLocalClients(records: Records): void {
  const made = new Map<ModelObject, Connection[]>();
  for (const it of records.connections) {
    const known = made.get(it.by);
    if (known === undefined) made.set(it.by, [it]);
    else known.push(it);
  }
  for (const [client, connections] of made) {
    const [first] = connections;
    if (first === undefined || !client.events.some(isOff) || !connections.every(isHere)) continue;
    if (client.usedBy.length > 0 || isUsedElsewhere(records, client)) continue;
    const related = [{ ...first.place, message: "it connects to this machine only" }];
    for (const [at, event] of client.events.entries())
      if (isOff(event)) client.events[at] = { ...event, facts: hereIn(event.facts), related: [...event.related, ...related] };
  }
}

const isHere = ({ made, over }: Connection): boolean => {
  const peers = (made?.events ?? []).flatMap(({ facts }) => facts.any.flatMap((it) => (it.kind === "peer" ? it : [])));
  return over || (peers.length > 0 && peers.every((it) => it.reach === "loopback"));
};

/** It is given to others, or is kept where others find it; what it was handed to by models is another question. */
export function isUsedElsewhere({ origins, objects, sites }: Records, client: ModelObject): boolean {
  const root = origins.get(client)?.root;
  const summary = root === undefined ? undefined : sites.flow.summary(root);
  if (summary === undefined || !client.known || client.handed || client.disturbed) return true;
  const kept = partsIn([...summary.writes.values(), ...summary.contents.values(), ...summary.stored.values()]);
  const key = objects.allocated.get(client);
  if (key === undefined || [...kept].some((it) => it.kind === "object" && it.object === key)) return true;
  return [...sites.program.reachedFrom([root ?? ""])].some((it) => mayKeep(sites, it));
}

/** What is kept in a static, or behind a lock by somebody who is called, is not told to callers. */
function mayKeep({ flow, program }: Sites, id: FunctionId): boolean {
  const { closures = [] } = flow.callable(id)?.body ?? {};
  const summaries = [id, ...closures.map((_, at) => `${id}|${at}`)].map((it) => flow.summary(it));
  if (program.namedBy(id, "static").some((it) => flow.summary(it)?.result.kind !== "constant")) return true;
  return summaries.some((it) => [...(it?.stored.values() ?? [])].some((value) => value.leads));
}

const isOff = ({ facts, byDefault }: Event): boolean => !byDefault && facts.any.some(isSwitchedOff);

const isSwitchedOff = (it: Fact): it is Extract<Fact, { kind: "server-verification" | "hostname-verification" }> =>
  (it.kind === "server-verification" || it.kind === "hostname-verification") && !it.enabled;

const hereIn = ({ any }: Event["facts"]): Event["facts"] => ({
  any: any.map((it) => (isSwitchedOff(it) ? { ...it, reach: "loopback" } : it)),
});
