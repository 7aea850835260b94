/** Envoy's clusters: where they lead, and how they verify who answers there (envoy.config.cluster.v3). */
import type { Place, Reach } from "../../tls/facts.ts";
import { reachOfHost, widest } from "../../tls/hosts.ts";
import type { EdgeStatement, Target } from "../proxy.ts";
import { get, items, placeOf, textOf, type YamlValue } from "../yaml/documents.ts";
import { added, type Fields, replaced, type Tree } from "../yaml/edits.ts";
import { entryPlace } from "../yaml/places.ts";
import { type EnvoyText, entry, field, fieldText, messagePlace } from "./fields.ts";
import { parameters } from "./parameters.ts";
import { type Socket, socketOf } from "./sockets.ts";
import { validationOf } from "./validation.ts";

export interface Cluster {
  readonly name: string;
  readonly value: YamlValue;
  readonly transport: "plaintext" | "tls";
  readonly targets: readonly Target[];
  readonly statements: readonly EdgeStatement[];
}

export function clusterOf(value: YamlValue, text: EnvoyText): Cluster {
  const targets = targetsOf(value, text.file);
  const sockets = [socketOf(value), ...items(field(value, "transport_socket_matches")).map((it) => socketOf(it))];
  const isTls = sockets.some((it) => it.transport === "tls");
  return {
    name: fieldText(value, "name") ?? "",
    value,
    transport: isTls ? "tls" : "plaintext",
    targets,
    statements: sockets.flatMap((it) => verification(it, value, targets, text)),
  };
}

/** A host that the client names in its request is any there is (`envoy.clusters.dynamic_forward_proxy`). */
const isForwardProxy = (cluster: YamlValue): boolean =>
  textOf(get(field(cluster, "cluster_type", "typed_config"), "@type"))?.includes(".dynamic_forward_proxy.") === true;

const placed = (place: Place | undefined): Pick<Target, "place"> => (place === undefined ? {} : { place });

const targetsOf = (cluster: YamlValue, file: string): readonly Target[] => [
  ...(isForwardProxy(cluster) ? [{ host: "", reach: "public", ...placed(messagePlace(file, cluster)) } as const] : []),
  ...items(field(cluster, "load_assignment", "endpoints")).flatMap((it) =>
    items(field(it, "lb_endpoints")).map((one) => targetOf(field(one, "endpoint", "address"), file)),
  ),
  ...items(get(cluster, "hosts")).map((it) => targetOf(it, file)),
];

function targetOf(address: YamlValue | undefined, file: string): Target {
  if (field(address, "pipe") !== undefined || field(address, "envoy_internal_address") !== undefined)
    return { host: "", reach: "loopback" };
  const host = fieldText(address, "socket_address", "address")?.toLowerCase();
  const port = Number(fieldText(address, "socket_address", "port_value") ?? Number.NaN);
  const written = field(address, "socket_address", "address");
  const at = written === undefined ? undefined : placeOf(written);
  if (host === undefined || at === undefined) return { host: "", reach: "unknown" };
  return { host, reach: reachOfHost(host), place: { file, span: at }, ...(Number.isInteger(port) ? { port } : {}) };
}

/** Where a user may put the CA of the network's own. */
const OWN_ANCHORS = "/etc/envoy/upstream-ca.pem";
const SYSTEM_ANCHORS = "/etc/ssl/certs/ca-certificates.crt";

function verification({ context: tls }: Socket, cluster: YamlValue, targets: readonly Target[], text: EnvoyText): readonly EdgeStatement[] {
  if (tls === undefined) return [];
  const { file } = text;
  const validation = validationOf(tls, text);
  const reach = widest(targets.map((it) => it.reach));
  const place = messagePlace(file, tls);
  const own = parameters(tls, "client", text);
  if (validation.isUnknown || validation.pins || place === undefined) return own;
  const base = { role: "client", call: "envoy.UpstreamTlsContext", written: "UpstreamTlsContext" } as const;
  const isNamed = validation.comparesNames || comparesOf(cluster);
  const name = isNamed ? undefined : nameOf(tls, targets);
  if (validation.acceptsUntrusted !== undefined) {
    const switched = entryPlace(file, entry(validation.context, "trust_chain_verification")) ?? place;
    const gives = { kind: "server-verification", enabled: true } as const;
    const edits = replaced(validation.acceptsUntrusted, "VERIFY_TRUST_CHAIN");
    const betterments = [{ gives, title: "Verify the upstream's certificate", edits }];
    const fact = { kind: "server-verification", enabled: false, reach } as const;
    return [...own, { ...base, ...switched, fact, written: "ACCEPT_UNTRUSTED", betterments }];
  }
  if (validation.anchors === undefined) return [...own, { ...base, ...place, ...unverified(tls, reach, name, text), byDefault: true }];
  if (isNamed) return own;
  const edits = name === undefined || validation.context === undefined ? [] : added(text.text, validation.context, namesOf(name));
  const gives = { kind: "hostname-verification", enabled: true } as const;
  const betterments = name === undefined || edits.length === 0 ? [] : [{ gives, title: `Verify the hostname \`${name}\``, edits }];
  return [...own, { ...base, ...place, fact: { kind: "hostname-verification", enabled: false, reach }, byDefault: true, betterments }];
}

function unverified(
  tls: YamlValue,
  reach: Reach,
  name: string | undefined,
  { text }: EnvoyText,
): Pick<EdgeStatement, "fact" | "betterments"> {
  const ca = reach === "public" ? SYSTEM_ANCHORS : OWN_ANCHORS;
  const wanted: Fields = { trusted_ca: { filename: ca }, ...(name === undefined ? {} : namesOf(name)) };
  const common = field(tls, "common_tls_context");
  const known = field(common, "validation_context");
  const edits =
    known !== undefined
      ? added(text, known, wanted)
      : common !== undefined
        ? added(text, common, { validation_context: wanted })
        : added(text, tls, { common_tls_context: { validation_context: wanted } }, "@type");
  const betterments = [
    { gives: { kind: "server-verification", enabled: true } as const, title: `Verify the upstream's certificate against \`${ca}\``, edits },
  ];
  return { fact: { kind: "server-verification", enabled: false, reach }, betterments: edits.length === 0 ? [] : betterments };
}

/** The HTTP options of a cluster compare the name that each request is for. */
const comparesOf = (cluster: YamlValue): boolean =>
  fieldText(
    get(field(cluster, "typed_extension_protocol_options"), "envoy.extensions.upstreams.http.v3.HttpProtocolOptions"),
    "upstream_http_protocol_options",
    "auto_san_validation",
  ) === "true";

const nameOf = (tls: YamlValue, targets: readonly Target[]): string | undefined => {
  const name = textOf(field(tls, "sni")) ?? targets[0]?.host;
  return name === "" ? undefined : name;
};

const namesOf = (name: string): Fields => ({
  match_typed_subject_alt_names: [{ san_type: isAddress(name) ? "IP_ADDRESS" : "DNS", matcher: { exact: name } }] satisfies Tree,
});

const isAddress = (host: string): boolean => host.includes(":") || host.split(".").every((it) => Number.isInteger(Number(it)));
