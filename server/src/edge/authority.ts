/** `host:port` as configurations write it, IPv6 in brackets, of what is connected to and of what is listened on. */
import { reachOfHost } from "../tls/hosts.ts";
import type { Target } from "./proxy.ts";

/** `usual`: the port where none is written. */
export function targetAt(authority: string, usual: number | undefined): Target {
  const bracket = authority.startsWith("[") ? authority.indexOf("]") : -1;
  const colon = authority.indexOf(":", Math.max(0, bracket));
  const host = (bracket > 0 ? authority.slice(1, bracket) : colon < 0 ? authority : authority.slice(0, colon)).toLowerCase();
  const written = colon < 0 ? Number.NaN : Number(authority.slice(colon + 1));
  const port = Number.isInteger(written) ? written : colon < 0 ? usual : undefined;
  return { host, reach: reachOfHost(host), ...(port === undefined ? {} : { port }) };
}

/** Hosts that stand for all of a machine's addresses where a server listens. */
const EVERYWHERE: ReadonlySet<string> = new Set(["", "*", "0.0.0.0", "::"]);

/** Of `host:port`, a port alone or a socket's path, as a listener has it. */
export function listensOnLoopback(address: string): boolean {
  if (/^\d+$/.test(address)) return false;
  if (address.startsWith("/") || address.startsWith("unix")) return true;
  const { host, reach } = targetAt(address, undefined);
  return reach === "loopback" && !EVERYWHERE.has(host);
}
