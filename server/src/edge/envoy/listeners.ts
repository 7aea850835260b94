/** Envoy's listeners: what each filter chain demands of clients, and the routes of its filters (envoy.config.listener.v3). */
import type { TextEdit } from "../../base/text-edit.ts";
import { listensOnLoopback } from "../authority.ts";
import type { EdgeStatement, ProxyAuthentication, ProxyListener, ProxyServer, Route } from "../proxy.ts";
import { entries, get, items, placeOf, textOf, type YamlValue } from "../yaml/documents.ts";
import { added, replaced } from "../yaml/edits.ts";
import { entryPlace } from "../yaml/places.ts";
import type { Cluster } from "./clusters.ts";
import { type EnvoyText, entry, field, fieldText, messagePlace, typeOf } from "./fields.ts";
import { changedHeaders, clearing, forwardedCertificate } from "./headers.ts";
import { parameters, revocation } from "./parameters.ts";
import { socketOf } from "./sockets.ts";
import { type Validation, validationOf } from "./validation.ts";

/** `clusters`: by name; what each says is said once, at the first route that leads there. */
export type Clusters = (name: string) => { readonly cluster: Cluster; readonly isFirst: boolean } | undefined;

export function listenerProxies(listener: YamlValue, text: EnvoyText, clusters: Clusters): readonly ProxyServer[] {
  const chains = [...items(field(listener, "filter_chains")), ...[field(listener, "default_filter_chain")].flatMap((it) => it ?? [])];
  return chains.flatMap((it) => proxyOf(it, text, clusters)).map((it) => ({ ...it, listeners: addressOf(listener, it.tls, text) }));
}

/** `address: { socket_address: … }`; a pipe is for programs of the machine. */
function addressOf(listener: YamlValue, tls: boolean, { file }: EnvoyText): readonly ProxyListener[] {
  const host = field(listener, "address", "socket_address", "address");
  const at = host === undefined ? undefined : placeOf(host);
  const port = fieldText(listener, "address", "socket_address", "port_value");
  const written = textOf(host);
  if (at === undefined || written === undefined) return [];
  const address = written.includes(":") ? `[${written}]` : written;
  return [
    {
      place: { file, span: at },
      written: port === undefined ? address : `${address}:${port}`,
      tls,
      isLoopback: listensOnLoopback(address),
    },
  ];
}

function proxyOf(chain: YamlValue, text: EnvoyText, clusters: Clusters): readonly ProxyServer[] {
  const { transport, context } = socketOf(chain);
  const place = context === undefined ? placeIn(chain, text) : messagePlace(text.file, context);
  if (place === undefined) return [];
  const demand = context === undefined ? undefined : demandOf(context, text);
  const authentication = demand?.authentication;
  const routes = items(field(chain, "filters")).flatMap((it) => routesOf(it, authentication, text, clusters));
  return [
    {
      product: "Envoy",
      place,
      tls: transport === "tls",
      ...(authentication === undefined ? {} : { authentication }),
      statements: context === undefined || demand === undefined ? [] : statementsOf(context, demand, chain, text),
      routes,
    },
  ];
}

const placeIn = (chain: YamlValue, { file }: EnvoyText) => {
  const [first] = entries(chain);
  return first === undefined ? undefined : { file, span: first.keySpan };
};

interface Demand {
  readonly validation: Validation;
  readonly isRequired: boolean;
  readonly authentication?: ProxyAuthentication;
}

const OWN_ANCHORS = "/etc/envoy/clients-ca.pem";

/** A certificate is asked for where there is a CA or a pin to verify it with, and demanded where that is said, or by the pin. */
function demandOf(tls: YamlValue, text: EnvoyText): Demand {
  const validation = validationOf(tls, text);
  const said = entry(tls, "require_client_certificate");
  const isRequired = textOf(said?.value) === "true";
  const place = entryPlace(text.file, said) ?? messagePlace(text.file, tls);
  const asks = validation.anchors !== undefined || validation.pins || (validation.isUnknown && isRequired);
  if (!asks || place === undefined) return { validation, isRequired };
  return {
    validation,
    isRequired,
    authentication: {
      mode: isRequired || validation.pins ? "required" : "optional",
      verified: validation.acceptsUntrusted === undefined,
      written: said === undefined ? "DownstreamTlsContext" : `${said.key}: ${textOf(said.value)}`,
      place,
      requires: [...required(tls, text), ...replaced(validation.acceptsUntrusted, "VERIFY_TRUST_CHAIN")],
    },
  };
}

const required = (tls: YamlValue, { text }: EnvoyText) => {
  const said = field(tls, "require_client_certificate");
  if (textOf(said) === "true") return [];
  return said === undefined ? added(text, tls, { require_client_certificate: true }, "@type") : replaced(said, "true");
};

