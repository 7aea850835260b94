/**
 * Ingress objects as ingress-nginx reads them (kubernetes.github.io/ingress-nginx, "Annotations"): what it demands of clients, how it
 * connects to services, and the headers that it sets itself wherever it asks for certificates.
 */
import { span } from "../../base/span.ts";
import type { TextEdit } from "../../base/text-edit.ts";
import type { Place } from "../../tls/facts.ts";
import type { EdgeStatement, ForwardedHeader, ProxyAuthentication, ProxyServer, Route } from "../proxy.ts";
import { isTraefiksIngress } from "../traefik/objects.ts";
import { entries, get, items, placeOf, textOf, type YamlEntry, type YamlValue } from "../yaml/documents.ts";
import type { KubernetesObject } from "./objects.ts";

const PREFIX = "nginx.ingress.kubernetes.io/";

interface Annotations {
  readonly file: string;
  readonly text: string;
  readonly all: readonly YamlEntry[];
}

export function ingressProxies(objects: readonly KubernetesObject[], file: string, text: string): readonly ProxyServer[] {
  return objects
    .filter((it) => it.kind === "Ingress" && !isTraefiksIngress(it))
    .flatMap((it) => proxyOf(it, { file, text, all: entries(get(it.value, "metadata", "annotations")) }));
}

const annotation = ({ all }: Annotations, name: string): YamlValue | undefined => all.find(({ key }) => key === `${PREFIX}${name}`)?.value;
const textAt = (annotations: Annotations, name: string): string | undefined => textOf(annotation(annotations, name));
const placeAt = (annotations: Annotations, name: string): Place | undefined => {
  const entry = annotations.all.find(({ key }) => key === `${PREFIX}${name}`);
  const end = entry?.value === undefined ? undefined : placeOf(entry.value)?.end;
  return entry === undefined || end === undefined ? undefined : { file: annotations.file, span: span(entry.keySpan.start, end) };
};

function proxyOf({ value, name }: KubernetesObject, annotations: Annotations): readonly ProxyServer[] {
  const kind = get(value, "kind");
  const at = kind === undefined ? undefined : placeOf(kind);
  if (at === undefined) return [];
  const authentication = authenticationOf(annotations);
  const place = { file: annotations.file, span: at };
  const headers = authentication === undefined ? [] : ownHeaders(annotations, authentication.place);
  return [
    {
      product: `Ingress ${name}`,
      place,
      tls: authentication !== undefined || items(get(value, "spec", "tls")).length > 0,
      ...(authentication === undefined ? {} : { authentication }),
      statements: authentication === undefined ? switchedOff(annotations) : [],
      routes: backends(value).flatMap((it) => routeOf(it, annotations, headers)),
    },
  ];
}

/** `on` unless it is said; what else is written is `on`, too. */
function authenticationOf(annotations: Annotations): ProxyAuthentication | undefined {
  const secret = placeAt(annotations, "auth-tls-secret");
  const mode = textAt(annotations, "auth-tls-verify-client") ?? "on";
  if (secret === undefined || mode === "off") return undefined;
  const place = placeAt(annotations, "auth-tls-verify-client") ?? secret;
  return {
    mode: mode.startsWith("optional") ? "optional" : "required",
    verified: mode !== "optional_no_ca",
    written: `auth-tls-verify-client: ${mode}`,
    place,
    requires: replaced(annotation(annotations, "auth-tls-verify-client"), '"on"'),
  };
}

const replaced = (value: YamlValue | undefined, text: string): readonly TextEdit[] => {
  const at = value === undefined ? undefined : placeOf(value);
  return at === undefined ? [] : [{ span: at, text }];
};

/** A CA is there, and nobody is asked. */
function switchedOff(annotations: Annotations): readonly EdgeStatement[] {
  const secret = placeAt(annotations, "auth-tls-secret");
  const verify = placeAt(annotations, "auth-tls-verify-client");
  if (secret === undefined || verify === undefined) return [];
  const gives = { kind: "client-authentication", mode: "required" } as const;
  const edits = replaced(annotation(annotations, "auth-tls-verify-client"), '"on"');
  const base = { role: "server", call: "ingress.auth-tls" } as const;
  return [
    {
      ...base,
      ...verify,
      fact: { kind: "client-authentication", mode: "none" },
      written: "auth-tls-verify-client: off",
      betterments: [{ gives, title: "Require client certificates", edits }],
    },
    { ...base, ...secret, fact: { kind: "trust", anchors: "loaded" }, written: "auth-tls-secret" },
  ];
}

/** Set for every request; what becomes of a client's own `ssl-client-cert` where certificates are not passed on is nobody's word. */
function ownHeaders(annotations: Annotations, place: Place): readonly ForwardedHeader[] {
  const passes = textAt(annotations, "auth-tls-pass-certificate-to-upstream") === "true";
  return [
    { name: "ssl-client-verify", from: "verdict", place, removes: [] },
    { name: "ssl-client-subject-dn", from: "identity", place, removes: [] },
    { name: "ssl-client-issuer-dn", from: "identity", place, removes: [] },
    { name: "ssl-client-cert", from: passes ? "certificate" : "other", place, removes: [] },
  ];
}

const backends = (ingress: YamlValue): readonly YamlValue[] => [
  ...[get(ingress, "spec", "defaultBackend")].flatMap((it) => it ?? []),
  ...items(get(ingress, "spec", "rules")).flatMap((rule) => items(get(rule, "http", "paths")).flatMap((it) => get(it, "backend") ?? [])),
];

function routeOf(backend: YamlValue, annotations: Annotations, headers: readonly ForwardedHeader[]): readonly Route[] {
  const named = get(backend, "service", "name");
  const host = textOf(named)?.toLowerCase();
  const at = named === undefined ? undefined : placeOf(named);
  if (host === undefined || at === undefined) return [];
  const port = Number(textOf(get(backend, "service", "port", "number")));
  const isTls = ["HTTPS", "GRPCS"].includes(textAt(annotations, "backend-protocol") ?? "HTTP");
  return [
    {
      place: { file: annotations.file, span: at },
      written: host,
      transport: isTls ? "tls" : "plaintext",
      targets: [{ host, reach: "private", ...(Number.isInteger(port) ? { port } : {}) }],
      statements: isTls ? verification(annotations) : [],
      headers,
      hasOtherHeaders: annotations.all.some(({ key }) => key === `${PREFIX}configuration-snippet` || key === `${PREFIX}proxy-set-headers`),
    },
  ];
}

/** Off unless `proxy-ssl-verify` is `on`, which has no effect without a CA in `proxy-ssl-secret`. */
function verification(annotations: Annotations): readonly EdgeStatement[] {
  const isOn = textAt(annotations, "proxy-ssl-verify") === "on" && annotation(annotations, "proxy-ssl-secret") !== undefined;
  const place = placeAt(annotations, "proxy-ssl-verify") ?? placeAt(annotations, "backend-protocol");
  if (place === undefined) return [];
  const byDefault = annotation(annotations, "proxy-ssl-verify") === undefined;
  const written = byDefault ? "backend-protocol" : "proxy-ssl-verify";
  const fact = { kind: "server-verification", enabled: isOn, reach: "private" } as const;
  return [{ ...place, fact, role: "client", call: "ingress.proxy-ssl-verify", written, byDefault }];
}
