/** The guards under which a place of a file stands by what is around it alone: `cfg`s, tests, documentation. For what is no expression. */
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
  const shown = isDocumentation(offset, rust) ? [{ kind: "example" } as const] : [];
  return [...shown, ...guardsOf(around.flatMap((it) => attributeAtoms(it, file, features)))];
}

/** What a doc comment holds is shown to readers: nothing runs it but rustdoc, as a test. */
function isDocumentation(offset: number, { comments, text }: RustFile): boolean {
  const comment = comments.find((it) => it.start <= offset && offset < it.end);
  return comment !== undefined && /^(?:\/\/[/!]|\/\*[*!])/.test(text.slice(comment.start, comment.start + 3));
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
