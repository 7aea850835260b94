/** A fix that makes the program panic where it went on before is for a person to look at, and says so: that holds for every recipe. */
import { applyEdits, type FileEdits } from "../../base/text-edit.ts";
import { panicsIn } from "../../remedies/index.ts";
import type { RustFile } from "../../rust/index.ts";
import { touchedItems } from "./touched-items.ts";

export interface Parsing {
  rustOf(file: string): RustFile | undefined;
  parse(text: string): RustFile | undefined;
}

/** By what the edited items end the program in more places than they did. */
export function addedPanics(changes: readonly FileEdits[], { rustOf, parse }: Parsing): "calls" | "macros" | undefined {
  const added = changes.flatMap(({ file, edits }): readonly ("calls" | "macros")[] => {
    const rust = rustOf(file);
    // Most edits bring no such word, and nothing has to be parsed for them.
    if (rust === undefined || !edits.some((it) => WORDS.some((word) => it.text.includes(word)))) return [];
    return touchedItems(rust, edits).flatMap(({ span, own }) => {
      const before = rust.text.slice(span.start, span.end);
      const [old, made] = [parse(before), parse(applyEdits(before, own))].map((it) => it && panicsIn(it));
      // What could not be parsed may do anything.
      if (old === undefined || made === undefined || made.calls > old.calls) return ["calls"];
      return made.macros > old.macros ? ["macros"] : [];
    });
  });
  return added.includes("calls") ? "calls" : added[0];
}

const WORDS = ["expect", "unwrap", "panic", "assert", "todo", "unimplemented", "unreachable"];
