/** What calls of `macro_rules!` in item place make, as texts. Bounded by how deep macros call macros, and by how much they make. */
import { DEEPEST_EXPANSION, MOST_EXPANDED } from "../bounds.ts";
import type { Declared } from "./definitions.ts";
import { type Binding, type Bindings, match, namesIn } from "./macro-match.ts";
import { isOpening, type Part, type Rule, rulesOf, treeOf } from "./macro-pattern.ts";

export type Expanded =
  | { readonly kind: "text"; readonly text: string }
  /** No rule fits. */
  | { readonly kind: "none" }
  | { readonly kind: "cut"; readonly why: string };

/** How `$crate` is written: no crate has such a name. */
const CRATE_MARK = "__crate_";

const markOf = (crate: number): string => `${CRATE_MARK}${crate}`;
export const markedCrate = (name: string): number | undefined =>
  name.startsWith(CRATE_MARK) ? Number(name.slice(CRATE_MARK.length)) : undefined;

export class Expansions {
  readonly #rules = new Map<Declared, readonly Rule[]>();
  #left = MOST_EXPANDED;

  /** `depth`: how many macros made the call. */
  of(macro: Declared, call: string, depth: number): Expanded {
    if (depth >= DEEPEST_EXPANSION) return { kind: "cut", why: `macros call each other more than ${DEEPEST_EXPANSION} deep` };
    const tree = treeOf(call);
    let open = 0;
    while (open < tree.tokens.count && !isOpening(tree.tokens.kinds[open] ?? 0)) open++;
    const close = tree.partners[open] ?? 0;
    for (const { left, right } of this.#rulesOf(macro)) {
      const bindings = match(tree, open + 1, close, left);
      if (bindings === undefined) continue;
      const writer = new Writer(markOf(macro.module.crate.index), this.#left);
      writer.write(right, bindings);
      this.#left -= writer.size;
      return writer.size > this.#left
        ? { kind: "cut", why: `macros make more than ${MOST_EXPANDED} characters` }
        : { kind: "text", text: writer.text };
    }
    return { kind: "none" };
  }

  #rulesOf(macro: Declared): readonly Rule[] {
    const known = this.#rules.get(macro);
    if (known !== undefined) return known;
    const made = rulesOf(macro.textFromName);
    this.#rules.set(macro, made);
    return made;
  }
}

class Writer {
  readonly #crate: string;
  readonly #most: number;
  readonly #pieces: string[] = [];
  size = 0;

  constructor(crate: string, most: number) {
    this.#crate = crate;
    this.#most = most;
  }

  get text(): string {
    return this.#pieces.join("");
  }

  write(parts: readonly Part[], bindings: Bindings): void {
    for (const part of parts) {
      if (this.size > this.#most) return;
      switch (part.kind) {
        case "token":
          this.#push(part.text);
          break;
        case "crate":
          this.#push(this.#crate);
          break;
        case "group":
          this.#push(part.open);
          this.write(part.parts, bindings);
          this.#push(CLOSING[part.open] ?? "");
          break;
        case "variable": {
          const bound = bindings.get(part.name);
          this.#push(typeof bound === "string" ? bound : `$${part.name}`);
          break;
        }
        case "repetition":
          this.#turns(part, bindings);
      }
    }
  }

  /** As many as the lists have that are used in it. */
  #turns({ parts, separator }: Part & { readonly kind: "repetition" }, bindings: Bindings): void {
    const lists = namesIn(parts).flatMap((name): readonly (readonly [string, readonly Binding[]])[] => {
      const bound = bindings.get(name);
      return bound === undefined || typeof bound === "string" ? [] : [[name, bound]];
    });
    const turns = Math.max(0, ...lists.map(([, list]) => list.length));
    for (let turn = 0; turn < turns && this.size <= this.#most; turn++) {
      if (turn > 0) this.#push(separator);
      const own: Bindings = new Map(bindings);
      for (const [name, list] of lists) own.set(name, list[turn] ?? "");
      this.write(parts, own);
    }
  }

  /** A blank keeps words apart, and nothing else, for the parts of an operator are tokens that touch. */
  #push(text: string): void {
    const last = this.#pieces.at(-1)?.at(-1) ?? " ";
    const piece = isWord(last) && isWord(text[0] ?? " ") ? ` ${text}` : text;
    if (piece === "") return;
    this.#pieces.push(piece);
    this.size += piece.length;
  }
}

const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };
const isWord = (character: string): boolean => /[\p{ID_Continue}'"#]/u.test(character);
