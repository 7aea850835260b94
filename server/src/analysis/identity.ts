/** Who the peer is taken for: headers that stand for it, and servers that demand a certificate of which nobody takes any notice. */

import type { FunctionId, Value } from "../flow/index.ts";
import { CLAIMED_IDENTITY, IDENTITY_HEADER, REFUSALS } from "../models/identity-headers.ts";
import type { RustFile } from "../rust/index.ts";
import type { FactOf } from "../tls/facts.ts";
import { reachOf } from "./addresses.ts";
import { bodiesNaming } from "./bodies-naming.ts";
import type { CallsSeen } from "./calls-seen.ts";
import { isAside } from "./guards.ts";
import { type HeaderRead, headersRead } from "./headers-read.ts";
import type { ObservationDraft } from "./model-object.ts";
import { asksForAddress, looksAtPeers } from "./names-of-peers.ts";
import type { Path } from "./path-conditions.ts";
import { demandsOf, peersAreRead } from "./peer-reads.ts";
import type { Records } from "./records.ts";
import { isRefusedBy } from "./refused-without.ts";
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
  const unread = records.sites.program.ids.isWhole(new Set(files.keys())) ? unreadListeners(records, [...files.values()]) : [];
  for (const it of unread) records.loose.push({ ...it, fact: { kind: "peer-identity", looked: false }, related: [] });
  const asked = unread.length > 0 && areAsked(records);
  const forwarded = headersRead(records.sites, functions).filter(({ header }) => IDENTITY_HEADER.test(header));
  for (const { owner, header, span } of asked ? [...forwarded, ...claimed(records)] : forwarded) {
    const checked = looksAtAddress(records.sites, owner, files);
    const fact = { kind: "identity-header", header, reach, checked, ...(asked ? { unread: asked } : {}) } as const;
    records.loose.push({ fact, place: records.sites.place({ owner }, span), related: [], path: pathTo(owner), draft: -1 });
  }
}

/** All servers of the program are known to ask for certificates. */
function areAsked({ objects }: Records): boolean {
  const demanded = demandsOf(objects.all);
  return demanded.length > 0 && demanded.every((it) => it === "required" || it === "optional");
}

/** Headers that say who a client is, where one that is not known is refused; none where clients prove it by a secret as well. */
function claimed({ sites, models }: Records): readonly HeaderRead[] {
  const { program } = sites;
  const refusing = bodiesNaming(program, REFUSALS).map((it) => program.ids.id(it));
  const read = headersRead(sites, refusing);
  const secrets = new Set([...models.secretKeys.values()].flatMap((it) => [...it]));
  const constants = new Set([...secrets].map((it) => it.toUpperCase().replaceAll("-", "_")));
  if (read.some(({ header }) => secrets.has(header.toLowerCase())) || bodiesNaming(program, constants).length > 0) return [];
  return read.filter(
    ({ header, body, local }) => CLAIMED_IDENTITY.test(header) && !IDENTITY_HEADER.test(header) && isRefusedBy(body, local),
  );
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

type Listening = Pick<ObservationDraft, "place" | "path" | "draft" | "object">;

/** Servers whose clients' certificates nobody looks at. `files`: all that there is. */
function unreadListeners(records: Records, files: readonly RustFile[]): readonly Listening[] {
  if (peersAreRead(records)) return [];
  const listening = records.objects.all.flatMap((object) =>
    object.events.flatMap(({ facts, place, path, draft }) =>
      facts.any.some((it) => it.kind === "listener" && it.transport === "tls") ? [{ place, path, draft, object }] : [],
    ),
  );
  return listening.length === 0 || files.some(looksAtPeers) ? [] : listening;
}
