/** The items that a fix changed, laid out: they are parsed before and after it, each by itself, for the rest of the file may be long. */
import { applyEdits, type TextEdit } from "../../base/text-edit.ts";
import { layoutAfter } from "../../remedies/index.ts";
import type { RustFile } from "../../rust/index.ts";
import { touchedItems } from "./touched-items.ts";

/** The edits are stated against the text that `edits` made. */
export function laidOut(rust: RustFile, edits: readonly TextEdit[], parse: (text: string) => RustFile | undefined): readonly TextEdit[] {
  const found: TextEdit[] = [];
  for (const { span, own } of touchedItems(rust, edits)) {
    // An item of its own starts a line here, however it is indented there.
    const before = rust.text.slice(span.start, span.end);
    const old = parse(before);
    const made = parse(applyEdits(before, own));
    const shift = edits
      .filter((it) => it.span.end <= span.start)
      .reduce((sum, it) => sum + it.text.length - (it.span.end - it.span.start), span.start);
    if (old !== undefined && made !== undefined)
      for (const it of layoutAfter(old, made, own, rust.text))
        found.push({ span: { start: it.span.start + shift, end: it.span.end + shift }, text: it.text });
  }
  return found;
}
