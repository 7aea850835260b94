/** A fix that makes the program panic where it went on before is for a person to look at, and says so: that holds for every recipe. */
import { applyEdits, type FileEdits } from "../../base/text-edit.ts";
import { panicsIn } from "../../remedies/index.ts";
import type { RustFile } from "../../rust/index.ts";
import { touchedItems } from "./touched-items.ts";

export interface Parsing {
  rustOf(file: string): RustFile | undefined;
  parse(text: string): RustFile | undefined;
}

/** Whether the edited items have more places that end the program than they had. */
export const addsPanics = (changes: readonly FileEdits[], { rustOf, parse }: Parsing): boolean =>
  changes.some(({ file, edits }) => {
    const rust = rustOf(file);
    // Most edits bring no such word, and nothing has to be parsed for them.
    if (rust === undefined || !edits.some((it) => WORDS.some((word) => it.text.includes(word)))) return false;
    return touchedItems(rust, edits).some(({ span, own }) => {
      const before = rust.text.slice(span.start, span.end);
      const [old, made] = [parse(before), parse(applyEdits(before, own))].map((it) => it && panicsIn(it));
      // What could not be parsed may do anything.
      return old === undefined || made === undefined || made > old;
    });
  });

const WORDS = ["expect", "unwrap", "panic", "assert", "todo", "unimplemented", "unreachable"];
