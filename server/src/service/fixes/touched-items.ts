/** The outermost items of a file that edits change: what a fix does to its code is looked at there, and not in the whole file. */
import { covers, type Span, touching } from "../../base/span.ts";
import { applyEdits, type TextEdit } from "../../base/text-edit.ts";
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

export interface MadeItem extends TouchedItem {
  readonly old: RustFile;
  readonly made: RustFile;
  /** How far its places lie before those of the whole text, once it is edited. */
  readonly shift: number;
}

/** Each parsed by itself before and after the edits, for the rest of the file may be long. */
export function madeItems(rust: RustFile, edits: readonly TextEdit[], parse: (text: string) => RustFile | undefined): readonly MadeItem[] {
  return touchedItems(rust, edits).flatMap(({ span, own }) => {
    // An item of its own starts a line here, however it is indented there.
    const before = rust.text.slice(span.start, span.end);
    const old = parse(before);
    const made = parse(applyEdits(before, own));
    const shift = edits
      .filter((it) => it.span.end <= span.start)
      .reduce((sum, it) => sum + it.text.length - (it.span.end - it.span.start), span.start);
    return old === undefined || made === undefined ? [] : [{ span, own, old, made, shift }];
  });
}

export const isBetweenItems = (rust: RustFile, edit: TextEdit): boolean => itemsIn(rust, edit.span).length === 0;

const itemsIn = ({ items }: RustFile, edit: Span): readonly Item[] => touching(items, edit).filter((it) => overlaps(it.span, edit));

/** An insertion at an item's edge stands beside it. */
const overlaps = (item: Span, edit: Span): boolean =>
  edit.start === edit.end
    ? item.start < edit.start && edit.start < item.end
    : covers(item, edit) || (item.start < edit.end && edit.start < item.end);
