/**
 * Istio: what its gateways demand of clients, whether workloads take clients without a certificate of the mesh, and what is verified of
 * services (istio.io, "Gateway", "PeerAuthentication", "Destination Rule"). Between sidecars the mesh encrypts; nothing is joined here.
 */
import type { ClientAuthentication } from "../../tls/facts.ts";
import { reachOfHost } from "../../tls/hosts.ts";
import type { EdgeStatement, ProxyServer } from "../proxy.ts";
import { entries, get, items, placeOf, textOf, type YamlEntry, type YamlValue } from "../yaml/documents.ts";
import { replaced } from "../yaml/edits.ts";
import { entryOf, entryPlace } from "../yaml/places.ts";
import { leastVersion, type VersionWords } from "../yaml/versions.ts";
import type { KubernetesObject } from "./objects.ts";

export const istioProxies = (objects: readonly KubernetesObject[], file: string): readonly ProxyServer[] =>
  objects.filter(({ value }) => textOf(get(value, "apiVersion"))?.includes(".istio.io/")).flatMap((it) => proxiesOf(it, file));

function proxiesOf({ kind, value }: KubernetesObject, file: string): readonly ProxyServer[] {
  const spec = get(value, "spec");
  switch (kind) {
    case "Gateway":
      return items(get(spec, "servers")).flatMap((it) => gateway(get(it, "tls"), file));
    case "PeerAuthentication":
      return [
        ...workload(get(spec, "mtls"), file, meshAuthority(spec, file)),
        ...entries(get(spec, "portLevelMtls")).flatMap((it) => workload(it.value, file, [])),
      ];
    case "DestinationRule":
      return destination(spec, file);
    default:
      return [];
  }
}

const GATEWAY: Readonly<Record<string, ClientAuthentication>> = { SIMPLE: "none", OPTIONAL_MUTUAL: "optional", MUTUAL: "required" };
const WORKLOAD: Readonly<Record<string, ClientAuthentication>> = { DISABLE: "none", PERMISSIVE: "optional", STRICT: "required" };

function gateway(tls: YamlValue | undefined, file: string): readonly ProxyServer[] {
  const ca = entryOf(tls, "caCertificates");
  const trust: readonly EdgeStatement[] =
    ca === undefined
      ? []
      : [
          {
            ...entryPlace(file, ca),
            fact: { kind: "trust", anchors: "loaded" },
            role: "server",
            call: "istio.caCertificates",
            written: ca.key,
          },
        ];
  const least = leastVersion(entryOf(tls, "minProtocolVersion"), VERSIONS, { file, role: "server", call: "istio.minProtocolVersion" });
  return served(entryOf(tls, "mode"), GATEWAY, "MUTUAL", file, [...least, ...trust]);
}

const workload = (mtls: YamlValue | undefined, file: string, others: readonly EdgeStatement[]): readonly ProxyServer[] =>
  served(entryOf(mtls, "mode"), WORKLOAD, "STRICT", file, others);

/** Every sidecar has the CA of the mesh; one that asks nobody on all of its ports lets it lie. A port alone is an exception, for probes. */
function meshAuthority(spec: YamlValue | undefined, file: string): readonly EdgeStatement[] {
  const mtls = entryOf(spec, "mtls");
  if (mtls === undefined || textOf(get(mtls.value, "mode")) !== "DISABLE") return [];
  const fact = { kind: "trust", anchors: "loaded" } as const;
  return [{ ...entryPlace(file, mtls), fact, role: "server", call: "istio.mtls", written: mtls.key }];
}

function served(
  mode: YamlEntry | undefined,
  modes: Readonly<Record<string, ClientAuthentication>>,
  strict: string,
  file: string,
  others: readonly EdgeStatement[],
): readonly ProxyServer[] {
  const written = textOf(mode?.value) ?? "";
  const known = modes[written];
  if (mode === undefined || known === undefined) return [];
  const place = entryPlace(file, mode);
  // A public gateway is simple; beside a CA, or in a workload of the mesh, it was meant otherwise.
  const isPublic = written === "SIMPLE" && !others.some(({ fact }) => fact.kind === "trust");
  const fact = { kind: "client-authentication", mode: known } as const;
  const gives = { kind: "client-authentication", mode: "required" } as const;
  const betterments = [{ gives, title: "Require client certificates", edits: replaced(mode.value, strict) }];
  const stated = { ...place, fact, role: "server", call: "istio.mode", written, byDefault: isPublic, betterments } as const;
  return [{ product: "Istio", place, tls: true, statements: [stated, ...others], routes: [] }];
}

const VERSIONS: VersionWords = { TLSV1_0: "TLS 1.0", TLSV1_1: "TLS 1.1", TLSV1_2: "TLS 1.2", TLSV1_3: "TLS 1.3" };

/** Without a CA, releases before 1.20 verify nothing, and later ones by the system's: which one it is no file tells. */
function destination(spec: YamlValue | undefined, file: string): readonly ProxyServer[] {
  const host = textOf(get(spec, "host"))?.toLowerCase() ?? "";
  const policies = [get(spec, "trafficPolicy"), ...items(get(spec, "subsets")).map((it) => get(it, "trafficPolicy"))];
  const all = policies.flatMap((it) => [get(it, "tls"), ...items(get(it, "portLevelSettings")).map((one) => get(one, "tls"))]);
  return all.flatMap((tls): readonly ProxyServer[] => {
    const skips = entryOf(tls, "insecureSkipVerify");
    if (skips?.value === undefined || placeOf(skips.value) === undefined || textOf(skips.value) !== "true") return [];
    const reach = host.includes("*") || host === "" ? "unknown" : reachOfHost(host);
    const place = entryPlace(file, skips);
    const gives = { kind: "server-verification", enabled: true } as const;
    const betterments = [{ gives, title: "Verify the upstream's certificate", edits: replaced(skips.value, "false") }];
    const fact = { kind: "server-verification", enabled: false, reach } as const;
    const stated = { ...place, fact, role: "client", call: "istio.insecureSkipVerify", written: skips.key, betterments } as const;
    const route = {
      place,
      written: host,
      transport: "tls",
      targets: [{ host, reach }],
      statements: [stated],
      headers: [],
      hasOtherHeaders: true,
    } as const;
    return [{ product: "Istio", place, tls: false, statements: [], routes: [route] }];
  });
}
