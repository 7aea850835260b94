/** Proxies as observations, so that the rules over code judge them: an endpoint for each server, and one for each connection that it makes. */
import type { TextEdit } from "../base/text-edit.ts";
import { IDENTITY_HEADER } from "../models/identity-headers.ts";
import { type Betterment, type Circumstance, type Setting, settingOf } from "../settings/setting.ts";
import type { Endpoint, Observation, Place, Proxied, Role } from "../tls/facts.ts";
import { isOtherMachine, widest } from "../tls/hosts.ts";
import type { Answer } from "./joins.ts";
import { type EdgeStatement, isClients, type ProxyServer, type Route, tellsWho } from "./proxy.ts";
import type { EdgeSources } from "./sources.ts";

type Guards = EdgeSources["guards"];

/** `answering`: who is at the other end of a route. */
export function observationsOf(proxy: ProxyServer, guards: Guards, answering: (route: Route) => Answer | undefined): readonly Setting[] {
  const server = endpointOf(proxy.product, proxy.place, "server", demandedBy(proxy), guards);
  return [...server, ...proxy.routes.flatMap((it) => ofRoute(proxy, it, guards, answering(it)))];
}

/**
 * What is said of clients at the server. A service that is told of the certificate decides who may do what, so that to ask for one is no
 * fault by itself; what is told of a certificate that nobody verified is said where it is told.
 */
function demandedBy({ statements, routes }: ProxyServer): readonly EdgeStatement[] {
  if (!routes.some(({ headers }) => headers.some(tellsWho))) return statements;
  return statements.flatMap((it): readonly EdgeStatement[] => {
    const { fact } = it;
    if (fact.kind === "verifier") return [];
    return fact.kind === "client-authentication" && fact.mode === "optional" ? [{ ...it, fact: { ...fact, mode: "required" } }] : [it];
  });
}

export const stated = ({ file, ...statement }: EdgeStatement, guards: Guards): Setting => settingOf(statement, circumstance(file, guards));

const circumstance = (file: string, guards: Guards): Circumstance => ({ file, guards: guards(file) });

const proxiedBy = ({ authentication }: ProxyServer, program: boolean): Proxied => ({
  authentication: authentication?.mode ?? "none",
  program,
});

function ofRoute(proxy: ProxyServer, route: Route, guards: Guards, answer: Answer | undefined): readonly Setting[] {
  const { file } = route.place;
  const proxied = proxiedBy(proxy, answer !== undefined && answer.listeners.length > 0);
  // Several ways to one place are one fault, at the first of them.
  const isFirst = proxy.routes.find((it) => it.transport === route.transport && sameTargets(it, route)) === route;
  const plaintext =
    route.transport === "plaintext" && isFirst && isSaid(proxy, route) ? [{ ...plaintextTo(route, proxied, answer), file }] : [];
  return [
    ...endpointOf(proxy.product, route.place, "client", [...route.statements, ...plaintext], guards),
    ...identities(proxy, route, proxied).map((it) => stated(it, guards)),
  ];
}

/** Where a client chooses the host and shows no certificate, plaintext is what it has asked for. */
const isSaid = ({ authentication }: ProxyServer, { targets }: Route): boolean =>
  authentication !== undefined || targets.some(({ host }) => host !== "");

const sameTargets = (a: Route, b: Route): boolean =>
  JSON.stringify(a.targets) === JSON.stringify(b.targets) && (a.targets.some(({ host }) => host !== "") || a.written === b.written);

const ELSEWHERE = { elsewhere: true } as const;

function plaintextTo({ place, written, targets }: Route, proxied: Proxied, answer: Answer | undefined): Omit<EdgeStatement, "file"> {
  const [first] = targets;
  const host = first === undefined || first.host === "" ? {} : { host: first.host };
  const reach = widest(targets.map((it) => it.reach));
  // What a deployment knows by its address is a container of the machine.
  const isElsewhere = answer?.services.length === 0 && targets.some((it) => isOtherMachine(it.host));
  const fact = { kind: "upstream", reach, credentials: false, ...host, proxied, ...(isElsewhere ? ELSEWHERE : {}) } as const;
  const related = [
    ...(answer?.listeners ?? []).map((it) => ({ ...it.place, message: "the program answers here" })),
    ...targets.slice(0, 1).flatMap((it) => (it.place === undefined ? [] : [{ ...it.place, message: "the upstream's address is here" }])),
  ];
  return { fact, role: "client", span: place.span, written, call: "proxy.upstream", related };
}

/** What is wrong with what a proxy says of its clients, whoever reads it. */
function identities(proxy: ProxyServer, { headers }: Route, proxied: Proxied): readonly EdgeStatement[] {
  const { authentication } = proxy;
  if (authentication === undefined) return [];
  // Whoever is given one of these can tell.
  const isTold = headers.some((it) => it.from === "verdict" || it.from === "certificate");
  const base = { role: "server", call: "proxy.header" } as const;
  return headers.flatMap((header): readonly EdgeStatement[] => {
    const { name, from, kept, place, removes } = header;
    const said = { ...base, ...place, written: name };
    if (isClients(header) && IDENTITY_HEADER.test(name))
      return [
        {
          ...said,
          fact: { kind: "forwarded-identity", header: name, from: "client", proxied, ...(kept === undefined ? {} : { kept }) },
          betterments: removes.length === 0 ? [] : [removal(name, removes)],
        },
      ];
    if (from !== "identity" || authentication.verified || isTold) return [];
    const betterments =
      authentication.place.file === place.file && authentication.requires.length > 0
        ? [{ gives: { kind: "forwarded-identity" } as const, title: "Require client certificates", edits: authentication.requires }]
        : [];
    const related = [{ ...authentication.place, message: "certificates of unknown CAs are accepted here" }];
    return [{ ...said, fact: { kind: "forwarded-identity", header: name, from: "unverified", proxied }, related, betterments }];
  });
}

const removal = (header: string, edits: readonly TextEdit[]): Betterment => ({
  gives: { kind: "forwarded-identity" },
  title: `Remove the client's own \`${header}\``,
  edits,
});

/** Facts of one endpoint know each other. */
function endpointOf(product: string, place: Place, role: Role, statements: readonly EdgeStatement[], guards: Guards): readonly Setting[] {
  const facts: Observation[] = [];
  const endpoint: Endpoint = {
    id: -1,
    role,
    sort: "configuration",
    crate: product,
    library: product,
    place,
    facts,
    effective: facts,
    parts: [],
    usedBy: [],
    replaces: [],
    alike: [],
    idle: [],
  };
  return statements.map((it) => {
    const { observation, ...rest } = stated(it, guards);
    const whole = { ...observation, endpoint };
    facts.push(whole);
    return { ...rest, observation: whole };
  });
}
