/** The whole way from a client through a proxy to a program, in one line that hovers show at each place on it. */
import type { Place } from "../tls/facts.ts";
import { publishedPorts, sameHeader } from "./joined-observations.ts";
import type { Joined } from "./joins.ts";
import type { ProgramListener } from "./programs.ts";
import { isClients, isOfCertificate, type ProxyServer, type Route } from "./proxy.ts";

export interface Way {
  /** With the user's own words in back-ticks. */
  readonly words: string;
  readonly places: readonly Place[];
}

export function wayOf({ proxy, route, answer }: Joined): Way {
  const published = publishedPorts({ proxy, route, answer });
  const told = route.headers.filter((it) => isOfCertificate(it) || answer.headers.some(({ header }) => sameHeader(header, it.name)));
  const trusted = answer.headers.filter(({ header }) => !route.headers.some((it) => sameHeader(it.name, header)));
  const identities = [
    ...told
      .filter((it) => it.from !== "nothing" && it.from !== "verdict")
      .map((it) => `identity from \`${it.name}\`${isClients(it) ? ", which clients can set" : ""}`),
    ...(route.hasOtherHeaders ? [] : trusted.map(({ header }) => `identity from \`${header}\`, which clients can set`)),
  ];
  const ports = published.map(({ port }) => `\`${port.written}\` published beside the proxy`);
  const line = `client ─${asked(proxy)}→ ${proxy.product} ─${spoken(route)}→ ${programOf(route, answer.listeners)}`;
  return {
    words: [line, ...new Set(identities), ...new Set(ports)].join(", "),
    places: [
      proxy.place,
      route.place,
      ...(proxy.authentication === undefined ? [] : [proxy.authentication.place]),
      ...told.map(({ place }) => place),
      ...answer.listeners.map(({ place }) => place),
      ...answer.headers.map(({ place }) => place),
      ...published.map(({ file, port }) => ({ file, span: port.span })),
    ],
  };
}

function asked({ tls, authentication }: ProxyServer): string {
  if (!tls) return "HTTP";
  if (authentication === undefined) return "TLS";
  if (!authentication.verified) return "TLS, any certificate";
  return authentication.mode === "required" ? "mTLS" : "TLS, certificate optional";
}

const spoken = ({ transport, statements }: Route): string =>
  transport === "plaintext"
    ? "HTTP"
    : statements.some(({ fact }) => fact.kind === "server-verification" && !fact.enabled)
      ? "TLS, unverified"
      : "TLS";

/** By the name of its package and where it listens; else by where the proxy connects to. */
function programOf({ targets }: Route, listeners: readonly ProgramListener[]): string {
  const found = listeners.map(({ name, address }) => [name, address].filter((it) => it !== undefined).join(" ")).filter((it) => it !== "");
  const asked = targets.map(({ host, port }) => (port === undefined ? host : `${host}:${port}`)).filter((it) => it !== "");
  const [first, ...others] = new Set(found.length > 0 ? found : asked);
  if (first === undefined) return "an address known at run time";
  return `\`${first}\`${others.length > 0 ? ` and ${others.length} more` : ""}`;
}
