/** Docker Compose: services, what they are built from, and the ports that are published (the Compose specification, "Services top-level elements"). */
import { folderOf, resolvePath } from "../../base/path.ts";
import type { Deployment, Service } from "../deployment.ts";
import { entries, get, items, textOf, unreadable, type YamlEntry, type YamlValue, yamlDocuments } from "../yaml/documents.ts";
import { portOf } from "./ports.ts";

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
