/**
 * A template as a configuration of its literal text: each way that it may come out is read by itself, and what they say is one answer. What
 * follows from something that is not written counts only where no way has it.
 */
import type { Span } from "../../base/span.ts";
import { APACHE } from "../apache/files.ts";
import { apacheConfiguration } from "../apache/index.ts";
import { readEmbedded } from "../directives/embedded.ts";
import { type DirectiveConfiguration, readDirectiveFiles } from "../directives/files.ts";
import { haproxyProxies } from "../haproxy/read.ts";
import { embeddedFiles } from "../kubernetes/config-maps.ts";
import { objectsOf } from "../kubernetes/objects.ts";
import { NGINX } from "../nginx/files.ts";
import { nginxConfiguration } from "../nginx/index.ts";
import type { EdgeStatement, ProxyServer } from "../proxy.ts";
import { embeddedProductOf, type Product } from "../recognise.ts";
import { objectProxies, traefikTemplate } from "./objects.ts";
import { type Condition, type Rendering, type Template, templateOf } from "./renderings.ts";

export interface TemplateReading {
  /** As it comes out where the first branch of each condition is there: these are joined with the rest of the workspace. */
  readonly proxies: readonly ProxyServer[];
  /** As it may come out otherwise: what these say of themselves holds there. */
  readonly alternatives: readonly ProxyServer[];
  readonly statements: readonly EdgeStatement[];
}

interface Way extends DirectiveConfiguration {
  readonly text: string;
}

/** Undefined where nothing of it can be read. */
export async function readTemplate(path: string, text: string, product: Product | undefined): Promise<TemplateReading | undefined> {
  const ways: Way[] = [];
  const template = templateOf(text);
  for (const rendering of template?.renderings ?? []) {
    const configurations = await configurationsIn(path, rendering, product);
    ways.push({
      text: rendering.text,
      proxies: configurations.flatMap((it) => it.proxies),
      statements: configurations.flatMap((it) => it.statements),
    });
  }
  if (template === undefined || ways.every(({ proxies, statements }) => proxies.length + statements.length === 0)) return undefined;
  const defaults = ways.map((it) => new Set(statementsOf(it).map(keyOf)));
  const lacks = new Set<string>();
  // Where not all ways are read, one of the others may have what these lack.
  const isEverywhere = (holds: (way: Way, at: number) => boolean): boolean => template.isWhole && ways.every(holds);
  const [first, ...others] = ways.map((way) => conditioned(once(certain(way, isEverywhere, defaults), lacks), path, template));
  return {
    proxies: first?.proxies ?? [],
    alternatives: others.flatMap((it) => it.proxies),
    statements: [first, ...others].flatMap((it) => it?.statements ?? []),
  };
}

/** Files that it takes in lie where it comes out. */
async function configurationsIn(
  path: string,
  { text, yaml }: Rendering,
  product: Product | undefined,
): Promise<readonly DirectiveConfiguration[]> {
  switch (product) {
    case "nginx":
      return (await readDirectiveFiles([{ path, text }], nowhere, NGINX, nginxConfiguration)).configurations;
    case "apache":
      return (await readDirectiveFiles([{ path, text }], nowhere, APACHE, apacheConfiguration)).configurations;
    case "haproxy":
      return [{ proxies: haproxyProxies(path, text), statements: [] }];
    case "kubernetes": {
      const objects = objectsOf(yaml);
      const { files } = embeddedFiles(objects, path, text, embeddedProductOf);
      const of = (wanted: Product) => files.filter((it) => it.product === wanted);
      return [
        ...readEmbedded(of("nginx"), NGINX, nginxConfiguration).configurations,
        ...readEmbedded(of("apache"), APACHE, apacheConfiguration).configurations,
        ...of("haproxy").map((it) => ({ proxies: haproxyProxies(path, it.text), statements: [] })),
        { proxies: objectProxies(path, yaml, objects), statements: [] },
      ];
    }
    case "traefik":
      return [{ proxies: traefikTemplate(path, yaml), statements: [] }];
    default:
      return [];
  }
}

const nowhere = async (): Promise<undefined> => undefined;

