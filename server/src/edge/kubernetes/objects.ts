/** Objects of Kubernetes in a YAML file, those of lists among them (Kubernetes API conventions, "Types (Kinds)"). */
import type { Span } from "../../base/span.ts";
import { isTemplate } from "../template/actions.ts";
import { entries, get, isElsewhere, items, textOf, type YamlValue, yamlDocuments } from "../yaml/documents.ts";
import { kindsIn, namesKind } from "./kinds.ts";

export interface KubernetesObject {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly value: YamlValue;
}

/** Objects that are about TLS, whatever they hold. */
const OWN_KINDS: ReadonlySet<string> = new Set([
  ..."Ingress TLSOption ServersTransport Gateway HTTPRoute GRPCRoute TCPRoute BackendTLSPolicy".split(" "),
  ..."PeerAuthentication DestinationRule HTTPProxy IngressRoute IngressRouteTCP Middleware ServersTransportTCP Server ServerAuthorization AuthorizationPolicy".split(
    " ",
  ),
]);
/** Kinds that something is said of here; how deep they stand, as in lists, does not matter. */
const KINDS: ReadonlySet<string> = new Set([...OWN_KINDS, ..."APIService ServiceMonitor PodMonitor Probe".split(" "), "Service", "Secret"]);
const SECRET: ReadonlySet<string> = new Set(["Secret"]);

/** Of a template the objects that are about TLS: others are no news. */
export const isOwnKind = (text: string): boolean =>
  text.includes("apiVersion") && kindsIn(text).some(({ kind, isWhole }) => isWhole && OWN_KINDS.has(kind));

export const isKubernetes = (text: string): boolean =>
  isTemplate(text) ? isOwnKind(text) : text.includes("apiVersion") && namesKind(text, KINDS);

export const objectsOf = (text: string): readonly KubernetesObject[] => yamlDocuments(text).flatMap((it) => objectsIn(it));

function objectsIn(value: YamlValue): readonly KubernetesObject[] {
  const kind = textOf(get(value, "kind"));
  if (kind === undefined || textOf(get(value, "apiVersion")) === undefined) return [];
  if (kind.endsWith("List")) return items(get(value, "items")).flatMap((it) => (isElsewhere(it) ? [] : objectsIn(it)));
  const name = textOf(get(value, "metadata", "name")) ?? "";
  return [{ kind, name, namespace: textOf(get(value, "metadata", "namespace")) ?? "default", value }];
}

export interface SecretValue {
  /** Base64, as it is written. */
  readonly value: string;
  /** Of its name. */
  readonly span: Span;
}

export const secretValues = (text: string): readonly SecretValue[] =>
  (namesKind(text, SECRET) && isKubernetes(text) && !isTemplate(text) ? objectsOf(text) : [])
    .filter(({ kind }) => kind === "Secret")
    .flatMap(({ value }) =>
      entries(get(value, "data")).flatMap(({ keySpan, value: it }) => {
        const written = textOf(it);
        return written === undefined ? [] : [{ value: written, span: keySpan }];
      }),
    );
