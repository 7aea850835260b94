/**
 * Ways around the client certificates that a proxy demands, through the proxy itself: an address of the same server without TLS, and another
 * server of it that forwards to the same place. What another route says of clients there is what the service takes their identity from.
 */
import { folderOf } from "../base/path.ts";
import type { Joined } from "./joins.ts";
import type { EdgeStatement, ProxyListener, ProxyServer, Route } from "./proxy.ts";

/** Of one installation: files of one folder are read together, or taken in by the same. */
export const isSameProxy = (a: ProxyServer, b: ProxyServer): boolean =>
  a.product === b.product && folderOf(a.place.file) === folderOf(b.place.file);

/** By an address both have, or by the same words of one file where none is known. */
const isSameUpstream = (a: Route, b: Route): boolean => {
  const known = a.targets.filter(({ host }) => host !== "");
  if (known.length > 0) return known.some((it) => b.targets.some(({ host, port }) => host === it.host && port === it.port));
  return a.written === b.written && a.place.file === b.place.file;
};

/** All that a route of another server gets, or all that there is. */
const coversAll = (route: Route, other: Route): boolean => route.scope === undefined || route.scope === "/" || route.scope === other.scope;

export const isOpen = (it: ProxyListener): boolean => !it.tls && !it.isLoopback;

/** `demanding`: the servers of the workspace that demand a certificate. */
export function waysAround(proxy: ProxyServer, demanding: readonly ProxyServer[]): readonly EdgeStatement[] {
  const open = proxy.listeners?.filter(isOpen) ?? [];
  if (open.length === 0) return [];
  if (demanding.includes(proxy)) return open.map((it) => around(it, proxy, proxy.routes[0]));
  if (proxy.tls) return [];
  for (const other of demanding) {
    if (!isSameProxy(proxy, other)) continue;
    const route = proxy.routes.find((it) => other.routes.some((one) => isSameUpstream(it, one) && coversAll(it, one)));
    if (route !== undefined) return open.map((it) => around(it, other, route));
  }
  return [];
}

/** `guarded`: the server that demands certificates. */
function around({ place, written }: ProxyListener, { authentication }: ProxyServer, route: Route | undefined): EdgeStatement {
  const asked = authentication === undefined ? [] : [{ ...authentication.place, message: "client certificates are requested here" }];
  const forwarded = route === undefined ? [] : [{ ...route.place, message: "requests are forwarded to the service here" }];
  return {
    ...place,
    fact: {
      kind: "direct-access",
      way: "listener",
      address: written,
      service: route?.targets[0]?.host ?? "",
      plaintext: true,
      proxied: { authentication: authentication?.mode ?? "none", program: false },
    },
    role: "server",
    call: "proxy.listen",
    written,
    related: [...asked, ...forwarded],
  };
}

/** Of some routes those that lead to the same programs, or of the same proxy to the same place. */
export const siblingsOf = (one: Joined, all: readonly Joined[]): readonly Joined[] =>
  all.filter(
    (it) =>
      it.answer.listeners.some((listener) => one.answer.listeners.includes(listener)) ||
      (isSameProxy(it.proxy, one.proxy) && isSameUpstream(it.route, one.route)),
  );
