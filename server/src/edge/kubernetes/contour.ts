/** Contour's HTTPProxy: what it demands of clients, and how it connects to services (projectcontour.io, "Client Certificate Validation", "Upstream TLS"). */
import type { TextEdit } from "../../base/text-edit.ts";
import type { EdgeStatement, ForwardedHeader, ProxyAuthentication, ProxyServer, Route } from "../proxy.ts";
import { entries, get, items, placeOf, textOf, type YamlEntry, type YamlValue } from "../yaml/documents.ts";
import { replaced } from "../yaml/edits.ts";
import { entryOf, entryPlace } from "../yaml/places.ts";
import type { KubernetesObject } from "./objects.ts";

export const contourProxies = (objects: readonly KubernetesObject[], file: string): readonly ProxyServer[] =>
  objects
    .filter(({ kind, value }) => kind === "HTTPProxy" && textOf(get(value, "apiVersion"))?.startsWith("projectcontour.io/") === true)
    .flatMap((it) => proxyOf(it, file));

function proxyOf({ value }: KubernetesObject, file: string): readonly ProxyServer[] {
  const kind = get(value, "kind");
  const at = kind === undefined ? undefined : placeOf(kind);
  if (at === undefined) return [];
  const place = { file, span: at };
  const tls = get(value, "spec", "virtualhost", "tls");
  const clients = entryOf(tls, "clientValidation");
  const authentication = clients === undefined ? undefined : authenticationOf(clients.value, entryPlace(file, clients), file);
  const headers = forwarded(clients?.value, file, place);
  const routes = items(get(value, "spec", "routes")).flatMap((it) =>
    items(get(it, "services")).flatMap((one) => routeOf(one, file, headers)),
  );
  return [
    {
      product: "Contour",
      place,
      tls: tls !== undefined,
      ...(authentication === undefined ? {} : { authentication }),
      statements: authentication === undefined ? [] : [demanded(authentication)],
      routes,
    },
  ];
}

function authenticationOf(clients: YamlValue | undefined, whole: ProxyAuthentication["place"], file: string): ProxyAuthentication {
  const switched = (name: string) => entries(clients).find((it) => it.key === name && textOf(it.value) === "true");
  const optional = switched("optionalClientCertificate");
  const skipped = switched("skipClientCertValidation");
  const said = skipped ?? optional;
  const requires: readonly TextEdit[] = [optional, skipped].flatMap((it) => replaced(it?.value, "false"));
  return {
    mode: optional === undefined ? "required" : "optional",
    verified: skipped === undefined,
    written: said?.key ?? "clientValidation",
    place: entryPlace(file, said) ?? whole,
    requires,
  };
}

function demanded({ mode, verified, written, place, requires }: ProxyAuthentication): EdgeStatement {
  const base = { ...place, role: "server", call: "contour.clientValidation", written } as const;
  const gives = { kind: "client-authentication", mode: "required" } as const;
  const betterments = [{ gives, title: "Require client certificates", edits: requires }];
  if (verified) return { ...base, fact: { kind: "client-authentication", mode }, betterments };
  const fact = { kind: "verifier", verifies: "client", judgement: "accepts-anything", name: written, installed: true } as const;
  return { ...base, fact, betterments };
}

/** `x-forwarded-client-cert` is removed unless it is to be set. */
function forwarded(clients: YamlValue | undefined, file: string, whole: ForwardedHeader["place"]): readonly ForwardedHeader[] {
  const details = entryOf(clients, "forwardClientCertificate");
  const name = "x-forwarded-client-cert";
  if (details === undefined) return [{ name, from: "nothing", place: whole, removes: [] }];
  const isWhole = ["cert", "chain"].some((it) => textOf(get(details.value, it)) === "true");
  return [{ name, from: isWhole ? "certificate" : "identity", place: entryPlace(file, details), removes: [] }];
}

function routeOf(service: YamlValue, file: string, headers: readonly ForwardedHeader[]): readonly Route[] {
  const named = get(service, "name");
  const at = named === undefined ? undefined : placeOf(named);
  const host = textOf(named)?.toLowerCase();
  if (at === undefined || host === undefined) return [];
  const port = Number(textOf(get(service, "port")) ?? Number.NaN);
  const protocol = entryOf(service, "protocol");
  const isTls = ["tls", "h2"].includes(textOf(protocol?.value) ?? "");
  const isVerified = get(service, "validation", "caSecret") !== undefined;
  return [
    {
      place: { file, span: at },
      written: host,
      transport: isTls ? "tls" : "plaintext",
      targets: [{ host, reach: "private", ...(Number.isInteger(port) ? { port } : {}) }],
      statements: isTls && !isVerified && protocol !== undefined ? [unverified(protocol, file)] : [],
      headers,
      hasOtherHeaders: entries(get(service, "requestHeadersPolicy")).length > 0,
    },
  ];
}

const unverified = (protocol: YamlEntry, file: string): EdgeStatement => ({
  ...entryPlace(file, protocol),
  fact: { kind: "server-verification", enabled: false, reach: "private" },
  role: "client",
  call: "contour.protocol",
  written: `protocol: ${textOf(protocol.value)}`,
  byDefault: true,
});
