/** Which files are read, by which reader: by where they lie and what they hold, never by a name alone. */
import { extensionOf } from "../base/path.ts";
import { isApache } from "./apache/files.ts";
import { isCaddyfile } from "./caddy/read.ts";
import { isCompose } from "./compose/read.ts";
import { isEnvoy } from "./envoy/read.ts";
import { isHaproxy } from "./haproxy/read.ts";
import { holdsConfiguration } from "./kubernetes/config-maps.ts";
import { isKubernetes, isOwnKind } from "./kubernetes/objects.ts";
import { isNginx, isNginxAlone } from "./nginx/files.ts";
import {
  mayBeApache,
  mayBeCaddy,
  mayBeHaproxy,
  mayBeJson,
  mayBeNginx,
  mayBeSite,
  mayBeToml,
  mayBeYaml,
  mayBeYamlTemplate,
} from "./places.ts";
import { hasActions } from "./template/actions.ts";
import { holdsClients } from "./template/objects.ts";
import { renderingsOf } from "./template/renderings.ts";
import { hasFlags } from "./traefik/flags.ts";
import { isTraefik, isTraefikToml } from "./traefik/read.ts";

export type Product = "nginx" | "apache" | "haproxy" | "caddy" | "envoy" | "traefik" | "compose" | "kubernetes";

interface Recognised {
  readonly product: Product;
  /** By its path: others are not looked at. */
  may(path: string): boolean;
  /** By its text, or the beginning of it. */
  is(path: string, text: string): boolean;
  /** Of a template by what it may come out as, too. */
  readonly inTemplates?: "text" | "yaml";
}

const READERS: readonly Recognised[] = [
  { product: "nginx", may: mayBeNginx, is: isNginx, inTemplates: "text" },
  { product: "apache", may: mayBeApache, is: isApache, inTemplates: "text" },
  { product: "haproxy", may: mayBeHaproxy, is: (_, text) => isHaproxy(text), inTemplates: "text" },
  { product: "caddy", may: mayBeCaddy, is: (_, text) => isCaddyfile(text) },
  { product: "envoy", may: (path) => mayBeYaml(path) || mayBeJson(path), is: (_, text) => isEnvoy(text) },
  { product: "traefik", may: mayBeYaml, is: (_, text) => isTraefik(text) },
  { product: "traefik", may: mayBeToml, is: (_, text) => isTraefikToml(text) },
  { product: "compose", may: mayBeYaml, is: (_, text) => isCompose(text) },
  { product: "kubernetes", may: mayBeYaml, is: (_, text) => isKubernetes(text) || holdsConfiguration(text, embeddedProductOf) },
  {
    product: "kubernetes",
    may: mayBeYamlTemplate,
    is: (_, text) => isOwnKind(text) || holdsConfiguration(text, embeddedProductOf) || holdsClients(text),
    inTemplates: "yaml",
  },
  { product: "traefik", may: mayBeYamlTemplate, is: (_, text) => isTraefik(text), inTemplates: "yaml" },
  // Values of a chart, and what else hands arguments to it.
  { product: "traefik", may: mayBeYaml, is: (_, text) => hasFlags(text) },
  { product: "nginx", may: mayBeSite, is: (_, text) => isNginxAlone(text) },
];

/** Of what a manifest holds, by the name that it will have; one without an ending may be anybody's. */
export function embeddedProductOf(name: string, text: string): Product | undefined {
  const found = READERS.find((it) => !DEPLOYMENTS.has(it.product) && (extensionOf(name) === "" || it.may(name)) && it.is(name, text));
  return found?.product;
}

const DEPLOYMENTS: ReadonlySet<Product> = new Set(["compose", "kubernetes"]);

/** A beginning that is long enough to tell, and short enough to be read of every file. */
const BEGINNING = 256 * 1024;

export function productOf(path: string, text: string): Product | undefined {
  const beginning = text.slice(0, BEGINNING);
  const found = READERS.find((it) => it.may(path) && it.is(path, beginning))?.product;
  if (found !== undefined || !hasActions(beginning)) return found;
  const some = READERS.filter((it) => it.inTemplates !== undefined && it.may(path));
  const ways = some.length > 0 ? (renderingsOf(beginning) ?? []) : [];
  return some.find(({ is, inTemplates = "text" }) => ways.some((it) => is(path, it[inTemplates])))?.product;
}

export const isEdge = (path: string, bytes: Uint8Array): boolean =>
  productOf(path, new TextDecoder().decode(bytes.subarray(0, BEGINNING))) !== undefined;
