/** Clients that are told to connect in plaintext where an attempt has failed, and are given TLS where it has not. */
import { besides } from "./fail-open-facts.ts";
import { stateFailed } from "./failed-attempts.ts";
import type { Event, ModelObject } from "./model-object.ts";
import { type Path, sameAtom } from "./path-conditions.ts";
import type { Records } from "./records.ts";

export function stateLostTransport(records: Records, object: ModelObject, event: Event): void {
  const failed = event.path.filter((it) => it.failed !== undefined);
  if (event.byDefault || failed.length === 0 || object.role !== "client" || !event.facts.any.some(isPlaintext)) return;
  const isOtherwise = (path: Path): boolean => !path.some((it) => failed.some((one) => sameAtom(one, it)));
  const secured = object.parts.flatMap(({ kind, path }) => (kind === "configuration" && isOtherwise(path) ? [path] : []));
  if (secured.length > 0 && !object.events.some(isHere)) stateFailed(records, object, event, "tls", besides(event.path, secured));
}

const isPlaintext = (fact: Event["facts"]["any"][number]): boolean => fact.kind === "client-transport" && !fact.tls;

/** Nobody is on the way to this machine. */
const isHere = ({ facts }: Event): boolean => facts.any.some((it) => it.kind === "peer" && it.reach === "loopback");
