/**
 * Objects by which programs of the cluster itself connect to services, with verification turned off: the API server to the servers of
 * aggregated APIs (`APIService`), Prometheus to what it scrapes (the operator's monitors; prometheus-operator.dev, "API reference").
 */
import { reachOfHost } from "../../tls/hosts.ts";
import type { ProxyServer } from "../proxy.ts";
import { get, items, textOf, type YamlEntry, type YamlValue } from "../yaml/documents.ts";
import { replaced } from "../yaml/edits.ts";
import { entryOf, entryPlace } from "../yaml/places.ts";
import type { KubernetesObject } from "./objects.ts";

export const clusterClients = (objects: readonly KubernetesObject[], file: string): readonly ProxyServer[] =>
  objects.flatMap((it) => clientsOf(it).flatMap((one) => clientOf(one, file)));

interface Client {
  readonly product: string;
  /** Of the service, as others in the cluster call it; empty where labels choose it. */
  readonly host: string;
  readonly skips: YamlEntry | undefined;
}

function clientsOf({ kind, value }: KubernetesObject): readonly Client[] {
  const spec = get(value, "spec");
  const group = textOf(get(value, "apiVersion"))?.split("/")[0];
  if (group === "apiregistration.k8s.io" && kind === "APIService")
    return [{ product: "Kubernetes", host: serviceName(get(spec, "service")), skips: entryOf(spec, "insecureSkipTLSVerify") }];
  if (group !== "monitoring.coreos.com") return [];
  return scraped(kind, spec).map((it) => ({ product: "Prometheus", host: "", skips: entryOf(get(it, "tlsConfig"), "insecureSkipVerify") }));
}

const serviceName = (service: YamlValue | undefined): string =>
  [textOf(get(service, "name")), textOf(get(service, "namespace")), "svc"].filter((it) => it !== undefined).join(".");

function scraped(kind: string, spec: YamlValue | undefined): readonly (YamlValue | undefined)[] {
  switch (kind) {
    case "ServiceMonitor":
      return items(get(spec, "endpoints"));
    case "PodMonitor":
      return items(get(spec, "podMetricsEndpoints"));
    case "Probe":
      return [spec];
    default:
      return [];
  }
}

function clientOf({ product, host, skips }: Client, file: string): readonly ProxyServer[] {
  if (skips === undefined || textOf(skips.value) !== "true") return [];
  const place = entryPlace(file, skips);
  // What labels choose are pods of the cluster.
  const reach = host === "" ? "private" : reachOfHost(host);
  const gives = { kind: "server-verification", enabled: true } as const;
  const betterments = [{ gives, title: "Verify the service's certificate", edits: replaced(skips.value, "false") }];
  const fact = { kind: "server-verification", enabled: false, reach } as const;
  const stated = { ...place, fact, role: "client", call: `kubernetes.${skips.key}`, written: skips.key, betterments } as const;
  const route = {
    place,
    written: skips.key,
    transport: "tls",
    targets: [{ host, reach }],
    statements: [stated],
    headers: [],
    hasOtherHeaders: true,
  } as const;
  return [{ product, place, tls: false, statements: [], routes: [route] }];
}
