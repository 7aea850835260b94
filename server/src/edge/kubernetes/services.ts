/** Service objects: the names and ports by which others reach a program, and whether anybody outside of the cluster does. */
import type { Deployment, PublishedPort, Service } from "../deployment.ts";
import { entries, get, items, placeOf, textOf, type YamlValue } from "../yaml/documents.ts";
import type { KubernetesObject } from "./objects.ts";

/** Types of Service that open a port on nodes or at a load balancer (Kubernetes, "Service", "Publishing Services"). */
const PUBLISHED: ReadonlySet<string> = new Set(["NodePort", "LoadBalancer"]);

export const kubernetesDeployment = (objects: readonly KubernetesObject[], file: string): Deployment => ({
  file,
  services: objects.filter(({ kind }) => kind === "Service").flatMap((it) => serviceOf(it, objects)),
});

function serviceOf({ name, namespace, value }: KubernetesObject, objects: readonly KubernetesObject[]): readonly Service[] {
  const kind = get(value, "kind");
  const at = kind === undefined ? undefined : placeOf(kind);
  if (at === undefined) return [];
  const ports = items(get(value, "spec", "ports")).flatMap(portOf);
  const own = name.toLowerCase();
  const names = [own, `${own}.${namespace}`, `${own}.${namespace}.svc`, `${own}.${namespace}.svc.cluster.local`];
  return [
    {
      names,
      span: at,
      forwards: new Map(ports),
      mounts: [],
      published: [...publishedBy(value, ports), ...portsOfNodes(value, namespace, ports, objects)],
    },
  ];
}

/** The Service's port, and the program's; a port by name is known to the Pod alone. */
function portOf(port: YamlValue): readonly (readonly [number, number])[] {
  const own = Number(textOf(get(port, "port")));
  const target = Number(textOf(get(port, "targetPort")) ?? own);
  return Number.isInteger(own) && Number.isInteger(target) ? [[own, target]] : [];
}

function publishedBy(value: YamlValue, ports: readonly (readonly [number, number])[]): readonly PublishedPort[] {
  const type = get(value, "spec", "type");
  const written = textOf(type) ?? "ClusterIP";
  const at = type === undefined ? undefined : placeOf(type);
  if (at === undefined || !PUBLISHED.has(written)) return [];
  const [first] = ports;
  const confines = [{ span: at, text: "ClusterIP" }];
  return [{ ...(first === undefined ? {} : targetAt(first[0])), written: `type: ${written}`, reach: "network", span: at, confines }];
}

/** `hostPort`: of the pods that the Service selects, as far as they are in its file. */
function portsOfNodes(
  service: YamlValue,
  namespace: string,
  ports: readonly (readonly [number, number])[],
  objects: readonly KubernetesObject[],
): readonly PublishedPort[] {
  const selected = entries(get(service, "spec", "selector"));
  if (selected.length === 0) return [];
  const pods = objects
    .filter((it) => it.namespace === namespace)
    .map((it) => (it.kind === "Pod" ? it.value : get(it.value, "spec", "template")))
    .filter((it) => selected.every(({ key, value }) => textOf(get(it, "metadata", "labels", key)) === textOf(value)));
  const all = pods.flatMap((it) => items(get(it, "spec", "containers")).flatMap((one) => items(get(one, "ports"))));
  return all.flatMap((port): readonly PublishedPort[] => {
    const found = entries(port).find(({ key }) => key === "hostPort");
    const at = found?.value === undefined ? undefined : placeOf(found.value);
    if (found === undefined || at === undefined) return [];
    const target = ports.find(([, program]) => program === Number(textOf(get(port, "containerPort"))))?.[0];
    const reach = textOf(get(port, "hostIP"))?.startsWith("127.") === true ? "machine" : "network";
    const span = { start: found.keySpan.start, end: at.end };
    const known = target === undefined ? {} : targetAt(target);
    return [{ ...known, written: `hostPort: ${textOf(found.value)}`, reach, span, confines: [] }];
  });
}

const targetAt = (port: number): Pick<PublishedPort, "targets"> => ({ targets: { first: port, last: port } });
