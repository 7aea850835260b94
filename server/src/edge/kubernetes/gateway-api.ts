/**
 * Gateway API: listeners that verify clients, and the routes and services behind them (gateway-api.sigs.k8s.io, "TLS Configuration"). How a
 * gateway verifies clients was said by each listener up to release 1.3 (`frontendValidation`), and is said by the gateway from 1.4 on.
 */
import type { ProxyAuthentication, ProxyServer, Route, Target } from "../proxy.ts";
import { get, items, placeOf, textOf, type YamlValue } from "../yaml/documents.ts";
import { replaced } from "../yaml/edits.ts";
import { entryOf, entryPlace } from "../yaml/places.ts";
import type { KubernetesObject } from "./objects.ts";

/** An object, and the file that has it. */
export interface FiledObject extends KubernetesObject {
  readonly file: string;
}

const ROUTES: ReadonlySet<string> = new Set(["HTTPRoute", "GRPCRoute", "TCPRoute"]);

export function gatewayApiProxies(objects: readonly FiledObject[]): readonly ProxyServer[] {
  const own = objects.filter(({ value }) => textOf(get(value, "apiVersion"))?.startsWith("gateway.networking.k8s.io/"));
  const routes = own.filter(({ kind }) => ROUTES.has(kind));
  const policies = own.filter(({ kind }) => kind === "BackendTLSPolicy");
  return own
    .filter(({ kind }) => kind === "Gateway")
    .flatMap((it) =>
      validationsOf(it.value).flatMap((one) =>
        proxyOf(
          it,
          one,
          routes.filter((route) => leadsTo(route, it)),
          policies,
        ),
      ),
    );
}

/** What a listener of TLS says of clients, each with the listeners' name where it is of one. */
const validationsOf = (gateway: YamlValue): readonly YamlValue[] => [
  ...items(get(gateway, "spec", "listeners")).flatMap((it) => get(it, "tls", "frontendValidation") ?? []),
  ...[get(gateway, "spec", "tls", "frontend", "default", "validation")].flatMap((it) => it ?? []),
  ...items(get(gateway, "spec", "tls", "frontend", "perPort")).flatMap((it) => get(it, "tls", "validation") ?? []),
];

const leadsTo = (route: FiledObject, gateway: FiledObject): boolean =>
  items(get(route.value, "spec", "parentRefs")).some(
    (it) => textOf(get(it, "name")) === gateway.name && (textOf(get(it, "namespace")) ?? route.namespace) === gateway.namespace,
  );

function proxyOf(
  { file, name }: FiledObject,
  validation: YamlValue,
  routes: readonly FiledObject[],
  policies: readonly FiledObject[],
): readonly ProxyServer[] {
  const refs = entryOf(validation, "caCertificateRefs");
  const mode = entryOf(validation, "mode");
  if (refs === undefined) return [];
  const falls = textOf(mode?.value) === "AllowInsecureFallback";
  const place = entryPlace(file, falls && mode !== undefined ? mode : refs);
  const requires = falls ? replaced(mode?.value, "AllowValidOnly") : [];
  const authentication: ProxyAuthentication = {
    mode: falls ? "optional" : "required",
    verified: !falls,
    written: falls ? "AllowInsecureFallback" : refs.key,
    place,
    requires,
  };
  const gives = { kind: "client-authentication", mode: "required" } as const;
  const betterments = [{ gives, title: "Require client certificates", edits: requires }];
  const accepts = {
    kind: "verifier",
    verifies: "client",
    judgement: "accepts-anything",
    name: authentication.written,
    installed: true,
  } as const;
  const fact = falls ? accepts : ({ kind: "client-authentication", mode: "required" } as const);
  return [
    {
      product: `Gateway ${name}`,
      place,
      tls: true,
      authentication,
      statements: [{ ...place, fact, role: "server", call: "gateway.validation", written: authentication.written, betterments }],
      routes: routes.flatMap((it) => backends(it, policies)),
    },
  ];
}

/** Services are reached in plaintext unless a policy says how to verify them. */
function backends({ file, namespace, value }: FiledObject, policies: readonly FiledObject[]): readonly Route[] {
  const refs = items(get(value, "spec", "rules")).flatMap((it) => items(get(it, "backendRefs")));
  return refs.flatMap((ref): readonly Route[] => {
    const named = get(ref, "name");
    const at = named === undefined ? undefined : placeOf(named);
    const host = textOf(named)?.toLowerCase();
    if (at === undefined || host === undefined || (textOf(get(ref, "kind")) ?? "Service") !== "Service") return [];
    const port = Number(textOf(get(ref, "port")) ?? Number.NaN);
    const target: Target = { host, reach: "private", ...(Number.isInteger(port) ? { port } : {}) };
    const isTls = policies.some(
      (it) =>
        it.namespace === namespace &&
        items(get(it.value, "spec", "targetRefs")).some((one) => textOf(get(one, "name"))?.toLowerCase() === host),
    );
    return [
      {
        place: { file, span: at },
        written: host,
        transport: isTls ? "tls" : "plaintext",
        targets: [target],
        statements: [],
        headers: [],
        // What a gateway tells of clients is each product's own.
        hasOtherHeaders: true,
      },
    ];
  });
}
