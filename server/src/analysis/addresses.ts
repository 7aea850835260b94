/** Who can reach an address that a program binds or connects to, as far as its value tells. */
import type { Value } from "../flow/index.ts";
import { type Reach, reachOfText } from "./reach.ts";

export interface Address {
  readonly reach: Reach;
  readonly address?: string;
}

export function reachOf(value: Value): Address {
  switch (value.kind) {
    case "constant":
      return typeof value.value === "string" ? { reach: reachOfText(value.value, true), address: value.value } : { reach: "unknown" };
    case "text":
      return { reach: reachOfText(value.prefix, false), ...(value.prefix === "" ? {} : { address: value.prefix }) };
    case "record":
      return ofRecord(value);
    case "collection":
      return ofOctets(value.listed ?? []) ?? (value.element === undefined ? { reach: "unknown" } : reachOf(value.element));
    case "alternatives":
      return worst(value.of.map((it) => it.value));
    case "labelled":
      return reachOf(value.of);
    case "part":
      // What was parsed is as it was written.
      return value.name === "success" ? reachOf(value.of) : { reach: "unknown" };
    case "function":
      return value.target.kind === "external" ? ofPath(value.target.path) : { reach: "unknown" };
    case "apply":
      return ofCall(value.callee, value.arguments);
    default:
      return { reach: "unknown" };
  }
}

function ofRecord({ type, fields }: Extract<Value, { readonly kind: "record" }>): Address {
  const [host, port] = fields.map(([, it]) => it);
  if (type !== "" && host === undefined) return ofPath(type);
  if (host === undefined) return { reach: "unknown" };
  const found = reachOf(host);
  const number = port?.kind === "constant" && typeof port.value === "number" ? port.value : undefined;
  return number === undefined || found.address === undefined ? found : { ...found, address: `${found.address}:${number}` };
}

function ofPath(path: string): Address {
  if (path.endsWith("::LOCALHOST")) return { reach: "loopback", address: "localhost" };
  return path.endsWith("::UNSPECIFIED") ? { reach: "public", address: "0.0.0.0" } : { reach: "unknown" };
}

/** `SocketAddr::new(ip, port)`, `Ipv4Addr::new(127, 0, 0, 1)`, `IpAddr::V4(…)`: what is known of the parts decides. */
function ofCall(callee: string, given: readonly Value[]): Address {
  const octets = callee.endsWith("Ipv4Addr::new") ? ofOctets(given) : undefined;
  if (octets !== undefined) return octets;
  const [first] = given;
  return first === undefined ? { reach: "unknown" } : reachOf(first);
}

/** Four numbers are an address of version 4. */
function ofOctets(values: readonly Value[]): Address | undefined {
  const octets = values.flatMap((it) => (it.kind === "constant" && typeof it.value === "number" ? [it.value] : []));
  if (values.length !== 4 || octets.length !== 4) return undefined;
  return { reach: reachOfText(octets.join("."), true), address: octets.join(".") };
}

function worst(values: readonly Value[]): Address {
  const all = values.map(reachOf);
  return all.find((it) => it.reach === "public") ?? all.find((it) => it.reach === "unknown") ?? all[0] ?? { reach: "unknown" };
}
