/**
 * Whether edits may leave anything behind, from the texts alone: most take no use of what the files declare or import, and then
 * nothing has to be parsed to find that out. In doubt the answer is yes.
 */
import type { TextEdit } from "../../base/text-edit.ts";
import type { RustFile } from "../../rust/index.ts";
import { declarationsOf } from "./declarations.ts";

export interface ChangedFile {
  readonly before: RustFile;
  readonly edits: readonly TextEdit[];
}

export function mayLeave(changes: readonly ChangedFile[], files: readonly RustFile[]): boolean {
  const lost = changes.flatMap(({ before, edits }) => lostWords(before.text, edits));
  if (lost.length === 0) return false;
  return files.some((file) => {
    const names = namesOf(file);
    return lost.some((it) => names.has(it));
  });
}

const known = new WeakMap<RustFile, ReadonlySet<string>>();

/** What may go: items and imports, by name. */
function namesOf(file: RustFile): ReadonlySet<string> {
  const kept = known.get(file);
  if (kept !== undefined) return kept;
  const { items, uses } = declarationsOf(file);
  const names = new Set([...items.map((it) => it.name), ...uses.flatMap((it) => it.imports.flatMap((one) => one.name ?? []))]);
  known.set(file, names);
  return names;
}

/** Words that stand less often in a text when it is edited. */
function lostWords(text: string, edits: readonly TextEdit[]): readonly string[] {
  const counts = new Map<string, number>();
  const count = (part: string, by: 1 | -1): void => {
    for (const word of namings(part)) counts.set(word, (counts.get(word) ?? 0) + by);
  };
  for (const { span, text: added } of edits) {
    // Whole words, and what tells a method's name.
    const head = /[\w.\s]{0,32}$/.exec(text.slice(Math.max(0, span.start - 32), span.start))?.[0] ?? "";
    const tail = /^\s*[\p{ID_Continue}]*/u.exec(text.slice(span.end, span.end + 64))?.[0] ?? "";
    count(head + text.slice(span.start, span.end) + tail, -1);
    // What a comment names is no use.
    count(head + added.replace(/\/\/.*|\/\*[\s\S]*?\*\//g, "") + tail, 1);
  }
  return [...counts].flatMap(([word, by]) => (by < 0 ? [word] : []));
}

/** Words that are no method's or field's. */
const namings = (text: string): readonly string[] =>
  [...text.matchAll(/[\p{ID_Start}_][\p{ID_Continue}]*/gu)].flatMap((it) =>
    /(?:^|[^.])\.\s*$/.test(text.slice(Math.max(0, it.index - 24), it.index)) ? [] : [it[0]],
  );
