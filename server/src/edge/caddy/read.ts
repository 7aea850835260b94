/** Caddy: what its sites demand of clients, where they forward to, and what they tell the services there (Caddyfile; tried with 2.11). */
import type { ClientAuthentication } from "../../tls/facts.ts";
import { listensOnLoopback } from "../authority.ts";
import type { EdgeStatement, ProxyAuthentication, ProxyListener, ProxyServer } from "../proxy.ts";
import type { EdgeGap } from "../sources.ts";
import { isTemplate } from "../template/actions.ts";
import { type Body, bodyOf, type CaddyText, reached, snippetsIn } from "./levels.ts";
import { routeOf } from "./routes.ts";
import { type Directive, readCaddyfile, type Word } from "./syntax.ts";

/** What a site has in it and others' files do not, under a name that only Caddy's files have. */
const OWN: ReadonlySet<string> = new Set(
  "reverse_proxy file_server respond encode tls handle redir root php_fastcgi import log header".split(" "),
);

export const isCaddyfile = (text: string): boolean =>
  readCaddyfile(text).some(({ block }) => block?.some(({ name }) => OWN.has(name.value)) === true);

export function caddyProxies(file: string, text: string): readonly ProxyServer[] {
  if (isTemplate(text)) return [];
  const all = readCaddyfile(text);
  const snippets = snippetsIn(all);
  return all.filter(isSite).map((it) => proxyOf(it, { file, text, snippets }));
}

/** What other files bring is not known; a snippet of the file is. */
export function caddyGaps(file: string, text: string): readonly EdgeGap[] {
  if (isTemplate(text)) return [];
  const all = readCaddyfile(text);
  const snippets = snippetsIn(all);
  const importsIn = (directives: readonly Directive[]): readonly Directive[] =>
    directives.flatMap((it) => [...(it.name.value === "import" ? [it] : []), ...importsIn(it.block ?? [])]);
  return importsIn(all)
    .filter(({ words: [first] }) => first !== undefined && !snippets.has(first.value))
    .map(({ span, words: [first] }) => ({
      file,
      kind: "out of reach",
      reason: `\`import ${first?.value}\`: what other files bring is not analysed`,
      span,
    }));
}

const isSite = ({ name: { value }, block }: Directive): boolean =>
  block !== undefined && value !== "" && !value.startsWith("(") && !value.startsWith("&(");

function proxyOf(site: Directive, whole: CaddyText): ProxyServer {
  const { file, snippets } = whole;
  const body = bodyOf(site.block, snippets);
  const addresses = [site.name, ...site.words].map(({ value }) => value.replace(",", ""));
  const tls = addresses.some((it) => !isPlain(it));
  const demand = tls ? demandOf(body, whole) : undefined;
  const authentication = demand?.authentication;
  const routes = [...reached(body, snippets)]
    .filter(({ directive }) => directive.name.value === "reverse_proxy")
    .flatMap((it) => routeOf(it, whole));
  return {
    product: "Caddy",
    place: { file, span: site.name.span },
    tls,
    ...(authentication === undefined ? {} : { authentication }),
    listeners: [site.name, ...site.words].flatMap((it) => listenersOf(it, body, file)),
    statements: demand === undefined ? [] : [demand.stated],
    routes,
  };
}

const isPlain = (address: string): boolean => address.startsWith("http://") || address.endsWith(":80");

/** An address of a site; `bind` says on which of the machine's own it is, and a `redir` sends all requests away. */
function listenersOf({ value, span }: Word, { directives }: Body, file: string): readonly ProxyListener[] {
  const address = value.replace(",", "");
  const bound = directives.filter(({ name }) => name.value === "bind").flatMap(({ words }) => words.map((it) => it.value));
  const host = address.replace("https://", "").replace("http://", "");
  const isLoopback = (bound.length > 0 ? bound : [host]).every(listensOnLoopback);
  const tls = !isPlain(address);
  if (!tls && directives.some(({ name }) => name.value === "redir")) return [];
  return [{ place: { file, span }, written: address, tls, isLoopback }];
}

interface Demand {
  readonly authentication: ProxyAuthentication;
  readonly stated: EdgeStatement;
}

const MODES: Readonly<Record<string, { readonly mode: ClientAuthentication; readonly verified: boolean }>> = {
  request: { mode: "optional", verified: false },
  require: { mode: "required", verified: false },
  verify_if_given: { mode: "optional", verified: true },
  require_and_verify: { mode: "required", verified: true },
};

const TRUSTED: ReadonlySet<string> = new Set(
  "trusted_ca_cert trusted_ca_cert_file trusted_leaf_cert trusted_leaf_cert_file trust_pool verifier".split(" "),
);

/** Without a mode, a CA decides whether certificates are verified (`caddyfile/directives/tls`, "client_auth"). */
function demandOf(body: Body, { file, snippets }: CaddyText): Demand | undefined {
  const tls = body.directives.filter(({ name }) => name.value === "tls").map(({ block }) => bodyOf(block, snippets));
  const clients = tls.flatMap(({ directives }) => directives).findLast(({ name }) => name.value === "client_auth");
  if (clients === undefined) return undefined;
  const inner = bodyOf(clients.block, snippets);
  const said = inner.directives.findLast(({ name }) => name.value === "mode");
  const value = said?.words[0];
  const hasAnchors = inner.directives.some(({ name }) => TRUSTED.has(name.value));
  if (!inner.isComplete && said === undefined) return undefined;
  const known = MODES[value?.value ?? (hasAnchors ? "require_and_verify" : "require")];
  if (known === undefined) return undefined;
  const written = value === undefined ? "client_auth" : `mode ${value.value}`;
  const place = { file, span: said === undefined ? clients.name.span : said.span };
  const isOwn = inner.directives.some(({ name }) => name.value === "verifier");
  const requires = value === undefined || !hasAnchors ? [] : [{ span: value.span, text: "require_and_verify" }];
  const gives = { kind: "client-authentication", mode: "required" } as const;
  const base = {
    ...place,
    role: "server",
    call: "caddy.client_auth",
    written,
    betterments: requires.length === 0 ? [] : [{ gives, title: "Require client certificates", edits: requires }],
  } as const;
  const accepts = { kind: "verifier", verifies: "client", judgement: "accepts-anything", name: written, installed: true } as const;
  return {
    authentication: { ...known, verified: known.verified || isOwn, written, place, requires },
    stated: { ...base, fact: known.verified || isOwn ? { kind: "client-authentication", mode: known.mode } : accepts },
  };
}
