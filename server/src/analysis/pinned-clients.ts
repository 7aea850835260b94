/** Clients that verify nothing in the handshake, and compare the certificate of whoever answered themselves before they say anything. */
import type { Fact } from "../tls/facts.ts";
import { checkedFirst } from "./checked-connections.ts";
import { isUsedElsewhere } from "./local-clients.ts";
import type { Event, ModelObject } from "./model-object.ts";
import type { PeerNames } from "./peer-names.ts";
import type { Records } from "./records.ts";
import { declaring } from "./sites.ts";

/** Only where every connection is seen, and each of them is compared or says nothing. */
export function statePinnedClients(records: Records, peers: PeerNames): void {
  const { sites, models, objects } = records;
  for (const client of objects.all) {
    if (!client.events.some(isOff)) continue;
    const streams = streamsOf(records, client);
    const checked = streams?.map((it) => checkedFirst({ sites, models, peers }, it));
    if (checked === undefined || checked.length === 0 || checked.includes(undefined)) continue;
    const by = checked.find((it) => it?.by !== undefined)?.by;
    const declared = by === undefined ? undefined : sites.declared(declaring(by));
    const name = declared?.name ?? "";
    const afterwards = by === undefined ? ({ silent: true } as const) : { compares: name };
    const start = declared?.nameStart ?? 0;
    const place = by === undefined ? undefined : sites.place({ owner: declaring(by) }, { start, end: start + name.length });
    const related = place === undefined ? [] : [{ ...place, message: "the server's certificate is compared here" }];
    for (const [at, event] of client.events.entries())
      if (isOff(event))
        client.events[at] = {
          ...event,
          facts: { any: event.facts.any.map((it) => (isSwitchedOff(it) ? { ...it, afterwards } : it)) },
          related: [...event.related, ...related],
        };
  }
}

/** As flow knows them; undefined where one is not seen. */
function streamsOf(records: Records, client: ModelObject): readonly string[] | undefined {
  const found = new Set<string | undefined>();
  const all = new Set([client]);
  for (const it of all) {
    if (it.sort === "stream") {
      found.add(records.objects.allocated.get(it));
      continue;
    }
    if (isUsedElsewhere(records, it)) return undefined;
    for (const { by, made, stream } of records.connections) {
      if (by !== it) continue;
      if (made === undefined) found.add(stream);
      else all.add(made);
    }
    for (const user of it.usedBy) all.add(user);
  }
  const streams = [...found].filter((it) => it !== undefined);
  return streams.length < found.size ? undefined : streams;
}

const isOff = ({ facts, byDefault }: Event): boolean => !byDefault && facts.any.some(isSwitchedOff);

const isSwitchedOff = (it: Fact): it is Extract<Fact, { kind: "server-verification" | "hostname-verification" }> =>
  (it.kind === "server-verification" || it.kind === "hostname-verification") && !it.enabled;
