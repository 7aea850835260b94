/** Who can reach an address, by its text. */

export type Reach = "loopback" | "public" | "unknown";

export function reachOfText(text: string, exact: boolean): Reach {
  const host = /^(?:\w+:\/\/)?(\[[^\]]*\]|[^:/]*(?=[:/]|$)|:[:\d]*)/.exec(text)?.[1]?.replace(/^\[|\]$/g, "") ?? "";
  if (/^127\.\d+\.\d+\.\d+$/.test(host) || host === "::1" || host === "localhost" || text === "::1") return "loopback";
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(host)) return "public";
  if (text.startsWith("::") || text.startsWith(":::") || host === "::" || host === "*") return "public";
  if (/^\[?[0-9a-f]{0,4}:[0-9a-f:]*\]?$/i.test(host) && host.includes(":")) return "public";
  if (exact && /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i.test(host)) return "public";
  return "unknown";
}
