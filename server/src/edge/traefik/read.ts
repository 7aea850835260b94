/**
 * Traefik: dynamic configurations in YAML, what static ones say of TLS, and its objects of Kubernetes. Routers, options, middlewares and
 * transports know each other by name in all files of the workspace, which `@file` and its like only tell apart.
 */
import { folderOf, isWithin } from "../../base/path.ts";
import { widest } from "../../tls/hosts.ts";
import type { KubernetesObject } from "../kubernetes/objects.ts";
import { mayBeToml } from "../places.ts";
import type { EdgeStatement, ProxyServer, Route, Target } from "../proxy.ts";
import type { EdgeFile } from "../sources.ts";
import { isTemplate } from "../template/actions.ts";
import { entries, get, items, placeOf, textOf, unreadable, type YamlEntry, type YamlValue, yamlDocuments } from "../yaml/documents.ts";
import { tomlDocuments, unreadableToml } from "../yaml/toml.ts";
import { flagStatements, hasFlags } from "./flags.ts";
import { headersOf, isPlain, type Middleware, trustsClients } from "./headers.ts";
import { labelledRouters, type Router } from "./labels.ts";
import { type FiledObject, isTraefiks, namesOf, objectMiddlewares, objectRouters } from "./objects.ts";
import { type TlsOptions, tlsOptions } from "./options.ts";
import { type Destination, destinationOf } from "./targets.ts";
import { type Transport, transportStatements } from "./transports.ts";

/** Dynamic files are templates of Go; static ones, which have entry points, hold templates for rules as they are. */
export const isTraefikTemplate = (text: string): boolean =>
  isTemplate(text) && !["entryPoints:", "[entryPoints"].some((it) => text.startsWith(it) || text.includes(`\n${it}`));

const mayHold = (text: string): boolean => ["routers:", "serversTransport", "clientAuth", "entryPoints:"].some((it) => text.includes(it));

/** A template, and what cannot be read, is one where the words stand at the start of a line. */
export function isTraefik(text: string): boolean {
  if (!mayHold(text)) return false;
  if (isTraefikTemplate(text) || unreadable(text) !== undefined)
    return ["http:", "tls:", "entryPoints:"].some((it) => text.startsWith(it) || text.includes(`\n${it}`)) && !text.includes("\nkind:");
  return yamlDocuments(text).some(isConfiguration);
}

const isConfiguration = (it: YamlValue): boolean =>
  [get(it, "http", "routers"), get(it, "http", "serversTransports"), get(it, "tls", "options"), get(it, "entryPoints")].some(
    (one) => entries(one).length > 0,
  ) || get(it, "serversTransport", "insecureSkipVerify") !== undefined;

/** A table of TOML that is one of Traefik's, and what cannot be read and has one's header. */
export function isTraefikToml(text: string): boolean {
  if (!["routers", "serversTransport", "clientAuth", "entryPoints"].some((it) => text.includes(it))) return false;
  if (isTraefikTemplate(text) || unreadableToml(text) !== undefined)
    return ["[http.", "[tls.options", "[entryPoints"].some((it) => text.startsWith(it) || text.includes(`\n${it}`));
  return tomlDocuments(text).some(isConfiguration);
}

const documentsOf = (file: string, text: string): readonly YamlValue[] => (mayBeToml(file) ? tomlDocuments(text) : yamlDocuments(text));

/** A part of a configuration with its file. */
interface Part {
  readonly file: string;
  readonly text: string;
  readonly value: YamlValue;
}

export interface TraefikFiles {
  readonly dynamic: readonly EdgeFile[];
  readonly compose: readonly EdgeFile[];
  readonly clusters: readonly { readonly path: string; readonly text: string; readonly objects: readonly KubernetesObject[] }[];
}

export function traefikProxies({ dynamic, compose, clusters }: TraefikFiles): readonly ProxyServer[] {
  const roots = dynamic
    .filter(({ text }) => !isTraefikTemplate(text))
    .flatMap(({ path, text, name = path }) => documentsOf(name, text).map((value): Part => ({ file: path, text, value })));
  const objects = clusters.flatMap(({ path, text, objects: all }) => all.map((it): FiledObject => ({ ...it, file: path, text })));
  const ofKind = (kind: string) => objects.filter((it) => it.kind === kind && isTraefiks(it));
  const named = (...path: readonly string[]) =>
    roots.flatMap(({ file, text, value }) => entries(get(value, ...path)).map((entry) => ({ file, text, entry })));
  const options = [
    ...named("tls", "options").map(({ file, entry }) => tlsOptions(entry, [entry.key], file)),
    ...ofKind("TLSOption").flatMap((it) => specOf(it.value).map((spec) => tlsOptions(spec, namesOf(it), it.file))),
  ];
  const middlewares = new Map<string, Middleware>([
    ...named("http", "middlewares").flatMap(({ file, entry: { key, value } }) =>
      value === undefined ? [] : [[key, { file, value }] as const],
    ),
    ...objectMiddlewares(objects),
  ]);
  const services = named("http", "services");
  const told: Told = { middlewares, trusting: roots.some((it) => trustsClients(it.value)) };
  const routers = [
    ...named("http", "routers").flatMap(({ file, entry }) => routerOf(entry, file, services)),
    ...compose.flatMap(({ path, text }) => labelledRouters(path, text)),
    ...objectRouters(objects),
  ];
  const used = new Map(routers.map((router) => [router, optionsOf(router, options)]));
  const usersOf = (it: TlsOptions) => routers.filter((router) => used.get(router) === it);
  return [
    ...options.map((it) => proxyOf(it, usersOf(it), told)),
    ...routers.filter((it) => used.get(it) === undefined).map((it) => proxyOf(it, [it], told)),
    ...transports(named("http", "serversTransports"), services),
    ...roots.flatMap((it) => transportProxy({ ...it, value: get(it.value, "serversTransport"), isObject: false }, [])),
    ...ofKind("ServersTransport").flatMap((it) => transportProxy({ ...it, value: get(it.value, "spec"), isObject: true }, [])),
    // Compose has no templates: braces in an argument are Traefik's own.
    ...[...[...dynamic, ...clusters].filter(({ text }) => !isTraefikTemplate(text)), ...compose].flatMap(flagged),
    ...ofKind("ServersTransportTCP").flatMap((it) => transportProxy({ ...it, value: get(it.value, "spec", "tls"), isObject: true }, [])),
  ];
}

