/** A fix that makes the program panic where it went on before is for a person to look at, and says so: that holds for every recipe. */
import { applyEdits, type FileEdits } from "../../base/text-edit.ts";
import { panicsIn } from "../../remedies/index.ts";
import type { RustFile } from "../../rust/index.ts";
import { touchedItems } from "./touched-items.ts";

export interface Parsing {
  rustOf(file: string): RustFile | undefined;
  parse(text: string): RustFile | undefined;
}

export interface AddedPanics {
  readonly by: "calls" | "macros";
  /** The item ended the program nowhere before; `main` ends it in any case. */
  readonly isFirst: boolean;
}

/** By what the edited items end the program in more places than they did. */
export function addedPanics(changes: readonly FileEdits[], { rustOf, parse }: Parsing): AddedPanics | undefined {
  const added = changes.flatMap(({ file, edits }): readonly AddedPanics[] => {
    const rust = rustOf(file);
    // Most edits bring no such word, and nothing has to be parsed for them.
    if (rust === undefined || !edits.some((it) => WORDS.some((word) => it.text.includes(word)))) return [];
    return touchedItems(rust, edits).flatMap(({ span, own }): readonly AddedPanics[] => {
      const before = rust.text.slice(span.start, span.end);
      const item = parse(before);
      const [old, made] = [item, parse(applyEdits(before, own))].map((it) => it && panicsIn(it));
      // What could not be parsed may do anything.
      if (old === undefined || made === undefined) return [{ by: "calls", isFirst: false }];
      const isFirst = old.calls + old.macros === 0 && !isMain(item);
      if (made.calls > old.calls) return [{ by: "calls", isFirst }];
      return made.macros > old.macros ? [{ by: "macros", isFirst }] : [];
    });
  });
  const by = added.some((it) => it.by === "calls") ? "calls" : added[0]?.by;
  return by && { by, isFirst: added.some((it) => it.isFirst) };
}

const isMain = (file: RustFile | undefined): boolean => {
  const [item] = file?.items ?? [];
  return item?.kind === "function" && item.name === "main";
};

const WORDS = ["expect", "unwrap", "panic", "assert", "todo", "unimplemented", "unreachable"];
