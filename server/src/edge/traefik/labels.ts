/** Labels of Compose services by which Traefik is told of routers: each leads to the service that has them. */
import type { Span } from "../../base/span.ts";
import { entries, get, items, placeOf, textOf, type YamlEntry, type YamlValue, yamlDocuments } from "../yaml/documents.ts";
import type { Destination } from "./targets.ts";

export interface Router {
  readonly file: string;
  readonly span: Span;
  readonly name: string;
  /** Of TLS; undefined without it, or where the entry point has it. */
  readonly options?: string;
  readonly middlewares: readonly string[];
  readonly destinations: readonly Destination[];
  readonly serviceSpan?: Span;
}

interface Label {
  readonly path: readonly string[];
  readonly value: string;
  readonly span: Span;
}

const PREFIX = "traefik.http.";

export const labelledRouters = (file: string, text: string): readonly Router[] =>
  text.includes(PREFIX)
    ? yamlDocuments(text).flatMap((it) => entries(get(it, "services")).flatMap((service) => routersOf(service, file)))
    : [];

function routersOf({ key, value }: YamlEntry, file: string): readonly Router[] {
  const labels = labelsOf(get(value, "labels"));
  const of = (kind: string, name: string | undefined, ...path: readonly string[]): string | undefined =>
    labels.find((it) => it.path[0] === kind && (name === undefined || it.path[1] === name) && it.path.slice(2).join(".") === path.join("."))
      ?.value;
  const names = [...new Set(labels.flatMap(({ path: [kind, name] }) => (kind === "routers" && name !== undefined ? [name] : [])))];
  return names.flatMap((name) => {
    const first = labels.find(({ path }) => path[0] === "routers" && path[1] === name);
    if (first === undefined) return [];
    const service = of("routers", name, "service")?.split("@")[0];
    const port = Number(of("services", service, "loadbalancer", "server", "port") ?? Number.NaN);
    const isTls = of("services", service, "loadbalancer", "server", "scheme") === "https";
    const isSecured = labels.some(({ path }) => path[0] === "routers" && path[1] === name && path[2] === "tls");
    return [
      {
        file,
        span: first.span,
        name,
        ...(isSecured ? { options: of("routers", name, "tls", "options")?.split("@")[0] ?? "default" } : {}),
        middlewares: (of("routers", name, "middlewares") ?? "")
          .split(",")
          .flatMap((it) => (it.trim() === "" ? [] : [it.trim().split("@")[0] ?? it])),
        destinations: [{ isTls, target: { host: key.toLowerCase(), reach: "private", ...(Number.isInteger(port) ? { port } : {}) } }],
      },
    ];
  });
}

/** As a list of `name=value`, or as a map; names without regard to case. */
const labelsOf = (value: YamlValue | undefined): readonly Label[] => [
  ...items(value).flatMap((it) => {
    const text = textOf(it) ?? "";
    const at = placeOf(it);
    const equals = text.indexOf("=");
    return at === undefined || equals < 0 ? [] : label(text.slice(0, equals), text.slice(equals + 1), at);
  }),
  ...entries(value).flatMap(({ key, keySpan, value: it }) => label(key, textOf(it) ?? "", keySpan)),
];

const label = (name: string, value: string, span: Span): readonly Label[] => {
  const lower = name.toLowerCase();
  return lower.startsWith(PREFIX) ? [{ path: lower.slice(PREFIX.length).split("."), value: value.trim(), span }] : [];
};
