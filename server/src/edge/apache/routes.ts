/** Where Apache forwards requests to (mod_proxy, and mod_rewrite's `[P]`), how it connects there, and what it says there of its client. */
import { widest } from "../../tls/hosts.ts";
import { targetAt } from "../authority.ts";
import { type Level, within } from "../directives/levels.ts";
import { linesBehind, placeOf, type Texts, writtenIn } from "../directives/places.ts";
import type { Directive } from "../directives/tree.ts";
import type { EdgeStatement, Route, Target } from "../proxy.ts";
import { headersFor, isHeader, lastHeader } from "./headers.ts";
import { lastFor, partsOf, scopeOf, sectionsOf } from "./scopes.ts";

/** A line that forwards, and the requests that it is for. */
export interface Pass {
  readonly directive: Directive;
  readonly server: Level;
  readonly path: string;
  readonly isTls: boolean;
  readonly targets: readonly Target[];
}

/** Schemes that speak HTTP with the service; by `fcgi:` and its like it is told in other ways. */
const SCHEMES: Readonly<Record<string, boolean>> = { http: false, https: true, ws: false, wss: true, h2: true, h2c: false };

export function passesOf(server: Level): readonly Pass[] {
  return [server, ...sectionsOf(server)].flatMap((level) => level.directives.flatMap((it) => passOf(it, level, server)));
}

function passOf(directive: Directive, level: Level, server: Level): readonly Pass[] {
  const { words, name } = directive;
  const within = level === server ? undefined : (scopeOf(level) ?? "");
  const at = (url: string | undefined, path: string): readonly Pass[] => {
    const found = url === undefined ? undefined : destinationOf(withDefinitions(url, server), server, path);
    return found === undefined ? [] : [{ directive, server, path, ...found }];
  };
  switch (name.value) {
    // In a section its path is that of the section.
    case "proxypass":
      return within === undefined ? at(words[1]?.value, words[0]?.value ?? "") : at(words[0]?.value, within);
    case "proxypassmatch":
      return within === undefined ? at(words[1]?.value, "") : at(words[0]?.value, within);
    case "rewriterule": {
      const flags = words[2]?.value.slice(1, -1).split(",") ?? [];
      return flags.some((it) => it.trim() === "P" || it.trim() === "proxy") ? at(words[1]?.value, within ?? "") : [];
    }
    default:
      return [];
  }
}

function destinationOf(url: string, server: Level, path: string): Pick<Pass, "isTls" | "targets"> | undefined {
  const at = url.indexOf("://");
  const scheme = url.slice(0, Math.max(0, at)).toLowerCase();
  // A socket, with the URL that is asked for behind it.
  if (url.startsWith("unix:")) {
    const isTls = SCHEMES[url.slice(url.indexOf("|") + 1, Math.max(0, at)).toLowerCase()];
    return isTls === undefined ? undefined : { isTls, targets: [{ host: "", reach: "loopback" }] };
  }
  if (scheme === "balancer") return membersOf(url, server, path);
  // A variable that holds the scheme, too: whoever switches `SSLProxyEngine` on needs it for some.
  if (at < 0 && url.startsWith("$"))
    return {
      isTls: lastFor(server, path, "sslproxyengine")?.words[0]?.value.toLowerCase() === "on",
      targets: [{ host: "", reach: "unknown" }],
    };
  const isTls = SCHEMES[scheme];
  return isTls === undefined ? undefined : { isTls, targets: [targetOf(url.slice(at + "://".length), isTls)] };
}

function targetOf(rest: string, isTls: boolean): Target {
  const end = rest.indexOf("/");
  const authority = end < 0 ? rest : rest.slice(0, end);
  if (["$", "%", "@"].some((it) => authority.includes(it))) return { host: "", reach: "unknown" };
  return targetAt(authority, isTls ? 443 : 80);
}

/** `<Proxy "balancer://shop">` with a `BalancerMember` for each. */
function membersOf(url: string, server: Level, path: string): Pick<Pass, "isTls" | "targets"> | undefined {
  const group = groupIn(url);
  let top = server;
  while (top.parent !== undefined) top = top.parent;
  const members = within(top)
    .filter(({ kind, opened }) => kind === "proxy" && groupIn(opened?.words[0]?.value ?? "") === group)
    .flatMap(({ directives }) => directives.filter(({ name }) => name.value === "balancermember"))
    .flatMap(({ words: [first] }) =>
      first === undefined || first.value.startsWith("balancer:") ? [] : (destinationOf(first.value, server, path) ?? []),
    );
  return members.length === 0 ? undefined : { isTls: members.every((it) => it.isTls), targets: members.flatMap((it) => it.targets) };
}

/** The name of `balancer://name/path`. */
const groupIn = (url: string): string => url.toLowerCase().split("/")[2] ?? "";

/** `Define APP http://app:8080`, where it has one value. */
function withDefinitions(text: string, server: Level): string {
  let top = server;
  while (top.parent !== undefined) top = top.parent;
  const defined = within(top).flatMap(({ directives }) => directives.filter(({ name }) => name.value === "define"));
  const names = new Set(defined.flatMap(({ words: [name] }) => name?.value ?? []));
  return [...names].reduce((it, name) => {
    const [only, ...others] = defined.filter(({ words }) => words[0]?.value === name);
    const value = only?.words[1]?.value;
    return value === undefined || others.length > 0 ? it : it.replaceAll(`\${${name}}`, value);
  }, text);
}

export const reachOf = (pass: Pass) => widest(pass.targets.map((it) => it.reach));

export function routeOf(pass: Pass, statements: readonly EdgeStatement[], texts: Texts): Route {
  const { directive, server, path, isTls, targets } = pass;
  return {
    place: placeOf(directive),
    written: writtenIn(directive, texts),
    ...(path === "" ? {} : { scope: path }),
    transport: isTls ? "tls" : "plaintext",
    targets,
    statements,
    headers: headersFor(server, path, texts),
    hasOtherHeaders: !server.isComplete || partsOf(server, path).some((it) => scopeOf(it) === undefined && it.directives.some(isHeader)),
    clears: (header) => linesBehind(lastHeader(server, path) ?? directive, [`RequestHeader unset ${header}`], texts),
  };
}
