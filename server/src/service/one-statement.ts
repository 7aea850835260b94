/** Whether two places of a Rust file stand in one statement: no block, statement, item or field begins or ends between them. */
import { type Span, touching } from "../base/span.ts";
import { type Ancestor, itemAncestor, visitAll } from "../remedies/trail.ts";
import type { Item, RustFile } from "../rust/index.ts";

export function areInOneStatement(a: Span, b: Span, { items }: Pick<RustFile, "items">): boolean {
  const between = { start: Math.min(a.end, b.end), end: Math.max(a.start, b.start) };
  let isOne = true;
  visitAll(touching(items, between).map(itemAncestor), (it) => {
    if (partsOf(it).some((part) => parts(part, between))) isOne = false;
    return isOne && it.span.start < between.end && between.start < it.span.end;
  });
  return isOne;
}

/** Something begins at the second place only where it does so behind the first: what is put in before it is one with it. */
const parts = ({ start, end }: Span, between: Span): boolean =>
  (between.start < end && end <= between.end) || (between.start < start && start <= between.end);

/** What stands by itself in it, and itself if it does. */
function partsOf(it: Ancestor): readonly Span[] {
  switch (it.of) {
    case "item":
      return [it.span, ...declarationsIn(it.node)];
    case "block":
    case "statement":
      return [it.span];
    default:
      return [];
  }
}

function declarationsIn(item: Item): readonly Span[] {
  if (item.kind === "struct") return item.fields.map((it) => it.span);
  return item.kind === "enum" ? item.variants.flatMap((it) => [it.span, ...it.fields.map((field) => field.span)]) : [];
}
