/** Which items an edit is in: what is parsed by itself to see whether a text is whole there. */
import { covers, type Span, span } from "../../base/span.ts";
import { type ScannedFile, scan } from "../../rust/index.ts";

type Items = ScannedFile["tree"]["items"];

/**
 * The smallest first: the items that `changed` is in, or what stands between two, then with the item behind, to which an attribute or a
 * comment belongs. Each begins and ends where items do.
 */
export function regionsAround(text: string, changed: Span): readonly Span[] {
  const { tree, spans } = scan(text);
  let items: Items = tree.items;
  let within = span(0, text.length);
  const spanOf = ({ index }: Items[number]): Span => span(spans.start(index), spans.end(index));
  for (;;) {
    const around: Items[number] | undefined = items.find((it) => holds(it, changed));
    const inner = around && inside(around);
    if (around?.items === undefined || inner === undefined) break;
    items = around.items;
    within = inner;
  }
  const touched = items.map(spanOf).filter((it) => it.start < changed.end && changed.start < it.end);
  const [first, last] = [touched[0], touched.at(-1)];
  if (first !== undefined && last !== undefined) return [span(Math.min(first.start, changed.start), Math.max(last.end, changed.end))];
  const before = items.map(spanOf).filter((it) => it.end <= changed.start);
  const behind = items.map(spanOf).find((it) => it.start >= changed.end);
  const start = before.at(-1)?.end ?? within.start;
  return [span(start, behind?.start ?? within.end), ...(behind === undefined ? [] : [span(start, behind.end)])];

  function holds(item: Items[number], it: Span): boolean {
    const inner = item.items && inside(item);
    return inner !== undefined && covers(inner, it);
  }

  /** Between the braces of what holds items. */
  function inside({ index }: Items[number]): Span | undefined {
    const open = spans.body(index);
    const end = spans.end(index);
    return open === undefined || text[end - 1] !== "}" ? undefined : span(open + 1, end - 1);
  }
}
