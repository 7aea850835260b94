/** Where Traefik's services lead: URLs of servers. */
import { targetAt } from "../authority.ts";
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
  return { isTls, target: targetAt(authority, isTls ? 443 : 80) };
}
