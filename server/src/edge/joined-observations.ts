/** What a proxy and the service behind it mean together: said at the end that should change, with the other one as a related place. */
import type { RelatedPlace } from "../tls/facts.ts";
import type { PublishedPort, Service } from "./deployment.ts";
import type { Answer } from "./joins.ts";
import type { ProgramHeader } from "./programs.ts";
import { type EdgeStatement, isClients, isOfCertificate, type ProxyServer, type Route } from "./proxy.ts";

/** A proxy, one of its routes, and who answers there. */
export interface Joined {
  readonly proxy: ProxyServer;
  readonly route: Route;
  readonly answer: Answer;
}

/** `all`: those that lead to the same programs among them. */
export const joinedStatements = (one: Joined, all: readonly Joined[]): readonly EdgeStatement[] => [
  ...forwardedCopies(one, all),
  ...unreadVerdicts(one),
  ...publishedBeside(one),
];

const proxied = ({ proxy, answer }: Joined) => ({
  authentication: proxy.authentication?.mode ?? ("none" as const),
  program: answer.listeners.length > 0,
});

/** nginx, and what takes its headers from CGI, know `-` and `_` as one. */
export const sameHeader = (a: string, b: string): boolean => plain(a) === plain(b);
const plain = (header: string): string => header.toLowerCase().replaceAll("_", "-");

/** The program trusts a header that the proxy neither sets nor removes on this way, and sets on another, or should. */
function forwardedCopies(one: Joined, all: readonly Joined[]): readonly EdgeStatement[] {
  const { proxy, route, answer } = one;
  // A copy by a proxy that asks for certificates is said where it is made.
  const isSaid = ({ header }: ProgramHeader): boolean =>
    route.headers.some((it) => sameHeader(it.name, header) && (!isClients(it) || proxy.authentication !== undefined));
  if (route.hasOtherHeaders || answer.headers.every(isSaid)) return [];
  const siblings = all.filter((it) => it.answer.listeners.some((listener) => answer.listeners.includes(listener)));
  return answer.headers.flatMap((read): readonly EdgeStatement[] => {
    if (isSaid(read)) return [];
    const { header, place } = read;
    const setters = siblings.flatMap((it) =>
      it.route.headers.filter((one) => sameHeader(one.name, header) && isOfCertificate(one) && !isClients(one)),
    );
    if (proxy.authentication === undefined && setters.length === 0) return [];
    const edits = route.clears?.(header);
    return [
      {
        ...route.place,
        fact: { kind: "forwarded-identity", header, from: "client", proxied: proxied(one) },
        role: "server",
        call: "proxy.header",
        written: route.written,
        related: [
          { ...place, message: `\`${header}\` is trusted here` },
          ...setters.slice(0, 1).map((it) => ({ ...it.place, message: "another route sets it from the certificate" })),
        ],
        betterments:
          edits === undefined || edits.length === 0
            ? []
            : [{ gives: { kind: "forwarded-identity" }, title: `Remove the client's own \`${header}\``, edits }],
      },
    ];
  });
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
  answer.services.flatMap(({ file, service }) =>
    service.published
      .filter(
        (it) => !it.isLoopback && route.targets.some(({ port }) => port === undefined || it.target === undefined || port === it.target),
      )
      .map((port) => ({ file, service, port })),
  );

/** The port of the service is published, so that the proxy can be left out. */
function publishedBeside(one: Joined): readonly EdgeStatement[] {
  const { proxy, route, answer } = one;
  const { authentication } = proxy;
  const isPlaintext =
    answer.listeners.length === 0 || answer.listeners.some((it) => it.transport === "plaintext" && it.reach !== "loopback");
  if (authentication === undefined || !isPlaintext) return [];
  return publishedPorts(one).map(
    ({ file, service, port: { span, written, confines } }): EdgeStatement => ({
      file,
      span,
      fact: {
        kind: "direct-access",
        address: written,
        service: service.names[0] ?? "",
        plaintext: route.transport === "plaintext",
        proxied: proxied(one),
      },
      role: "server",
      call: "deployment.ports",
      written,
      related: [
        { ...authentication.place, message: "client certificates are requested here" },
        { ...route.place, message: "requests are forwarded to the service here" },
        ...answer.listeners.slice(0, 1).map((it) => ({ ...it.place, message: "the program listens here" })),
      ],
      betterments:
        confines.length === 0 ? [] : [{ gives: { kind: "direct-access" }, title: "Publish the port on loopback only", edits: confines }],
    }),
  );
}
