/**
 * Traefik's objects of Kubernetes: `IngressRoute` and `IngressRouteTCP` are routers, `Middleware` and `TLSOption` what they use by name, and
 * an `Ingress` is one by its annotations (doc.traefik.io, "Kubernetes CRD", "Kubernetes Ingress").
 */
import type { KubernetesObject } from "../kubernetes/objects.ts";
import { entries, get, items, placeOf, textOf, type YamlValue } from "../yaml/documents.ts";
import type { Middleware } from "./headers.ts";
import type { Router } from "./labels.ts";
import type { Destination } from "./targets.ts";

export interface FiledObject extends KubernetesObject {
  readonly file: string;
  readonly text: string;
}

export const isTraefiks = ({ value }: KubernetesObject): boolean => textOf(get(value, "apiVersion"))?.startsWith("traefik.") === true;

/** By its own name, and by the one under which others know it: `namespace-name`. */
export const namesOf = ({ name, namespace }: KubernetesObject): readonly string[] => [name, `${namespace}-${name}`];

export const objectMiddlewares = (objects: readonly FiledObject[]): readonly (readonly [string, Middleware])[] =>
  objects
    .filter((it) => it.kind === "Middleware" && isTraefiks(it))
    .flatMap((it) => {
      const value = get(it.value, "spec");
      return value === undefined ? [] : namesOf(it).map((name) => [name, { file: it.file, value }] as const);
    });

export const objectRouters = (objects: readonly FiledObject[]): readonly Router[] =>
  objects.flatMap((it) => {
    if (it.kind === "Ingress") return ingressRouters(it);
    return isTraefiks(it) && (it.kind === "IngressRoute" || it.kind === "IngressRouteTCP") ? routersOf(it) : [];
  });

/** TLS that passes through is the service's own. */
function routersOf({ value, file, name }: FiledObject): readonly Router[] {
  const spec = get(value, "spec");
  const tls = entries(spec).find(({ key }) => key === "tls");
  if (textOf(get(tls?.value, "passthrough")) === "true") return [];
  const options = textOf(get(tls?.value, "options", "name")) ?? "default";
  return items(get(spec, "routes")).flatMap((route) =>
    items(get(route, "services")).flatMap((service): readonly Router[] => {
      const at = placeOf(service);
      const named = get(service, "name");
      const span = named === undefined ? at : placeOf(named);
      const destination = destinationOf(service);
      if (span === undefined || destination === undefined) return [];
      return [
        {
          file,
          span,
          name,
          ...(tls === undefined ? {} : { options }),
          middlewares: items(get(route, "middlewares")).flatMap((it) => textOf(get(it, "name")) ?? []),
          destinations: [destination],
          serviceSpan: span,
        },
      ];
    }),
  );
}

/** `scheme: https`, or port 443 without one, is TLS (`pkg/provider/kubernetes/crd/kubernetes_http.go`, `parseServiceProtocol`). */
function destinationOf(service: YamlValue): Destination | undefined {
  const host = textOf(get(service, "name"))?.toLowerCase();
  if (host === undefined || textOf(get(service, "kind")) === "TraefikService") return undefined;
  const port = Number(textOf(get(service, "port")));
  const scheme = textOf(get(service, "scheme")) ?? (port === 443 ? "https" : "http");
  const isTls = scheme === "https" || textOf(get(service, "tls")) === "true";
  return { isTls, target: { host, reach: "private", ...(Number.isInteger(port) ? { port } : {}) } };
}

const PREFIX = "traefik.ingress.kubernetes.io/";

/** An Ingress that Traefik is told of by its annotations; others may be anybody's. */
export const isTraefiksIngress = ({ value }: KubernetesObject): boolean =>
  entries(get(value, "metadata", "annotations")).some(({ key }) => key.startsWith(PREFIX));

function ingressRouters(object: FiledObject): readonly Router[] {
  if (!isTraefiksIngress(object)) return [];
  const { value, file, name } = object;
  const of = (key: string): string | undefined => textOf(get(value, "metadata", "annotations", `${PREFIX}${key}`));
  const isTls = of("router.tls") === "true" || of("router.tls.options") !== undefined || items(get(value, "spec", "tls")).length > 0;
  const middlewares = (of("router.middlewares") ?? "").split(",").flatMap((it) => (it.trim() === "" ? [] : [bare(it.trim())]));
  const paths = items(get(value, "spec", "rules")).flatMap((rule) => items(get(rule, "http", "paths")));
  return [...paths.map((it) => get(it, "backend", "service")), get(value, "spec", "defaultBackend", "service")].flatMap(
    (service): readonly Router[] => {
      const named = get(service, "name");
      const span = named === undefined ? undefined : placeOf(named);
      const host = textOf(named)?.toLowerCase();
      if (span === undefined || host === undefined) return [];
      const port = Number(textOf(get(service, "port", "number")));
      const target = { host, reach: "private", ...(Number.isInteger(port) ? { port } : {}) } as const;
      return [
        {
          file,
          span,
          name,
          ...(isTls ? { options: bare(of("router.tls.options") ?? "default") } : {}),
          middlewares,
          // Whether the Service is told to be asked by TLS stands at the Service.
          destinations: [{ isTls: port === 443, target }],
          serviceSpan: span,
        },
      ];
    },
  );
}

/** `default-clients@kubernetescrd` without the provider. */
const bare = (name: string): string => name.split("@")[0] ?? name;
