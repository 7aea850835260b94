/**
 * Envoy: static configurations in YAML and JSON (v3, and what v2 has of the same names): a bootstrap's `static_resources`, and listeners and
 * clusters of files that Envoy watches (`resources`), or that are a list of clusters which another file takes in. What a control plane
 * sends is not known.
 */
import type { ProxyServer } from "../proxy.ts";
import { isTemplate } from "../template/actions.ts";
import { entries, items, unreadable, type YamlValue, yamlDocuments } from "../yaml/documents.ts";
import { type Cluster, clusterOf } from "./clusters.ts";
import { type EnvoyText, field, fieldText, messagePlace, typeOf } from "./fields.ts";
import { type Clusters, listenerProxies } from "./listeners.ts";

/** Cheap: a file without these words is not looked at. */
const mayHold = (text: string): boolean =>
  text.includes("static_resources") ||
  text.includes("staticResources") ||
  (text.includes("envoy.") && PARTS.some((it) => text.includes(it)));

const PARTS = ["resources", "load_assignment", "loadAssignment"] as const;

/** What cannot be read may be one where the words stand at the start of a line. */
export function isEnvoy(text: string): boolean {
  if (!mayHold(text)) return false;
  if (isTemplate(text) || unreadable(text) !== undefined)
    return text.startsWith("static_resources:") || text.includes("\nstatic_resources:");
  const { listeners, clusters } = resourcesOf(text);
  return listeners.length > 0 || clusters.length > 0;
}

interface Resources {
  readonly listeners: readonly YamlValue[];
  readonly clusters: readonly YamlValue[];
  readonly secrets: ReadonlyMap<string, YamlValue>;
}

function resourcesOf(text: string): Resources {
  const documents = yamlDocuments(text);
  const all = documents.map((it) => field(it, "static_resources"));
  const watched = documents.flatMap((it) => items(field(it, "resources")));
  const listed = (name: string, type: string): readonly YamlValue[] => [
    ...all.flatMap((it) => items(field(it, name))),
    ...watched.filter((it) => typeOf(it) === type),
    ...(type === "Cluster" ? documents.flatMap(items).filter(isCluster) : []),
  ];
  const isOne = (it: YamlValue): boolean => entries(it).length > 0;
  const named = listed("secrets", "Secret").flatMap((it) => {
    const name = fieldText(it, "name");
    return name === undefined ? [] : [[name, it] as const];
  });
  return {
    listeners: listed("listeners", "Listener").filter(isOne),
    clusters: listed("clusters", "Cluster").filter(isOne),
    secrets: new Map(named),
  };
}

/** By what no other list has: a name, and endpoints. */
const isCluster = (it: YamlValue): boolean =>
  fieldText(it, "name") !== undefined && field(it, "load_assignment", "endpoints") !== undefined;

export function envoyProxies(file: string, text: string): readonly ProxyServer[] {
  if (isTemplate(text)) return [];
  const { listeners, clusters: all, secrets } = resourcesOf(text);
  const read: EnvoyText = { file, text, secrets };
  const clusters = new Map<string, Cluster>(all.map((it) => clusterOf(it, read)).map((it) => [it.name, it]));
  const seen = new Set<string>();
  const known: Clusters = (name) => {
    const cluster = clusters.get(name);
    if (cluster === undefined) return undefined;
    const isFirst = !seen.has(name);
    seen.add(name);
    return { cluster, isFirst };
  };
  const proxies = listeners.flatMap((it) => listenerProxies(it, read, known));
  return [...proxies, ...[...clusters.values()].filter(({ name }) => !seen.has(name)).flatMap((it) => unrouted(it, read))];
}

/** Where filters and statistics connect to, or routes that a control plane sends: what they say of TLS holds all the same. */
function unrouted({ name, value, statements, targets, transport }: Cluster, { file }: EnvoyText): readonly ProxyServer[] {
  const place = messagePlace(file, value);
  if (place === undefined || transport === "plaintext") return [];
  const route = { place, written: name, transport, targets, statements, headers: [], hasOtherHeaders: true } as const;
  return [{ product: "Envoy", place, tls: false, statements: [], routes: [route] }];
}
