/**
 * Ingress objects as their controllers read them (kubernetes.github.io/ingress-nginx, "Annotations", and `controllers.ts`): what these demand
 * of clients, how they connect to services, and the headers that they set themselves wherever they ask for certificates.
 */
import { span } from "../../base/span.ts";
import type { TextEdit } from "../../base/text-edit.ts";
import type { Place } from "../../tls/facts.ts";
import type { EdgeStatement, ForwardedHeader, ProxyAuthentication, ProxyServer, Route } from "../proxy.ts";
import { isTraefiksIngress } from "../traefik/objects.ts";
import { entries, get, items, placeOf, textOf, type YamlEntry, type YamlValue } from "../yaml/documents.ts";
import { CONTROLLERS, type Controller, INGRESS_NGINX } from "./controllers.ts";
import type { KubernetesObject } from "./objects.ts";

interface Annotations {
  readonly file: string;
  readonly text: string;
  readonly all: readonly YamlEntry[];
  readonly controller: Controller;
}

export function ingressProxies(objects: readonly KubernetesObject[], file: string, text: string): readonly ProxyServer[] {
  return objects
    .filter((it) => it.kind === "Ingress" && !isTraefiksIngress(it))
    .flatMap((it) => {
      const all = entries(get(it.value, "metadata", "annotations"));
      const controller = CONTROLLERS.find(({ prefix }) => all.some(({ key }) => key.startsWith(prefix))) ?? INGRESS_NGINX;
      return proxyOf(it, { file, text, all, controller });
    });
}

const entryAt = ({ all, controller: { prefix } }: Annotations, name: string): YamlEntry | undefined =>
  all.find(({ key }) => key === `${prefix}${name}`);
const annotation = (annotations: Annotations, name: string): YamlValue | undefined => entryAt(annotations, name)?.value;
const textAt = (annotations: Annotations, name: string): string | undefined => textOf(annotation(annotations, name));
const placeAt = (annotations: Annotations, name: string): Place | undefined => {
  const entry = entryAt(annotations, name);
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

/** Set for every request; what becomes of a client's own copy of a certificate that is not passed on is nobody's word. */
function ownHeaders(annotations: Annotations, place: Place): readonly ForwardedHeader[] {
  const { headers, certificate } = annotations.controller;
  const set = headers.map(([name, from]): ForwardedHeader => ({ name, from, place, removes: [] }));
  if (certificate === undefined) return set;
  const passes = textAt(annotations, certificate.passedBy) === "true";
  return [...set, { name: certificate.header, from: passes ? "certificate" : "other", place, removes: [] }];
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
  const { tls, snippets } = annotations.controller;
  const isTls = tls.some(([key, values]) => values.includes(textAt(annotations, key)?.toLowerCase() ?? ""));
  return [
    {
      place: { file: annotations.file, span: at },
      written: host,
      transport: isTls ? "tls" : "plaintext",
      targets: [{ host, reach: "private", ...(Number.isInteger(port) ? { port } : {}) }],
      statements: isTls ? verification(annotations) : [],
      headers,
      hasOtherHeaders: snippets.some((it) => annotation(annotations, it) !== undefined),
    },
  ];
}

/** Off unless it is asked for, which has no effect without a CA in a secret. */
function verification(annotations: Annotations): readonly EdgeStatement[] {
  const { tls, verifiedBy, namedBy } = annotations.controller;
  const isOn = verifiedBy.every(([key, value]) =>
    value === undefined ? annotation(annotations, key) !== undefined : textAt(annotations, key) === value,
  );
  const said = verifiedBy
    .flatMap(([key, value]) => (value === undefined ? [] : [key]))
    .find((it) => annotation(annotations, it) !== undefined);
  const asked = tls.map(([key]) => key).find((it) => annotation(annotations, it) !== undefined);
  const written = said ?? asked;
  const place = written === undefined ? undefined : placeAt(annotations, written);
  if (written === undefined || place === undefined) return [];
  const base = { ...place, role: "client", call: "ingress.proxy-ssl-verify", written, byDefault: said === undefined } as const;
  const fact = { kind: "server-verification", enabled: isOn, reach: "private" } as const;
  const isNamed = !isOn || namedBy === undefined || annotation(annotations, namedBy) !== undefined;
  const unnamed = { ...base, fact: { kind: "hostname-verification", enabled: false, reach: "private" } } as const;
  return [{ ...base, fact }, ...(isNamed ? [] : [unnamed])];
}
