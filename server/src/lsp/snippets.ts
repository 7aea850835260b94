/** Edits with placeholders, for clients that take snippets in edits: the cursor goes to what the user has to fill in. */
import type { SnippetTextEdit, TextEdit } from "vscode-languageserver";
import type { Span } from "../base/span.ts";
import type { TextEdit as Edit } from "../base/text-edit.ts";

/** `placeholders` are spans of the edited text. Edits without one stay plain. */
export function snippetsOf(
  edits: readonly Edit[],
  placeholders: readonly Span[],
  convert: (edit: Edit) => TextEdit,
): (TextEdit | SnippetTextEdit)[] {
  let grown = 0;
  let stop = 0;
  return [...edits]
    .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)
    .map((edit) => {
      const start = edit.span.start + grown;
      const end = start + edit.text.length;
      grown += edit.text.length - (edit.span.end - edit.span.start);
      const inside = placeholders.filter((it) => start <= it.start && it.end <= end).sort((a, b) => a.start - b.start);
      if (inside.length === 0) return convert(edit);
      let value = "";
      let at = 0;
      for (const placeholder of inside) {
        value += literal(edit.text.slice(at, placeholder.start - start));
        value += `\${${++stop}:${literal(edit.text.slice(placeholder.start - start, placeholder.end - start))}}`;
        at = placeholder.end - start;
      }
      value += literal(edit.text.slice(at));
      return { range: convert(edit).range, snippet: { kind: "snippet", value } };
    });
}

const literal = (text: string): string => text.replace(/[\\$}]/g, "\\$&");
