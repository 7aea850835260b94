/** Where Traefik's services lead: URLs of servers. */
import { reachOfHost } from "../../tls/hosts.ts";
import type { Target } from "../proxy.ts";

export interface Destination {
  readonly isTls: boolean;
  readonly target: Target;
}

/** `https://10.0.0.7:8443/path`, `h2c://app:8080`. */
export function destinationOf(url: string): Destination {
  const at = url.indexOf("://");
  const isTls = url.slice(0, Math.max(0, at)).toLowerCase() === "https";
  const rest = at < 0 ? url : url.slice(at + "://".length);
  const slash = rest.indexOf("/");
  const authority = slash < 0 ? rest : rest.slice(0, slash);
  const colon = authority.startsWith("[") ? authority.indexOf(":", authority.indexOf("]")) : authority.indexOf(":");
  const host = (colon < 0 ? authority : authority.slice(0, colon)).replace("[", "").replace("]", "").toLowerCase();
  const port = colon < 0 ? (isTls ? 443 : 80) : Number(authority.slice(colon + 1));
  return { isTls, target: { host, reach: reachOfHost(host), ...(Number.isInteger(port) ? { port } : {}) } };
}
