/** Who can reach an address that a program binds: read from literals, tuples and the beginnings of formatted strings. */
import { examined, type Value } from "./values.ts";

export type Reach = "loopback" | "public" | "unknown";

export function reachOf(value: Value): { readonly reach: Reach; readonly address?: string } {
  const it = examined(value);
  switch (it.kind) {
    case "text":
      return { reach: reachOfText(it.value, it.exact), ...(it.value === "" ? {} : { address: it.value }) };
    case "tuple": {
      const [host, port] = it.elements;
      if (host === undefined) return { reach: "unknown" };
      const found = reachOf(host);
      const number = port === undefined ? undefined : examined(port);
      return {
        reach: found.reach,
        ...(found.address === undefined ? {} : { address: number?.kind === "number" ? `${found.address}:${number.value}` : found.address }),
      };
    }
    case "collection": {
      const numbers = it.collection.elements.map((one) => (one.kind === "number" ? one.value : undefined));
      if (numbers.length === 4 && numbers.every((one) => one !== undefined))
        return { reach: reachOfText(numbers.join("."), true), address: numbers.join(".") };
      if (numbers.length === 8 && numbers.every((one) => one !== undefined))
        return { reach: numbers.slice(0, 7).every((one) => one === 0) && numbers[7] === 1 ? "loopback" : "public" };
      return worst(it.collection.elements);
    }
    case "name": {
      const last = it.path.at(-1);
      if (last === "LOCALHOST") return { reach: "loopback", address: "localhost" };
      if (last === "UNSPECIFIED") return { reach: "public", address: "0.0.0.0" };
      return { reach: "unknown" };
    }
    case "choice":
      return worst(it.arms.map((arm) => arm.value));
    case "opaque":
      // `SocketAddr::new(Ipv4Addr::UNSPECIFIED, port)` and the like: what is known of the parts decides.
      return it.parts.length > 0 ? reachOf(it.parts[0] ?? it) : { reach: "unknown" };
    default:
      return { reach: "unknown" };
  }
}

function worst(values: readonly Value[]): { readonly reach: Reach; readonly address?: string } {
  const all = values.map(reachOf);
  return all.find((it) => it.reach === "public") ?? all.find((it) => it.reach === "unknown") ?? all[0] ?? { reach: "unknown" };
}

export function reachOfText(text: string, exact: boolean): Reach {
  const host = /^(?:\w+:\/\/)?(\[[^\]]*\]|[^:/]*(?=[:/]|$)|:[:\d]*)/.exec(text)?.[1]?.replace(/^\[|\]$/g, "") ?? "";
  if (/^127\.\d+\.\d+\.\d+$/.test(host) || host === "::1" || host === "localhost" || text === "::1") return "loopback";
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(host)) return "public";
  if (text.startsWith("::") || text.startsWith(":::") || host === "::" || host === "*") return "public";
  if (/^\[?[0-9a-f]{0,4}:[0-9a-f:]*\]?$/i.test(host) && host.includes(":")) return "public";
  if (exact && /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i.test(host)) return "public";
  return "unknown";
}