/** Of one installation: options in the router's file, or in the only one that lies below its folder or around it. */
function optionsOf(router: Router, all: readonly TlsOptions[]): TlsOptions | undefined {
  const named = all.filter(({ names }) => names.includes(router.options ?? ""));
  const own = named.filter(({ file }) => file === router.file);
  const near = named.filter(({ file }) => isWithin(folderOf(router.file), file) || isWithin(folderOf(file), router.file));
  const [only, ...others] = own.length > 0 ? own : near;
  return others.length > 0 ? undefined : only;
}

const specOf = (value: YamlValue): readonly YamlEntry[] => entries(value).filter(({ key }) => key === "spec");

/** `name@provider` without the provider. */
const bare = (name: string): string => name.split("@")[0] ?? name;

interface Named {
  readonly file: string;
  readonly text: string;
  readonly entry: YamlEntry;
}

function routerOf({ key, keySpan, value }: YamlEntry, file: string, services: readonly Named[]): readonly Router[] {
  const tls = get(value, "tls");
  const service = get(value, "service");
  const at = service === undefined ? undefined : placeOf(service);
  const name = bare(textOf(service) ?? "");
  const destinations = services.filter(({ entry }) => entry.key === name).flatMap(({ entry }) => serversOf(entry.value));
  return [
    {
      file,
      span: keySpan,
      name: key,
      ...(entries(value).some((it) => it.key === "tls") ? { options: bare(textOf(get(tls, "options")) ?? "default") } : {}),
      middlewares: items(get(value, "middlewares"))
        .flatMap((it) => textOf(it) ?? [])
        .map(bare),
      destinations,
      ...(at === undefined ? {} : { serviceSpan: at }),
    },
  ];
}

const serversOf = (service: YamlValue | undefined): readonly Destination[] =>
  items(get(service, "loadBalancer", "servers")).flatMap((it) => {
    const url = textOf(get(it, "url"));
    return url === undefined ? [] : [destinationOf(url)];
  });

const isOptions = (it: TlsOptions | Router): it is TlsOptions => "statements" in it;

/** What decides what services are told: middlewares by name, and whether any entry point trusts what clients write. */
interface Told {
  readonly middlewares: ReadonlyMap<string, Middleware>;
  readonly trusting: boolean;
}

function proxyOf(by: TlsOptions | Router, routers: readonly Router[], told: Told): ProxyServer {
  const options = isOptions(by) ? by : undefined;
  const routes = routers.flatMap((it) => routeOf(it, told));
  const span = isOptions(by) ? by.key.keySpan : by.span;
  return {
    product: "Traefik",
    place: { file: by.file, span },
    tls: options !== undefined || routers.some((it) => it.options !== undefined),
    ...(options?.authentication === undefined ? {} : { authentication: options.authentication }),
    statements: options?.statements ?? [],
    routes,
  };
}

function routeOf(router: Router, { middlewares, trusting }: Told): readonly Route[] {
  if (router.destinations.length === 0) return [];
  const used = router.middlewares.map((it) => middlewares.get(it));
  const found = used.flatMap((it) => it ?? []);
  const place = { file: router.file, span: router.serviceSpan ?? router.span };
  return [
    {
      place,
      written: router.name,
      transport: router.destinations.every(({ isTls }) => isTls) ? "tls" : "plaintext",
      targets: router.destinations.map(({ target }) => target),
      statements: [],
      headers: headersOf(found, place, trusting),
      hasOtherHeaders: used.includes(undefined) || !found.every(isPlain),
    },
  ];
}

const transports = (all: readonly Named[], services: readonly Named[]): readonly ProxyServer[] =>
  all.flatMap(({ file, text, entry }) => {
    const using = services.filter((it) => bare(textOf(get(it.entry.value, "loadBalancer", "serversTransport")) ?? "") === entry.key);
    return transportProxy(
      { file, text, value: entry.value, isObject: false },
      using.flatMap((it) => serversOf(it.entry.value)),
    );
  });

/** What its arguments and its environment say. */
const flagged = ({ path, text }: EdgeFile): readonly ProxyServer[] =>
  hasFlags(text)
    ? yamlDocuments(text)
        .flatMap((it) => flagStatements(path, text, it))
        .flatMap((it) => connecting(it.file, [], [it]))
    : [];

function transportProxy(transport: Transport, used: readonly Destination[]): readonly ProxyServer[] {
  const targets = used.map((it) => it.target);
  return connecting(transport.file, targets, transportStatements(transport, widest(targets.map((it) => it.reach))));
}

/** Nothing but connections, of which something is said. */
function connecting(file: string, targets: readonly Target[], statements: readonly EdgeStatement[]): readonly ProxyServer[] {
  const [first] = statements;
  if (first === undefined) return [];
  const place = { file, span: first.span };
  const route = { place, written: first.written, transport: "tls", targets, statements, headers: [], hasOtherHeaders: true } as const;
  return [{ product: "Traefik", place, tls: false, statements: [], routes: [route] }];
}
