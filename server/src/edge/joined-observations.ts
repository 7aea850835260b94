/** What a proxy and the service behind it mean together: said at the end that should change, with the other one as a related place. */
import type { RelatedPlace } from "../tls/facts.ts";
import type { PublishedPort, Service } from "./deployment.ts";
import type { Joined } from "./joins.ts";
import { type EdgeStatement, isClients, isOfCertificate, type Target, tellsWho } from "./proxy.ts";
import { isOpen, isSameProxy, siblingsOf } from "./ways-around.ts";

/** `all`: the routes of the workspace · `telling`: those of them that tell the service something of the certificate. */
export const joinedStatements = (one: Joined, all: readonly Joined[], telling: readonly Joined[]): readonly EdgeStatement[] => [
  ...forwardedCopies(one, telling),
  ...unreadVerdicts(one),
  ...publishedBeside(one, all),
];

const proxied = ({ proxy, answer }: Joined) => ({
  authentication: proxy.authentication?.mode ?? ("none" as const),
  program: answer.listeners.length > 0,
});

/** nginx, and what takes its headers from CGI, know `-` and `_` as one. */
export const sameHeader = (a: string, b: string): boolean => plain(a) === plain(b);
const plain = (header: string): string => header.toLowerCase().replaceAll("_", "-");

/** A header by which the service knows its clients, and what shows that it does. */
interface Trusted {
  readonly header: string;
  readonly shown: readonly RelatedPlace[];
}

/** The service trusts a header that the proxy neither sets nor removes on this way: a program of the workspace, or as another way tells. */
function forwardedCopies(one: Joined, telling: readonly Joined[]): readonly EdgeStatement[] {
  const { proxy, route } = one;
  // A copy by a proxy that asks for certificates is said where it is made.
  const isSaid = (header: string): boolean =>
    route.headers.some((it) => sameHeader(it.name, header) && (!isClients(it) || proxy.authentication !== undefined));
  if (route.hasOtherHeaders) return [];
  return trustedBehind(one, telling)
    .filter(({ header }) => !isSaid(header))
    .map(({ header, shown }): EdgeStatement => {
      const edits = route.clears?.(header);
      return {
        ...route.place,
        fact: { kind: "forwarded-identity", header, from: "client", proxied: proxied(one) },
        role: "server",
        call: "proxy.header",
        written: route.written,
        related: shown,
        betterments:
          edits === undefined || edits.length === 0
            ? []
            : [{ gives: { kind: "forwarded-identity" }, title: `Remove the client's own \`${header}\``, edits }],
      };
    });
}

function trustedBehind(one: Joined, telling: readonly Joined[]): readonly Trusted[] {
  const { proxy, answer } = one;
  const set = siblingsOf(one, telling).flatMap((it) =>
    it.route.headers.filter((header) => isOfCertificate(header) && !isClients(header)).map((header) => ({ header, by: it })),
  );
  const settersOf = (name: string): readonly RelatedPlace[] =>
    set
      .filter(({ header }) => sameHeader(header.name, name))
      .slice(0, 1)
      .map(({ header }) => ({ ...header.place, message: "another route sets it from the certificate" }));
  const read = answer.headers.flatMap(({ header, place }): readonly Trusted[] => {
    const setters = settersOf(header);
    if (proxy.authentication === undefined && setters.length === 0) return [];
    return [{ header, shown: [{ ...place, message: `\`${header}\` is trusted here` }, ...setters] }];
  });
  // Without a program, what goes round the proxy that asks is what counts.
  const told =
    proxy.authentication !== undefined || answer.listeners.length > 0
      ? []
      : set.filter(({ header, by }) => tellsWho(header) && by.proxy.authentication !== undefined).map(({ header }) => header.name);
  const names = [...new Set(told)].filter((it) => !read.some(({ header }) => sameHeader(header, it)));
  return [...read, ...names.map((header) => ({ header, shown: settersOf(header) }))];
}

