/** Whether an address that somebody gives names its scheme: `starts_with("http")`, `contains("://")`. Who names none gets the program's. */
import type { Value } from "../flow/index.ts";
import { connections } from "../models/connections/index.ts";
import { lastOf } from "../rust/last-of.ts";

/** Whether a text is compared with the scheme of an address: who gives another one has chosen it. */
export function isOfScheme(value: Value): boolean {
  return value.kind === "test" && SCHEMES.has(value.what.slice(1).replaceAll('"', "").toLowerCase());
}

const SCHEMES: ReadonlySet<string> = new Set([
  "http",
  "https",
  ...connections.flatMap((it) => it.schemes.map(({ scheme }): string => scheme)),
]);

/** `schemes`: those that tell whether there is TLS, with what follows them: `https://`. */
export function asksForScheme(value: Value, schemes: readonly string[]): boolean {
  switch (value.kind) {
    case "labelled":
    case "test":
      return asksForScheme(value.of, schemes);
    case "apply":
      return SEARCHING.has(lastOf(value.callee)) && value.arguments.slice(1).some((it) => isScheme(it, schemes));
    default:
      return false;
  }
}

function isScheme(pattern: Value, schemes: readonly string[]): boolean {
  if (pattern.kind === "labelled") return isScheme(pattern.of, schemes);
  if (pattern.kind !== "constant" || typeof pattern.value !== "string" || pattern.value === "") return false;
  const text = pattern.value.toLowerCase();
  return text === SEPARATOR || schemes.some((it) => it.startsWith(text));
}

/** RFC 3986, section 3: what stands between a scheme and an authority. */
const SEPARATOR = "://";

/** Methods of the standard library's texts that look for a pattern. */
const SEARCHING: ReadonlySet<string> = new Set(["starts_with", "contains", "find", "split_once", "strip_prefix"]);
