/** The guards under which a place of a file stands by attributes alone: `cfg`s and tests around it. For what is no expression. */
import type { Attributes, Item, RustFile } from "../rust/index.ts";
import type { Guard } from "../tls/facts.ts";
import { attributeAtoms, type Features } from "./guards.ts";
import { guardsOf } from "./path-conditions.ts";

export function guardsAt(offset: number, rust: RustFile, file: string, features: Features | undefined): readonly Guard[] {
  const around: Attributes[] = rust.attributes ? [rust.attributes] : [];
  let items: readonly Item[] = rust.items;
  for (;;) {
    const item = items.find((it) => it.span.start <= offset && offset < it.span.end);
    if (!item) break;
    around.push(item.attributes);
    items = innerItems(item);
  }
  return guardsOf(around.flatMap((it) => attributeAtoms(it, file, features)));
}

function innerItems(item: Item): readonly Item[] {
  switch (item.kind) {
    case "module":
      return item.items ?? [];
    case "impl":
    case "trait":
    case "other":
      return item.items;
    default:
      return [];
  }
}
