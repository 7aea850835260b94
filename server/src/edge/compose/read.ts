/** Docker Compose: services, what they are built from, and the ports that are published (the Compose specification, "Services top-level elements"). */
import { folderOf, resolvePath } from "../../base/path.ts";
import { span } from "../../base/span.ts";
import type { Deployment, PublishedPort, Service } from "../deployment.ts";
import { entries, get, items, placeOf, textOf, unreadable, type YamlEntry, type YamlValue, yamlDocuments } from "../yaml/documents.ts";
import { withDefaults } from "./interpolation.ts";

/** Cheap: a line `services:` at its start, and below it a service with an image or what it is built from. What cannot be read may have one. */
export function isCompose(text: string): boolean {
  if (!text.startsWith("services:") && !text.includes("\nservices:")) return false;
  if (!text.includes("image:") && !text.includes("build:")) return false;
  return unreadable(text) !== undefined || servicesOf(text).some(({ value }) => RUNS.some((it) => get(value, it) !== undefined));
}

/** What makes a service one that runs. In a file that is laid over another one (`compose.override.yaml`) others have what is added to them. */
const RUNS = ["image", "build", "extends"] as const;

const servicesOf = (text: string): readonly YamlEntry[] => yamlDocuments(text).flatMap((it) => entries(get(it, "services")));

export const readCompose = (file: string, text: string): Deployment => ({
  file,
  services: servicesOf(text).map((it) => serviceOf(it, file)),
});

function serviceOf({ key, keySpan, value }: YamlEntry, file: string): Service {
  const build = get(value, "build");
  const context = textOf(build) ?? textOf(get(build, "context")) ?? (build === undefined ? undefined : ".");
  const names = [key, textOf(get(value, "container_name")), textOf(get(value, "hostname")), ...aliases(value)];
  return {
    names: names.flatMap((it) => (it === undefined ? [] : [it.toLowerCase()])),
    span: keySpan,
    ...(context === undefined || context.includes("$") || context.includes("://")
      ? {}
      : { builtFrom: resolvePath(folderOf(file), context) }),
    mounts: items(get(value, "volumes")).flatMap((it) => mountOf(it, file)),
    published: items(get(value, "ports")).flatMap(portOf),
  };
}

const aliases = (value: YamlValue | undefined): readonly (string | undefined)[] =>
  entries(get(value, "networks")).flatMap((it) => [
    ...items(get(it.value, "aliases")).map(textOf),
    textOf(get(it.value, "ipv4_address")),
    textOf(get(it.value, "ipv6_address")),
  ]);

function mountOf(value: YamlValue, file: string): readonly string[] {
  const source = textOf(get(value, "source")) ?? textOf(value)?.split(":")[0];
  return source?.startsWith(".") ? [resolvePath(folderOf(file), source)] : [];
}

/** `8080:80`, `127.0.0.1:8080:80/tcp`, `[::1]:8080:80`, `80`, or the same in long form. */
function portOf(value: YamlValue): readonly PublishedPort[] {
  const at = placeOf(value);
  if (at === undefined) return [];
  const written = textOf(value);
  if (written === undefined) {
    const outer = known(get(value, "published"));
    const target = Number(known(get(value, "target")));
    const shown = get(value, "published") ?? get(value, "target");
    const place = (shown === undefined ? undefined : placeOf(shown)) ?? at;
    return [
      {
        ...targetOf(target),
        ...outerOf(Number(outer ?? Number.NaN)),
        written: outer ?? `${target}`,
        isLoopback: isLoopback(known(get(value, "host_ip"))),
        span: place,
        confines: [],
      },
    ];
  }
  const short = withDefaults(written);
  const bare = short.split("/")[0] ?? short;
  const parts = bare.startsWith("[")
    ? [bare.slice(0, bare.indexOf("]") + 1), ...bare.slice(bare.indexOf("]") + 2).split(":")]
    : bare.split(":");
  const host = parts.length > 2 ? parts[0] : undefined;
  const start = at.start + (written.length < at.end - at.start ? 1 : 0);
  // Without a port of the machine's own there is none to bind: Docker picks one.
  const confines = parts.length === 2 ? [{ span: span(start, start), text: "127.0.0.1:" }] : [];
  const outer = outerOf(parts.length > 1 ? Number(parts.at(-2)) : Number.NaN);
  return [{ ...targetOf(Number(parts.at(-1))), ...outer, written: short, isLoopback: isLoopback(host), span: at, confines }];
}

const known = (value: YamlValue | undefined): string | undefined => {
  const written = textOf(value);
  return written === undefined ? undefined : withDefaults(written);
};

const targetOf = (port: number): Pick<PublishedPort, "target"> => (Number.isInteger(port) ? { target: port } : {});

const outerOf = (port: number): Pick<PublishedPort, "outer"> => (Number.isInteger(port) ? { outer: port } : {});

const isLoopback = (host: string | undefined): boolean =>
  host !== undefined && (host.startsWith("127.") || host === "localhost" || host === "[::1]" || host === "::1");
