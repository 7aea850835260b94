/** Whether a client connects to another machine: one that is written down, or that somebody names when the program runs. */
import type { Value } from "../flow/index.ts";
import { lastOf } from "../rust/last-of.ts";
import { armsOf } from "./meanings.ts";
import { peerOf, writtenAs } from "./peers.ts";

/** `is`: what the value is. `unset`: what a value is while nobody sets anything. */
export function isElsewhere(value: Value, is: "address" | "stream", unset: (value: Value) => readonly Value[]): boolean {
  const addresses = armsOf(value).flatMap((it) => addressIn(it.value, is === "address") ?? []);
  return addresses.some((it) => {
    const { reach, assumed } = peerOf(it, unset);
    return reach === "public" || (reach === "unknown" && assumed !== true && isNamed(it));
  });
}

/** Of each of the alternatives; undefined where nobody knows one of them. */
export function addressesIn(value: Value, is: "address" | "stream"): readonly Value[] | undefined {
  const found = armsOf(value).map((it) => addressIn(it.value, is === "address"));
  const known = found.filter((it) => it !== undefined);
  return known.length < found.length || known.length === 0 ? undefined : known;
}

/** What a connection was made to; undefined where nobody knows. */
function addressIn(value: Value, isAddress: boolean): Value | undefined {
  const made = writtenAs(value);
  const [first] = made.kind === "apply" ? made.arguments : [];
  if (first !== undefined && made.kind === "apply") {
    const called = lastOf(made.callee);
    if (CONNECTING.has(called)) return addressIn(first, true);
    if (RESOLVING.has(called)) return addressIn(first, isAddress);
  }
  return isAddress ? made : undefined;
}

/** Somebody gives it when the program runs. */
function isNamed(value: Value): boolean {
  if (value.labels.includes("configuration")) return true;
  if (value.kind === "text") return value.of.some(isNamed);
  if (value.kind === "record") return value.fields.some(([, it]) => isNamed(it));
  return value.kind === "part" ? isNamed(value.of) : value.kind === "input";
}

/** Calls of the standard library, and of those that do the same without blocking. */
const CONNECTING: ReadonlySet<string> = new Set(["connect", "connect_timeout"]);
const RESOLVING: ReadonlySet<string> = new Set(["to_socket_addrs", "lookup_host", "next"]);
