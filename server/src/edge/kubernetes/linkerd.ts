/**
 * Linkerd's policies (linkerd.io, "Authorization Policy"): whether workloads take clients without an identity of the mesh, which a sidecar
 * proves by mutual TLS. What a policy for single routes leaves open is for probes, and is no fault.
 */
import type { ClientAuthentication } from "../../tls/facts.ts";
import type { ProxyServer } from "../proxy.ts";
import { entries, get, items, textOf, type YamlEntry, type YamlValue } from "../yaml/documents.ts";
import { replaced } from "../yaml/edits.ts";
import { entryOf, entryPlace } from "../yaml/places.ts";
import type { KubernetesObject } from "./objects.ts";

export const linkerdProxies = (objects: readonly KubernetesObject[], file: string): readonly ProxyServer[] =>
  objects
    .filter(({ value }) => textOf(get(value, "apiVersion"))?.startsWith("policy.linkerd.io/") === true)
    .flatMap(({ kind, value }) => {
      const spec = get(value, "spec");
      switch (kind) {
        case "Server":
          return serverOf(entryOf(spec, "accessPolicy"), file);
        case "ServerAuthorization":
          return clientsOf(get(spec, "client"), file);
        case "AuthorizationPolicy":
          return ["Server", "Namespace"].includes(textOf(get(spec, "targetRef", "kind")) ?? "") ? policyOf(spec, file) : [];
        default:
          return [];
      }
    });

interface Access {
  readonly mode: ClientAuthentication;
  /** What lets in the same clients as far as they are of the mesh. */
  readonly strict?: string;
}

const ACCESS: Readonly<Record<string, Access>> = {
  deny: { mode: "required" },
  audit: { mode: "optional", strict: "deny" },
  "all-authenticated": { mode: "required" },
  "all-unauthenticated": { mode: "optional", strict: "all-authenticated" },
  "cluster-authenticated": { mode: "required" },
  "cluster-unauthenticated": { mode: "optional", strict: "cluster-authenticated" },
};

function serverOf(policy: YamlEntry | undefined, file: string): readonly ProxyServer[] {
  const access = ACCESS[textOf(policy?.value) ?? ""];
  if (policy === undefined || access === undefined) return [];
  const { mode, strict } = access;
  return [stated(policy, file, mode, `accessPolicy: ${textOf(policy.value)}`, strict)];
}

/** Of an older kind of policy: anybody, or anybody with TLS. */
const clientsOf = (client: YamlValue | undefined, file: string): readonly ProxyServer[] =>
  [entryOf(client, "unauthenticated"), entryOf(get(client, "meshTLS"), "unauthenticatedTLS")].flatMap((it) =>
    it === undefined || textOf(it.value) !== "true" ? [] : [stated(it, file, "optional", `${it.key}: true`)],
  );

/** Without any authentication, and by networks alone, nobody proves who they are; several must all be met. */
function policyOf(spec: YamlValue | undefined, file: string): readonly ProxyServer[] {
  const required = entryOf(spec, "requiredAuthenticationRefs");
  if (required === undefined) return [];
  const kinds = items(required.value).flatMap((it) => entries(it).filter(({ key }) => key === "kind"));
  if (kinds.some(({ value }) => textOf(value) !== "NetworkAuthentication")) return [];
  const [first] = kinds;
  return [stated(first ?? required, file, "optional", first === undefined ? required.key : `${first.key}: ${textOf(first.value)}`)];
}

function stated(entry: YamlEntry, file: string, mode: ClientAuthentication, written: string, strict?: string): ProxyServer {
  const place = entryPlace(file, entry);
  const gives = { kind: "client-authentication", mode: "required" } as const;
  const betterments = strict === undefined ? [] : [{ gives, title: "Require client certificates", edits: replaced(entry.value, strict) }];
  const fact = { kind: "client-authentication", mode } as const;
  const statement = { ...place, fact, role: "server", call: "linkerd.policy", written, betterments } as const;
  return { product: "Linkerd", place, tls: true, statements: [statement], routes: [] };
}
