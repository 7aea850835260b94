/** The outermost items of a file that edits change: what a fix does to its code is looked at there, and not in the whole file. */
import { covers, type Span, touching } from "../../base/span.ts";
import type { TextEdit } from "../../base/text-edit.ts";
import type { Item, RustFile } from "../../rust/index.ts";

export interface TouchedItem {
  /** With all of the edits that change it. */
  readonly span: Span;
  /** Those edits, with places from the start of the span. */
  readonly own: readonly TextEdit[];
}

export function touchedItems(rust: RustFile, edits: readonly TextEdit[]): readonly TouchedItem[] {
  const touched = new Set(edits.flatMap((edit) => itemsIn(rust, edit.span)));
  const inOrder = [...touched].sort((a, b) => a.span.start - b.span.start);
  return inOrder.map((item) => {
    const own = edits.filter((edit) => overlaps(item.span, edit.span));
    const start = Math.min(item.span.start, ...own.map((it) => it.span.start));
    const end = Math.max(item.span.end, ...own.map((it) => it.span.end));
    const moved = own.map((it) => ({ span: { start: it.span.start - start, end: it.span.end - start }, text: it.text }));
    return { span: { start, end }, own: moved };
  });
}

export const isBetweenItems = (rust: RustFile, edit: TextEdit): boolean => itemsIn(rust, edit.span).length === 0;

const itemsIn = ({ items }: RustFile, edit: Span): readonly Item[] => touching(items, edit).filter((it) => overlaps(it.span, edit));

/** An insertion at an item's edge stands beside it. */
const overlaps = (item: Span, edit: Span): boolean =>
  edit.start === edit.end
    ? item.start < edit.start && edit.start < item.end
    : covers(item, edit) || (item.start < edit.end && edit.start < item.end);
