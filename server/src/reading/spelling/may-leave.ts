/**
 * Whether edits may leave anything behind, from the texts alone: most take no use of what the files declare or import, and then
 * nothing has to be parsed to find that out. In doubt the answer is yes.
 */
import type { TextEdit } from "../../base/text-edit.ts";
import type { CrateModel } from "../../models/model.ts";
import type { RustFile } from "../../rust/index.ts";
import { declarationsOf } from "./declarations.ts";
import { methodTraitsOf } from "./leftovers.ts";

export interface ChangedFile {
  readonly before: RustFile;
  readonly edits: readonly TextEdit[];
}

export function mayLeave(changes: readonly ChangedFile[], files: readonly RustFile[], models: readonly CrateModel[]): boolean {
  const traits = methodTraitsOf(models);
  const methods = new Set([...traits.values()].flat());
  const lost = changes.flatMap(({ before, edits }) => lostWords(before.text, edits, methods));
  if (lost.length === 0) return false;
  return files.some((file) => {
    const names = namesOf(file, traits);
    return lost.some((it) => names.has(it));
  });
}

const known = new WeakMap<RustFile, ReadonlySet<string>>();

/** What may go: items and imports, by name; of a trait that only brings methods, by those. */
function namesOf(file: RustFile, traits: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const kept = known.get(file);
  if (kept !== undefined) return kept;
  const { items, uses } = declarationsOf(file);
  const imports = uses.flatMap((it) => it.imports);
  const names = new Set([
    ...items.map((it) => it.name),
    ...imports.flatMap((it) => [...(it.name === undefined ? [] : [it.name]), ...(traits.get(it.path.join("::")) ?? [])]),
  ]);
  known.set(file, names);
  return names;
}

/** Words that stand less often in a text when it is edited. */
function lostWords(text: string, edits: readonly TextEdit[], methods: ReadonlySet<string>): readonly string[] {
  const counts = new Map<string, number>();
  const count = (part: string, by: 1 | -1): void => {
    for (const word of namings(part, methods)) counts.set(word, (counts.get(word) ?? 0) + by);
  };
  for (const { span, text: added } of edits) {
    // Whole words, and what tells a method's name.
    const head = /(?<![\w.\s])[\w.\s]*$/.exec(text.slice(Math.max(0, span.start - 32), span.start))?.[0] ?? "";
    const tail = /^\s*[\p{ID_Continue}]*/u.exec(text.slice(span.end, span.end + 64))?.[0] ?? "";
    count(head + text.slice(span.start, span.end) + tail, -1);
    // What a comment names is no use.
    count(head + added.replace(/\/\/.*|\/\*[\s\S]*?(?:\*\/|$)/g, "") + tail, 1);
  }
  return [...counts].flatMap(([word, by]) => (by < 0 ? [word] : []));
}

/** Words that are no method's or field's, and these methods. */
const namings = (text: string, methods: ReadonlySet<string>): readonly string[] =>
  [...text.matchAll(/[\p{ID_Start}_][\p{ID_Continue}]*/gu)].flatMap((it) =>
    !methods.has(it[0]) && /(?:^|[^.])\.\s*$/.test(text.slice(Math.max(0, it.index - 24), it.index)) ? [] : [it[0]],
  );
