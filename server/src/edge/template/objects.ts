/**
 * What a template of YAML says in so many words: objects of Kubernetes, and Traefik's files. A part that is put in may be in any map, so that
 * nothing follows from what is not written, and no way is joined with a program.
 */
import { clusterClients } from "../kubernetes/cluster-clients.ts";
import { contourProxies } from "../kubernetes/contour.ts";
import { gatewayApiProxies } from "../kubernetes/gateway-api.ts";
import { ingressProxies } from "../kubernetes/ingress.ts";
import { istioProxies } from "../kubernetes/istio.ts";
import { type KubernetesObject, objectsOf } from "../kubernetes/objects.ts";
import { mayBeToml } from "../places.ts";
import type { EdgeStatement, ProxyServer } from "../proxy.ts";
import { traefikProxies } from "../traefik/read.ts";

export function objectProxies(path: string, yaml: string, objects: readonly KubernetesObject[]): readonly ProxyServer[] {
  return [
    ...istioProxies(objects, path),
    ...contourProxies(objects, path),
    ...clusterClients(objects, path),
    ...gatewayApiProxies(objects.map((it) => ({ ...it, file: path }))),
    ...ingressProxies(objects, path, yaml),
    ...traefikProxies({ dynamic: [], compose: [], clusters: [{ path, text: yaml, objects }] }),
  ].map(inSoManyWords);
}

export const traefikTemplate = (path: string, yaml: string): readonly ProxyServer[] =>
  mayBeToml(path) ? [] : traefikProxies({ dynamic: [{ path, text: yaml }], compose: [], clusters: [] }).map(inSoManyWords);

/** Objects by which somebody connects without verification, whatever else is put in. */
export const holdsClients = (yaml: string): boolean => yaml.includes("nsecureSkip") && clusterClients(objectsOf(yaml), "").length > 0;

const isWritten = ({ byDefault }: EdgeStatement): boolean => byDefault !== true;

const inSoManyWords = ({ authentication: _, listeners: __, ...proxy }: ProxyServer): ProxyServer => ({
  ...proxy,
  statements: proxy.statements.filter(isWritten),
  routes: proxy.routes
    .filter(({ transport }) => transport === "tls")
    .map((it) => ({ ...it, headers: [], hasOtherHeaders: true, statements: it.statements.filter(isWritten) })),
});
