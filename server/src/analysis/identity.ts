/** Who the peer is taken for: headers that stand for it, and servers that demand a certificate of which nobody takes any notice. */

import type { FunctionId, Value } from "../flow/index.ts";
import type { FactOf } from "../tls/facts.ts";
import { reachOf } from "./addresses.ts";
import type { CallsSeen } from "./calls-seen.ts";
import { isAside } from "./guards.ts";
import { headersRead } from "./headers-read.ts";
import { ADDRESS_CHECK, LOOKS_AT_PEER } from "./lexicon.ts";
import type { Path } from "./path-conditions.ts";
import { peersAreRead } from "./peer-reads.ts";
import type { Records } from "./records.ts";
import { inputsOf } from "./roots.ts";
import type { Sites } from "./sites.ts";

/** `functions`: those whose bodies were evaluated, closures among them. `files`: with their texts. */
export function stateIdentity(
  records: Records,
  functions: readonly FunctionId[],
  files: ReadonlyMap<string, string>,
  pathTo: (id: FunctionId) => Path,
  seen: CallsSeen | undefined,
): void {
  const bindings = (seen?.owners ?? []).filter((it) => files.has(records.sites.file(it)) && !isAside(pathTo(it)));
  const reach = reachOfAll(
    records,
    bindings.flatMap((it) => [...(seen?.bound(it) ?? [])].flatMap((address) => [address, ...unsetOf(records, it, address)])),
  );
  for (const { owner, header, span } of headersRead(records.sites, functions)) {
    const fact = { kind: "identity-header", header, reach, checked: looksAtAddress(records.sites, owner) } as const;
    records.loose.push({ fact, place: records.sites.place({ owner }, span), related: [], path: pathTo(owner), draft: -1 });
  }
  // Elsewhere somebody may look.
  const isAllSeen = records.sites.program.ids.isWhole(new Set(files.keys())) && ![...files.values()].some((it) => LOOKS_AT_PEER.test(it));
  if (isAllSeen) stateUnseenPeers(records);
}

/** The same function looks at the address that a request came from. */
function looksAtAddress(sites: Sites, id: FunctionId): boolean {
  const declared = sites.declared(id);
  if (declared === undefined) return false;
  return ADDRESS_CHECK.test(sites.text(sites.place({ owner: id }, { start: declared.start, end: declared.end })));
}

/** Who can reach the program: by its listeners, as far as they are known, and by addresses that it binds itself. */
function reachOfAll({ objects }: Records, bound: readonly Value[]): FactOf<"identity-header">["reach"] {
  const all = objects.all.flatMap((object) =>
    object.events.flatMap((event) => event.facts.any.flatMap((fact) => (fact.kind === "listener" ? [fact.reach] : []))),
  );
  // What a program listens at itself need not be where it reads the header.
  if (all.includes("public") || bound.some((it) => reachOf(it).reach === "public")) return "public";
  return all.length > 0 && all.every((it) => it === "loopback") ? "loopback" : "unknown";
}

/** What an address is while nobody configures it. */
const unsetOf = ({ defaults, sites }: Records, owner: FunctionId, address: Value): readonly Value[] =>
  defaults.unset(address, owner, inputsOf(sites.flow, owner).length);

function stateUnseenPeers(records: Records): void {
  const { objects, loose } = records;
  if (peersAreRead(records)) return;
  for (const object of objects.all)
    for (const { facts, place, path, draft } of object.events)
      if (facts.any.some((it) => it.kind === "listener" && it.transport === "tls"))
        loose.push({ fact: { kind: "peer-identity", looked: false }, place, related: [], path, draft, object });
}