const statementsOf = ({ proxies, statements }: DirectiveConfiguration): readonly EdgeStatement[] => [
  ...statements,
  ...proxies.flatMap((it) => [...it.statements, ...it.routes.flatMap((route) => route.statements)]),
];

const keyOf = ({ span, call, byDefault, fact }: EdgeStatement): string =>
  `${span.start} ${span.end} ${call} ${byDefault === true} ${JSON.stringify(fact)}`;

function certain(
  way: Way,
  isEverywhere: (holds: (way: Way, at: number) => boolean) => boolean,
  defaults: readonly ReadonlySet<string>[],
): DirectiveConfiguration {
  const isThere =
    ({ start, end }: Span) =>
    (other: Way) =>
      other.text.slice(start, end) === way.text.slice(start, end);
  const isCertain = (it: EdgeStatement): boolean =>
    it.byDefault !== true || isEverywhere((other, at) => !isThere(it.span)(other) || defaults[at]?.has(keyOf(it)) === true);
  const kept = (all: readonly EdgeStatement[]): readonly EdgeStatement[] => all.filter(isCertain).map(unfixed);
  return {
    statements: kept(way.statements),
    proxies: way.proxies.map(({ authentication, listeners = [], ...proxy }) => ({
      ...proxy,
      ...(authentication === undefined ? {} : { authentication: { ...authentication, requires: [] } }),
      // Under a condition it may be one without the rest.
      listeners: listeners.filter(({ place }) => isEverywhere(isThere(place.span))),
      statements: kept(proxy.statements),
      routes: proxy.routes
        // Which scheme a value brings along is not known, nor whether it is one of TLS.
        .filter(({ transport, place }) => transport === "tls" || !bringsScheme(way.text.slice(place.span.start, place.span.end)))
        .map(({ clears: _, ...route }) => ({
          ...route,
          statements: kept(route.statements),
          headers: route.headers.map((it) => ({ ...it, removes: [] })),
          hasOtherHeaders: true,
        })),
    })),
  };
}

/** `proxy_pass {{ scheme }}://shop`, `proxy_pass {{ url }}`. */
const bringsScheme = (written: string): boolean => written.includes("$_") && !written.includes("http://") && !written.includes("grpc://");

/** What a server lacks it lacks in each of its branches: that is said in the first. */
function once({ proxies, statements }: DirectiveConfiguration, lacks: Set<string>): DirectiveConfiguration {
  const before = new Set(lacks);
  return {
    statements,
    proxies: proxies.map((proxy) => ({
      ...proxy,
      statements: proxy.statements.filter(({ byDefault, call, fact }) => {
        const key = `${proxy.place.span.start} ${call} ${fact.kind}`;
        if (byDefault === true) lacks.add(key);
        return byDefault !== true || !before.has(key);
      }),
    })),
  };
}

/** What holds in a branch names it, unless all that it is about stands there; what is chosen among others is quieter than what is there. */
function conditioned({ proxies, statements }: DirectiveConfiguration, file: string, { conditionAt }: Template): DirectiveConfiguration {
  const under =
    (within: Condition | undefined) =>
    (it: EdgeStatement): EdgeStatement => {
      const condition = conditionAt(it.span.start);
      if (condition === undefined || condition.span.start === within?.span.start) return it;
      const { span, text, negated, isChosen } = condition;
      const related = [...(it.related ?? []), { file, span, message: "only in this branch of the template" }];
      // What is missing is missing in the others, too.
      if (!isChosen || it.byDefault === true) return { ...it, related };
      return { ...it, related, guards: [...(it.guards ?? []), { kind: "condition", text, negated, optIn: false, place: { file, span } }] };
    };
  return {
    statements: statements.map(under(undefined)),
    proxies: proxies.map((proxy) => {
      const around = conditionAt(proxy.place.span.start);
      return {
        ...proxy,
        statements: proxy.statements.map(under(around)),
        routes: proxy.routes.map((it) => ({ ...it, statements: it.statements.map(under(around)) })),
      };
    }),
  };
}

/** Edits go by what is around them, which is the template's here. */
const unfixed = ({ betterments: _, ...statement }: EdgeStatement): EdgeStatement => ({ ...statement, unfixed: "it stands in a template" });
