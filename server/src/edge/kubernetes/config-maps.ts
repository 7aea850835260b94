/**
 * Configurations of proxies in ConfigMaps, and values of charts in their objects, as block scalars: each is read in a text of its own in which everything before it is line ends, so
 * that all places and fixes are those of the manifest.
 */
import { isScalar } from "yaml";
import { span } from "../../base/span.ts";
import type { EdgeGap } from "../sources.ts";
import { entries, get, items, placeOf, resolved, textOf, type YamlEntry, type YamlValue } from "../yaml/documents.ts";
import { namesKind } from "./kinds.ts";
import { type KubernetesObject, objectsOf } from "./objects.ts";

export interface EmbeddedFile<Product> {
  /** Of the manifest. */
  readonly path: string;
  /** Its key, which is the file's name where the map is mounted. */
  readonly name: string;
  readonly product: Product;
  readonly text: string;
  /** The manifest's. */
  readonly whole: string;
  /** Files of one map lie in one folder. */
  readonly map: KubernetesObject;
}

type Recognise<Product> = (name: string, text: string) => Product | undefined;

export function embeddedFiles<Product>(
  objects: readonly KubernetesObject[],
  path: string,
  whole: string,
  recognise: Recognise<Product>,
): { readonly files: readonly EmbeddedFile<Product>[]; readonly gaps: readonly EdgeGap[] } {
  const found = objects.flatMap((map) =>
    configurations(map, recognise).map(({ entry, product }) => ({
      map,
      product,
      name: entry.key,
      keySpan: entry.keySpan,
      ...blockOf(entry, whole),
    })),
  );
  return {
    files: found.flatMap(({ map, product, name, text }) => (text === undefined ? [] : [{ path, name, product, text, whole, map }])),
    gaps: found.flatMap(({ keySpan, name, text }) =>
      text === undefined
        ? [
            {
              file: path,
              kind: "out of reach",
              reason: `\`${name}\` is no block scalar (\`|\`): its lines have no places here`,
              span: keySpan,
            } as const,
          ]
        : [],
    ),
  };
}

const HOLDERS: ReadonlySet<string> = new Set(["ConfigMap", "HelmChart", "HelmChartConfig", "Application"]);

export const holdsConfiguration = (text: string, recognise: Recognise<unknown>): boolean =>
  namesKind(text, HOLDERS) && objectsOf(text).some((it) => configurations(it, recognise).length > 0);

function configurations<Product>({ kind, value }: KubernetesObject, recognise: Recognise<Product>) {
  return heldBy(kind, value).flatMap((entry) => {
    const product = recognise(entry.key, textOf(entry.value) ?? "");
    return product === undefined ? [] : [{ entry, product }];
  });
}

/** Files of a map, and values of a chart: of k3s (`HelmChart`, `HelmChartConfig`) and of Argo CD. */
function heldBy(kind: string, value: YamlValue): readonly YamlEntry[] {
  switch (kind) {
    case "ConfigMap":
      return entries(get(value, "data"));
    case "HelmChart":
    case "HelmChartConfig":
      return entries(get(value, "spec")).filter(({ key }) => key === "valuesContent");
    case "Application":
      return [get(value, "spec", "source"), ...items(get(value, "spec", "sources"))].flatMap((it) =>
        entries(get(it, "helm")).filter(({ key }) => key === "values"),
      );
    default:
      return [];
  }
}

/** What is quoted or folded has other lines than it is written with. */
function blockOf({ value }: YamlEntry, whole: string): { readonly text?: string } {
  const node = resolved(value)?.node;
  const at = value === undefined ? undefined : placeOf(value);
  if (at === undefined || node === undefined || !isScalar(node) || node.type !== "BLOCK_LITERAL") return {};
  const start = whole.indexOf("\n", at.start) + 1;
  const content = span(Math.min(start, at.end), at.end);
  return { text: "\n".repeat(content.start) + whole.slice(content.start, content.end) };
}
