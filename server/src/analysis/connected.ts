/** What is said of a client's TLS, with whom it connects to: the one decides how much the other matters. */
import type { Fact } from "../tls/facts.ts";
import { widest } from "../tls/hosts.ts";
import type { Event } from "./model-object.ts";
import { Cover, exclude, type Path } from "./path-conditions.ts";

/** `effective`: what holds of the client at the end; `ends`: where something later takes the fact's place. */
export function withPeer(fact: Fact, path: Path, effective: readonly Event[], ends: readonly Path[]): Fact {
  if (fact.kind !== "database-tls" && fact.kind !== "client-transport" && fact.kind !== "upgrade") return fact;
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

const tellsOfPeer = ({ kind }: Fact): boolean => kind === "peer" || kind === "login" || kind === "tls-settings";
