/** Changes to a text: replacements that are stated against the original and applied together. */
import type { Span } from "./span.ts";

export interface TextEdit {
  readonly span: Span;
  readonly text: string;
}

/** Changes to one file. */
export interface FileEdits {
  readonly file: string;
  readonly edits: readonly TextEdit[];
}

/** One entry a file, in the order in which the files are first named. */
export function byFile(all: readonly FileEdits[]): FileEdits[] {
  const found = new Map<string, TextEdit[]>();
  for (const { file, edits } of all) found.set(file, [...(found.get(file) ?? []), ...edits]);
  return [...found].map(([file, edits]) => ({ file, edits: withoutDuplicates(edits) }));
}

/** Two edits conflict when they replace a common code unit; insertions at one place do not. */
export function conflict(a: TextEdit, b: TextEdit): boolean {
  return a.span.start < b.span.end && b.span.start < a.span.end;
}

/** Equal edits are kept once, so that two fixes may add the same import. */
export function withoutDuplicates(edits: readonly TextEdit[]): TextEdit[] {
  return edits.filter(
    (edit, index) =>
      edits.findIndex((it) => it.span.start === edit.span.start && it.span.end === edit.span.end && it.text === edit.text) === index,
  );
}

/** Applies edits that do not conflict, in the order of their places; insertions at one place keep their given order. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = "";
  let position = 0;
  for (const edit of [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)) {
    result += text.slice(position, edit.span.start) + edit.text;
    position = Math.max(position, edit.span.end);
  }
  return result + text.slice(position);
}
