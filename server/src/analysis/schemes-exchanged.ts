/** Addresses in which one scheme is put in place of another: `url.replace("https://", "http://")` asks for no TLS, whatever somebody gives. */
import type { Flow, Value } from "../flow/index.ts";
import { lastOf } from "../rust/last-of.ts";

/** `secured`: beginnings of addresses that mean TLS. Whoever takes one of them away has an address with the other one. */
export function withoutScheme(values: Flow["values"], address: Value, secured: readonly string[]): Value {
  const [given, from, to] = address.kind === "apply" && EXCHANGING.has(lastOf(address.callee)) ? address.arguments : [];
  const taken = from?.kind === "constant" ? secured.find((it) => it === from.value) : undefined;
  if (given === undefined || taken === undefined || to?.kind !== "constant" || typeof to.value !== "string") return address;
  if (!to.value.endsWith("://") || secured.includes(to.value)) return address;
  return values.text([to.value, behind(values, given, taken) ?? values.make({ kind: "part", of: address, name: "rest" })]);
}

/** What comes after the scheme, as far as it is written down. */
function behind(values: Flow["values"], address: Value, scheme: string): Value | undefined {
  const text = address.kind === "labelled" ? address.of : address;
  const begin = text.kind === "text" ? text.prefix : text.kind === "constant" ? String(text.value) : "";
  if (!begin.startsWith(scheme)) return undefined;
  const rest = begin.slice(scheme.length);
  return text.kind === "text" ? values.text([rest, ...text.of, text.suffix]) : values.constant(rest);
}

/** Methods of the standard library's texts. */
const EXCHANGING: ReadonlySet<string> = new Set(["replace", "replacen"]);