/** The proxy forwards the verdict, and the program reads the name without it. */
function unreadVerdicts(one: Joined): readonly EdgeStatement[] {
  const { proxy, route, answer } = one;
  const verdict = route.headers.find((it) => it.from === "verdict");
  const { authentication } = proxy;
  if (verdict === undefined || authentication === undefined || authentication.verified) return [];
  if (answer.headers.some(({ header }) => sameHeader(header, verdict.name))) return [];
  return route.headers.flatMap((it): readonly EdgeStatement[] => {
    const { name, place } = it;
    const readers = answer.headers.filter((one) => sameHeader(one.header, name));
    if (it.from !== "identity" || isClients(it) || readers.length === 0) return [];
    const isHere = authentication.place.file === place.file;
    return [
      {
        ...place,
        fact: { kind: "forwarded-identity", header: name, from: "unverified", verdict: verdict.name, proxied: proxied(one) },
        role: "server",
        call: "proxy.header",
        written: name,
        related: [
          ...readers.map((one): RelatedPlace => ({ ...one.place, message: `\`${name}\` is trusted here` })),
          { ...authentication.place, message: "certificates of unknown CAs are accepted here" },
        ],
        betterments: isHere
          ? [{ gives: { kind: "forwarded-identity" }, title: "Require client certificates", edits: authentication.requires }]
          : [],
      },
    ];
  });
}

/** Ports of the services that others than the proxy can connect to. */
export const publishedPorts = ({
  route,
  answer,
}: Joined): readonly { readonly file: string; readonly service: Service; readonly port: PublishedPort }[] =>
  answer.services.flatMap(({ file, service, by }) =>
    service.published
      .filter((it) => it.reach === "network" && (by === undefined ? route.targets.some((one) => isAt(one, it)) : it === by))
      .map((port) => ({ file, service, port: by === undefined ? port : { ...port, confines: [] } })),
  );

const isAt = ({ port }: Target, { targets }: PublishedPort): boolean =>
  port === undefined || targets === undefined || (targets.first <= port && port <= targets.last);

/**
 * Of a proxy that asks for no certificate: whether it is TLS alone that is left out with it. An Ingress may have no other way to its service
 * than a port of the nodes; where the same proxy has a way without TLS, that is how it is meant; and which of several deployments it stands
 * in may not be known.
 */
function leavesTlsOut({ proxy, route, answer }: Joined, all: readonly Joined[]): boolean {
  if (!proxy.tls || route.transport !== "plaintext" || proxy.listeners?.some(isOpen) === true) return false;
  const [first, ...others] = answer.services;
  if (first === undefined || first.service.forwards !== undefined || others.some(({ file }) => file !== first.file)) return false;
  return !all.some(
    (it) =>
      it.answer.services.some(({ service }) => service === first.service) &&
      (it.proxy.authentication !== undefined || (!it.proxy.tls && isSameProxy(it.proxy, proxy))),
  );
}

/** The port of the service is published, so that the proxy can be left out. */
function publishedBeside(one: Joined, all: readonly Joined[]): readonly EdgeStatement[] {
  const { proxy, route, answer } = one;
  const { authentication } = proxy;
  const isPlaintext =
    answer.listeners.length === 0 || answer.listeners.some((it) => it.transport === "plaintext" && it.reach !== "loopback");
  if (!isPlaintext || (authentication === undefined && !leavesTlsOut(one, all))) return [];
  const before = authentication?.place ?? proxy.place;
  const message = authentication === undefined ? "TLS is terminated here" : "client certificates are requested here";
  return publishedPorts(one).map(
    ({ file, service, port: { span, written, confines } }): EdgeStatement => ({
      file,
      span,
      fact: {
        kind: "direct-access",
        way: "port",
        address: written,
        service: service.names[0] ?? "",
        plaintext: route.transport === "plaintext",
        proxied: proxied(one),
      },
      role: "server",
      call: "deployment.ports",
      written,
      related: [
        { ...before, message },
        { ...route.place, message: "requests are forwarded to the service here" },
        ...answer.listeners.slice(0, 1).map((it) => ({ ...it.place, message: "the program listens here" })),
      ],
      betterments:
        confines.length === 0 ? [] : [{ gives: { kind: "direct-access" }, title: "Publish the port on loopback only", edits: confines }],
    }),
  );
}
