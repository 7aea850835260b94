/** Who the peer is taken for: headers that stand for it, and servers that demand a certificate of which nobody takes any notice. */

import type { FunctionId, Value } from "../flow/index.ts";
import type { RustFile } from "../rust/index.ts";
import type { FactOf } from "../tls/facts.ts";
import { reachOf } from "./addresses.ts";
import type { CallsSeen } from "./calls-seen.ts";
import { isAside } from "./guards.ts";
import { headersRead } from "./headers-read.ts";
import { asksForAddress, looksAtPeers } from "./names-of-peers.ts";
import type { Path } from "./path-conditions.ts";
import { peersAreRead } from "./peer-reads.ts";
import type { Records } from "./records.ts";
import { inputsOf } from "./roots.ts";
import type { Sites } from "./sites.ts";

/** `functions`: those whose bodies were evaluated, closures among them. `files`: by their names. */
export function stateIdentity(
  records: Records,
  functions: readonly FunctionId[],
  files: ReadonlyMap<string, RustFile>,
  pathTo: (id: FunctionId) => Path,
  seen: CallsSeen | undefined,
): void {
  const bindings = (seen?.owners ?? []).filter((it) => files.has(records.sites.file(it)) && !isAside(pathTo(it)));
  const reach = reachOfAll(
    records,
    bindings.flatMap((it) => [...(seen?.bound(it) ?? [])].flatMap((address) => [address, ...unsetOf(records, it, address)])),
  );
  for (const { owner, header, span } of headersRead(records.sites, functions)) {
    const fact = { kind: "identity-header", header, reach, checked: looksAtAddress(records.sites, owner, files) } as const;
    records.loose.push({ fact, place: records.sites.place({ owner }, span), related: [], path: pathTo(owner), draft: -1 });
  }
  if (records.sites.program.ids.isWhole(new Set(files.keys()))) stateUnseenPeers(records, [...files.values()]);
}

/** The same function looks at the address that a request came from. */
function looksAtAddress(sites: Sites, owner: FunctionId, files: ReadonlyMap<string, RustFile>): boolean {
  const declared = sites.declared(owner);
  if (declared === undefined) return false;
  const place = sites.place({ owner }, { start: declared.start, end: declared.end });
  const file = files.get(place.file);
  return file !== undefined && asksForAddress(file, place.span);
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

/** `files`: all that there is. */
function stateUnseenPeers(records: Records, files: readonly RustFile[]): void {
  if (peersAreRead(records)) return;
  const listening = records.objects.all.flatMap((object) =>
    object.events.flatMap(({ facts, place, path, draft }) =>
      facts.any.some((it) => it.kind === "listener" && it.transport === "tls") ? [{ place, path, draft, object }] : [],
    ),
  );
  if (listening.length === 0 || files.some(looksAtPeers)) return;
  for (const it of listening) records.loose.push({ ...it, fact: { kind: "peer-identity", looked: false }, related: [] });
}
