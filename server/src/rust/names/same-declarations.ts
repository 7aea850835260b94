/** Whether two texts of a file declare the same, so that only bodies of functions differ: definition maps do not look into those. */
import type { ScannedFile, TreeItem } from "../items/index.ts";

export interface ScannedText {
  readonly text: string;
  readonly scanned: ScannedFile;
}

export function declareTheSame(before: ScannedText, after: ScannedText): boolean {
  if (JSON.stringify(before.scanned.tree) !== JSON.stringify(after.scanned.tree)) return false;
  return wholeItems(before.scanned.tree.items).every((it) => textOf(it, before) === textOf(it, after));
}

/** Those of which a tree has the head alone, and more than that counts: fields and variants, and what macros are made of. */
const WHOLE: ReadonlySet<TreeItem["kind"]> = new Set(["struct", "enum", "union", "macro-rules", "macro-call"]);

const wholeItems = (items: readonly TreeItem[]): readonly TreeItem[] =>
  items.flatMap((it) => (it.items === undefined ? (WHOLE.has(it.kind) ? [it] : []) : wholeItems(it.items)));

const textOf = ({ index }: TreeItem, { text, scanned: { spans } }: ScannedText): string => text.slice(spans.start(index), spans.end(index));
