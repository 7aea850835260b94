/** The items that a fix changed, looked through for sides of decisions that it made alike. */
import { ok, type Result } from "../../base/result.ts";
import { movedBy, type TextEdit } from "../../base/text-edit.ts";
import { type Merged, mergedBranches } from "../../remedies/index.ts";
import type { RustFile } from "../../rust/index.ts";
import { madeItems } from "./touched-items.ts";

/** The edits are stated against the text that `edits` made. */
export function withoutAlikeBranches(
  rust: RustFile,
  edits: readonly TextEdit[],
  parse: (text: string) => RustFile | undefined,
): Result<Merged, string> {
  const found: TextEdit[] = [];
  let title: string | undefined;
  for (const { made, own, shift } of madeItems(rust, edits, parse)) {
    const changed = own.map((it) => {
      const { start } = movedBy(
        own.filter((other) => other !== it && other.span.start < it.span.start),
        it.span,
      );
      return { start, end: start + it.text.length };
    });
    const merged = mergedBranches(made, changed);
    if (!merged.ok) return merged;
    title ??= merged.value.title;
    for (const { span, text } of merged.value.edits) found.push({ span: { start: span.start + shift, end: span.end + shift }, text });
  }
  return ok({ edits: found, ...(title === undefined ? {} : { title }) });
}
