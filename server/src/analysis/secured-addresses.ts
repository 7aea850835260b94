/** Addresses whose scheme says nothing of TLS, of connections for which the program sets it up in another way. */
import { effectiveEvents } from "./effective-events.ts";
import type { ModelObject } from "./model-object.ts";
import { guardsOf } from "./path-conditions.ts";
import type { AddressUse, Records } from "./records.ts";

export function stateSecuredAddresses({ addresses, loose }: Records): void {
  const isSecured = ({ object }: AddressUse): boolean => isOverTls(object);
  for (const use of addresses) {
    const { place, path, draft } = use;
    // One text may be given to several clients.
    const alike = addresses.filter((it) => it.place.file === place.file && it.place.span.start === place.span.start);
    if (alike.every(isSecured)) loose.push({ fact: { kind: "secured-address" }, place, related: [], path, draft });
  }
}

/** Whatever happens, by what was said of it or of the settings that it was given. */
function isOverTls(client: ModelObject): boolean {
  const parts = new Set([client]);
  for (const it of parts)
    for (const { kind, object, path } of it.parts) if (kind === "configuration" && guardsOf(path).length === 0) parts.add(object);
  const said = [...parts].flatMap((it) => effectiveEvents(it).flatMap(({ facts, path }) => facts.any.map((fact) => ({ fact, path }))));
  const transports = said.flatMap(({ fact, path }) => (fact.kind === "client-transport" ? [{ tls: fact.tls, path }] : []));
  return transports.some(({ tls, path }) => tls && guardsOf(path).length === 0) && transports.every(({ tls }) => tls);
}