function statementsOf(tls: YamlValue, demand: Demand, chain: YamlValue, text: EnvoyText): readonly EdgeStatement[] {
  const { validation, authentication, isRequired } = demand;
  const place = entryPlace(text.file, entry(tls, "require_client_certificate")) ?? messagePlace(text.file, tls);
  if (place === undefined) return [];
  const base = { role: "server", call: "envoy.DownstreamTlsContext", ...place } as const;
  const gives = { kind: "client-authentication", mode: "required" } as const;
  const others = [...parameters(tls, "server", text), ...revocation(validation, text)];
  if (authentication === undefined) {
    if (validation.isUnknown) return others;
    const written = isRequired ? "require_client_certificate" : "DownstreamTlsContext";
    const edits = isRequired ? trusting(tls, text) : [];
    const betterments = [{ gives, title: `Verify clients against \`${OWN_ANCHORS}\``, edits }];
    return isRequired
      ? [...others, { ...base, written, fact: { kind: "client-authentication", mode: "ignored", needs: "`trusted_ca`" }, betterments }]
      : [...others, { ...base, written, fact: { kind: "client-authentication", mode: "none" }, byDefault: true }];
  }
  const { mode, written, requires, verified } = authentication;
  const isDecided = mode === "optional" && asksLater(chain);
  const fact = { kind: "client-authentication", mode: isDecided ? "required" : mode } as const;
  const betterments = [{ gives, title: "Require client certificates", edits: requires }];
  return [...others, { ...base, written, fact, betterments }, ...(verified ? [] : accepting(validation, requires, text))];
}

/** Any certificate will do. */
function accepting(
  { context, acceptsUntrusted }: Validation,
  requires: readonly TextEdit[],
  { file }: EnvoyText,
): readonly EdgeStatement[] {
  const place = entryPlace(file, entry(context, "trust_chain_verification"));
  if (place === undefined || acceptsUntrusted === undefined) return [];
  const name = "ACCEPT_UNTRUSTED";
  const gives = { kind: "client-authentication", mode: "required" } as const;
  return [
    {
      ...place,
      role: "server",
      call: "envoy.trust_chain_verification",
      written: name,
      fact: { kind: "verifier", verifies: "client", judgement: "accepts-anything", name, installed: true },
      betterments: [{ gives, title: "Require certificates of a trusted CA", edits: requires }],
    },
  ];
}

function trusting(tls: YamlValue, { text }: EnvoyText) {
  const wanted = { trusted_ca: { filename: OWN_ANCHORS } };
  const common = field(tls, "common_tls_context");
  const known = field(common, "validation_context");
  if (known !== undefined) return added(text, known, wanted);
  return common === undefined
    ? added(text, tls, { common_tls_context: { validation_context: wanted } }, "@type")
    : added(text, common, { validation_context: wanted });
}

/** Filters that let certificates decide (RBAC), in the network or over HTTP. */
const asksLater = (chain: YamlValue): boolean =>
  items(field(chain, "filters")).some((it) => isAsking(it) || items(field(it, "typed_config", "http_filters")).some(isAsking));
const isAsking = (filter: YamlValue): boolean => typeOf(field(filter, "typed_config")) === "RBAC";

/** Filters that leave headers about clients as they are; another may set or remove them. */
const PLAIN: ReadonlySet<string> = new Set(
  "Router RBAC Cors HealthCheck GrpcWeb Compressor Decompressor Buffer HTTPFault RateLimit LocalRateLimit Csrf GrpcStats Tap".split(" "),
);

function routesOf(
  filter: YamlValue,
  authentication: ProxyAuthentication | undefined,
  text: EnvoyText,
  clusters: Clusters,
): readonly Route[] {
  const config = field(filter, "typed_config") ?? field(filter, "config");
  if (config === undefined) return [];
  const type = typeOf(config);
  if (type === "TcpProxy") return named(config).flatMap((it) => routeOf(it, text, clusters, { headers: [], hasOtherHeaders: true }));
  if (type !== "HttpConnectionManager") return [];
  const isPlain = items(field(config, "http_filters")).every((it) => PLAIN.has(typeOf(field(it, "typed_config")) ?? "Router"));
  const forwarded = forwardedCertificate(config, text, authentication);
  const table = field(config, "route_config");
  return items(field(table, "virtual_hosts")).flatMap((host) =>
    items(field(host, "routes")).flatMap((route) => {
      // In a tunnel the client speaks as it likes.
      if (field(route, "match", "connect_matcher") !== undefined) return [];
      const headers = [
        ...[route, host, table].flatMap((it) => (it === undefined ? [] : changedHeaders(it, text, authentication))),
        ...forwarded,
      ];
      const clears = (header: string) => clearing(route, config, header, text);
      const told = { headers, hasOtherHeaders: !isPlain, clears, ...scopeOf(route) };
      return named(field(route, "route")).flatMap((it) => routeOf(it, text, clusters, told));
    }),
  );
}

/** What a route compares the path with. */
function scopeOf(route: YamlValue): Pick<Route, "scope"> {
  const said = ["prefix", "path", "path_separated_prefix"].map((it) => fieldText(route, "match", it)).find((it) => it !== undefined);
  return said === undefined ? {} : { scope: said };
}

/** The clusters of an action, of weighted ones among them. */
const named = (action: YamlValue | undefined): readonly YamlValue[] => [
  ...[get(action, "cluster")].flatMap((it) => it ?? []),
  ...items(field(action, "weighted_clusters", "clusters")).flatMap((it) => get(it, "name") ?? []),
];

function routeOf(
  cluster: YamlValue,
  { file }: EnvoyText,
  clusters: Clusters,
  told: Pick<Route, "headers" | "hasOtherHeaders" | "clears" | "scope">,
): readonly Route[] {
  const name = textOf(cluster);
  const at = placeOf(cluster);
  const known = clusters(name ?? "");
  if (name === undefined || at === undefined || known === undefined) return [];
  const { transport, targets, statements } = known.cluster;
  return [
    { place: { file, span: at }, written: `cluster: ${name}`, transport, targets, statements: known.isFirst ? statements : [], ...told },
  ];
}
