/** What is said of a client's TLS, with whom it connects to: the one decides how much the other matters. */
import type { Fact, RelatedPlace } from "../tls/facts.ts";
import { widest } from "../tls/hosts.ts";
import type { Event, ModelObject } from "./model-object.ts";
import { Cover, exclude, extend, type Path } from "./path-conditions.ts";

/** `effective`: what holds of the client at the end; `ends`: where something later takes the fact's place. */
export function withPeer(fact: Fact, path: Path, effective: readonly Event[], ends: readonly Path[]): Fact {
  if (!isOfTransport(fact)) return fact;
  const cover = ends.length === 0 ? undefined : new Cover(path, ends);
  const isOver = (other: Path): boolean => other.length > 0 && cover?.with(other) === true;
  const beside = effective.filter((it) => it.facts.any.some(tellsOfPeer));
  const facts = beside.filter((it) => !exclude(it.path, path) && !isOver(it.path)).flatMap((it) => it.facts.any);
  const peers = facts.flatMap((it) => (it.kind === "peer" ? [it] : []));
  const credentials = fact.credentials ?? facts.some((it) => it.kind === "login" || (it.kind === "peer" && it.credentials === true));
  const reach = fact.reach ?? (peers.length === 0 ? undefined : widest(peers.map((it) => it.reach)));
  const assumed = peers.some((it) => it.assumed);
  const hostAlone = assumed && peers.every((it) => !it.assumed || it.hostAlone);
  const given = peers.find((it) => it.given);
  const unused = fact.kind === "client-transport" && !fact.tls && facts.some((it) => it.kind === "tls-settings");
  return {
    ...fact,
    ...(unused && { unused }),
    ...(reach !== undefined && { reach }),
    ...(assumed && { assumed }),
    ...(hostAlone && { hostAlone }),
    ...(given && { given: true, ...(given.demandedBy !== undefined && { demandedBy: given.demandedBy }) }),
    ...(credentials && { credentials }),
  };
}

/**
 * What holds of a client at the end. A mode that clients are given goes to whom they connect, unless it names a peer itself, and with what they
 * send.
 */
export function holdingOf(object: ModelObject, effective: ReadonlyMap<ModelObject, readonly Event[]>): readonly Event[] {
  const own = effective.get(object) ?? [];
  const kinds: readonly Fact["kind"][] = own.some(tells(["peer"])) ? ["login"] : ["peer", "login", "tls-settings"];
  return own.some(tells(["login", "tls-settings"]))
    ? own
    : [...own, ...object.usedBy.flatMap((it) => (effective.get(it) ?? []).filter(tells(kinds)))];
}

const tells =
  (kinds: readonly Fact["kind"][]) =>
  ({ facts }: Event): boolean =>
    facts.any.some(({ kind }) => kinds.includes(kind));

/** A mode is one where a client is given it: whoever chooses between several has chosen. */
export function givenUnder(fact: Fact, object: ModelObject, path: Path): Path {
  const [client, ...others] = isOfTransport(fact) ? object.usedBy : [];
  const part = others.length > 0 ? undefined : client?.parts.find((it) => it.object === object && it.kind === "configuration");
  return (part && extend(path, part.path)) ?? path;
}

const isOfTransport = (fact: Fact): fact is Extract<Fact, { kind: "database-tls" | "client-transport" | "upgrade" }> =>
  fact.kind === "database-tls" || fact.kind === "client-transport" || fact.kind === "upgrade";

const tellsOfPeer = ({ kind }: Fact): boolean => kind === "peer" || kind === "login" || kind === "tls-settings";

/** Where options that leave TLS to an address are connected with: by a call of theirs, or by what they are given to. */
export function connectionsOf(
  fact: Fact,
  { events, usedBy }: ModelObject,
  { place, draft }: Pick<Event, "place" | "draft">,
): readonly RelatedPlace[] {
  if (!("demandedBy" in fact) || fact.demandedBy === undefined) return [];
  const own = events.filter((it) => it.kind === "peer" && it.draft !== draft).map((it) => it.place);
  const places = [...own, ...usedBy.map((it) => it.place)].filter(
    ({ file, span }) => file !== place.file || span.start !== place.span.start,
  );
  const distinct = new Map(places.map((it) => [`${it.file} ${it.span.start}`, it]));
  return [...distinct.values()].map((it) => ({ ...it, message: "the connection is made here" }));
}
