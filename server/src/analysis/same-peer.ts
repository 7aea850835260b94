/** Whether two clients may connect to the same peer, by what they are told of whom to connect to, whatever scheme and port they are told. */
import type { Value } from "../flow/index.ts";
import { armsOf } from "./meanings.ts";
import type { ModelObject } from "./model-object.ts";
import { hostIn, knownOf, writtenAs } from "./peers.ts";
import type { Records } from "./records.ts";

/** What nobody says may be the same. */
export function mayBeTheSamePeer({ contacts }: Records, one: ModelObject, other: ModelObject): boolean {
  const [first, second] = [one, other].map((it) => (contacts.get(it) ?? []).flatMap(namesIn));
  return (
    first === undefined || second === undefined || first.length === 0 || second.length === 0 || first.some((it) => second.includes(it))
  );
}

/** Values that an address is put together of, or the host that is written down. */
function namesIn(address: Value): readonly (Value | string)[] {
  return armsOf(address).flatMap(({ value }) => {
    const text = writtenAs(value);
    if (text.kind === "alternatives") return namesIn(text);
    const put = text.kind === "text" ? text.of.filter((it) => it.kind !== "constant").flatMap(namesIn) : [];
    if (put.length > 0) return put;
    const { host } = hostIn(knownOf(text));
    return text.kind === "constant" || text.kind === "text" ? (host === "" ? [] : [host]) : [text];
  });
}
