/**
 * What calls of `macro_rules!` make, as texts. Each has a place of its own behind all files, so that what stands in it can be told apart,
 * and led back to where its tokens were written. Bounded by how deep macros call macros, and by how much they make.
 */
import type { Span } from "../../base/span.ts";
import { DEEPEST_EXPANSION, LARGEST_TEXT, MOST_EXPANDED } from "../bounds.ts";
import type { Declared } from "./definitions.ts";
import { type Expansion, ExpansionWriter, type MadeBy, type WrittenAt } from "./expansion.ts";
import { match } from "./macro-match.ts";
import { isOpening, type Rule, rulesOf, treeOf } from "./macro-pattern.ts";

export type Expanded =
  | { readonly kind: "text"; readonly made: Expansion }
  /** No rule fits. */
  | { readonly kind: "none" }
  | { readonly kind: "cut"; readonly why: string };

/** How `$crate` is written: no crate has such a name. */
const CRATE_MARK = "__crate_";

const markOf = (crate: number): string => `${CRATE_MARK}${crate}`;
export const markedCrate = (name: string): number | undefined =>
  name.startsWith(CRATE_MARK) ? Number(name.slice(CRATE_MARK.length)) : undefined;

/** No file is as long. */
const FIRST = 2 * LARGEST_TEXT;

export class Expansions {
  readonly #rules = new Map<Declared, readonly Rule[]>();
  /** In the order of their places. */
  readonly #made: Expansion[] = [];
  #next = FIRST;
  #left = MOST_EXPANDED;

  of(macro: Declared, call: MadeBy): Expanded {
    if (call.depth >= DEEPEST_EXPANSION) return { kind: "cut", why: `macros call each other more than ${DEEPEST_EXPANSION} deep` };
    const tree = treeOf(call.text);
    let open = 0;
    while (open < tree.tokens.count && !isOpening(tree.tokens.kinds[open] ?? 0)) open++;
    const close = tree.partners[open] ?? 0;
    for (const { left, right } of this.#rulesOf(macro)) {
      const bindings = match(tree, open + 1, close, left);
      if (bindings === undefined) continue;
      const writer = new ExpansionWriter(markOf(macro.module.crate.index), this.#left);
      writer.write(right, bindings);
      this.#left -= writer.size;
      if (this.#left < 0) return { kind: "cut", why: `macros make more than ${MOST_EXPANDED} characters` };
      return { kind: "text", made: this.#kept(writer.finish({ at: this.#next, call, macro })) };
    }
    return { kind: "none" };
  }

  /** It is called no more: others may make as much in its place. */
  forget(made: Expansion): void {
    this.#left += made.text.length;
    const at = this.#made.indexOf(made);
    if (at >= 0) this.#made.splice(at, 1);
  }

  /** What was made, of a place in it; undefined for a place in a file. */
  around(position: number): Expansion | undefined {
    if (position < FIRST) return undefined;
    let [low, high] = [0, this.#made.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#made[middle]?.at ?? 0) <= position) low = middle + 1;
      else high = middle;
    }
    return this.#made[low - 1];
  }

  /** Where in a file something was written: of what only a call and its macro together make, the call. */
  written(path: string, span: Span): WrittenAt {
    let at: WrittenAt = { path, span };
    for (let made = this.around(at.span.start); made !== undefined; made = this.around(at.span.start)) at = made.written(at.span);
    return at;
  }

  /** As `written`, but in the macro, where a variable of it stands for each argument; undefined if it is not in one macro. */
  writtenInMacro(span: Span): WrittenAt | undefined {
    const found = this.around(span.start)?.writtenInMacro(span);
    return found === undefined || this.around(found.span.start) !== undefined ? undefined : found;
  }

  /** Which expansion a name comes from that its macro has written: variables of that name are not those of who calls the macro. */
  hygiene(position: number): number {
    let at = position;
    for (let made = this.around(at); made !== undefined; made = this.around(at)) {
      const argument = made.argumentAt(at);
      if (argument === undefined) return made.at;
      at = argument;
    }
    return 0;
  }

  /** Whether two places are one in what the same call makes in two crates. */
  areSame(one: number, other: number): boolean {
    const [a, b] = [this.around(one), this.around(other)];
    if (a === undefined || b === undefined) return one === other;
    return one - a.at === other - b.at && a.call.path === b.call.path && this.areSame(a.call.start, b.call.start);
  }

  #kept(made: Expansion): Expansion {
    this.#next += made.text.length + 1;
    this.#made.push(made);
    return made;
  }

  #rulesOf(macro: Declared): readonly Rule[] {
    const known = this.#rules.get(macro);
    if (known !== undefined) return known;
    const made = rulesOf(macro.textFromName);
    this.#rules.set(macro, made);
    return made;
  }
}
