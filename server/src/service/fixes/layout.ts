/** The items that a fix changed, laid out. */
import type { TextEdit } from "../../base/text-edit.ts";
import { layoutAfter } from "../../remedies/index.ts";
import type { RustFile } from "../../rust/index.ts";
import { madeItems } from "./touched-items.ts";

/** The edits are stated against the text that `edits` made. */
export const laidOut = (rust: RustFile, edits: readonly TextEdit[], parse: (text: string) => RustFile | undefined): readonly TextEdit[] =>
  madeItems(rust, edits, parse).flatMap(({ old, made, own, shift }) =>
    layoutAfter(old, made, own, rust.text).map(({ span, text }) => ({ span: { start: span.start + shift, end: span.end + shift }, text })),
  );
