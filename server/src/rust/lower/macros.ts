/** The tokens of macro calls, read as Rust: arguments, statements or items. */
import { type Span, span, touches } from "../../base/span.ts";
import type { Block, Expression } from "../ast.ts";
import { unknown } from "./expressions.ts";
import type { MacroTokens } from "./lowering.ts";
import { rewrite } from "./macro-tokens.ts";

/** A text as statements; `at` is where it starts in the file. */
export interface Fragment {
  readonly block: Block;
  readonly errors: readonly Span[];
}
export type FragmentParser = (text: string, at: number) => Fragment;

/** Nested macros are parsed once a level: that much in total, and no token tree larger than this. */
const FEWEST_UNITS = 10_000;
const MOST_PASSES = 4;
const LARGEST_TOKENS = 1 << 16;
/** A list longer than this is a table of something, not a call. */
const MOST_RETRIES = 40;
const DEEPEST_MACRO = 6;

export class Macros {
  #units: number;

  constructor(units: number) {
    this.#units = FEWEST_UNITS + MOST_PASSES * units;
  }

  /** `tree`: the text at `place`, with its delimiters. */
  read(place: Span, macro: string, tree: string, level: number, parse: FragmentParser): MacroTokens | undefined {
    if (level >= DEEPEST_MACRO) return undefined;
    const rewritten = rewrite(tree.slice(1, -1), macro);
    const at = place.start + 1;
    const parsed = this.#fragment(rewritten.text, at, parse);
    const block: Block = { statements: [], items: [], ...parsed?.block, span: place };
    if (rewritten.repeat && tree.startsWith("[")) return { block, arguments: repeated(block, place), list: true };
    if (rewritten.slots === undefined || tree.startsWith("{") || block.items.length > 0) return { block, arguments: [], list: false };
    const slots = rewritten.slots.map((slot) => span(slot.start + at, slot.end + at));
    const found = argumentsOf(slots, block, parsed?.errors ?? []);
    const retried = found.map((it, index): Expression => {
      const slot = slots[index];
      if (it.kind !== "unknown" || slot === undefined || found.length > MOST_RETRIES) return it;
      // Its neighbour's syntax may have swallowed it: alone it may parse.
      const text = rewritten.text.slice(slot.start - at, slot.end - at);
      const alone = text.includes("(") || index === 0 ? this.#fragment(text, slot.start, parse) : undefined;
      return alone === undefined ? it : (argumentsOf([slot], alone.block, alone.errors)[0] ?? it);
    });
    return { block, arguments: retried.every((it) => it.kind === "unknown" && it.parts.length === 0) ? [] : retried, list: true };
  }

  #fragment(inside: string, at: number, parse: FragmentParser): Fragment | undefined {
    if (inside.trim() === "" || inside.length > LARGEST_TOKENS || inside.length > this.#units) return undefined;
    this.#units -= inside.length;
    return parse(inside, at);
  }
}

/** One expression for each slot; `unknown` where a slot is no expression. */
function argumentsOf(slots: readonly Span[], block: Block, errors: readonly Span[]): Expression[] {
  const expressions = expressionsOf(block);
  let next = 0;
  return slots.map((slot) => {
    const inside: Expression[] = [];
    for (; next < expressions.length; next++) {
      const expression = expressions[next];
      if (expression === undefined || expression.span.start >= slot.end) break;
      inside.push(expression);
    }
    const [only] = inside;
    const whole = only !== undefined && inside.length === 1 && only.kind !== "unknown" && only.span.end <= slot.end;
    return whole && !errors.some((it) => touches(it, slot)) ? only : unknown(slot, "tokens of a macro", inside);
  });
}

function repeated(block: Block, place: Span): Expression[] {
  const [element, count, more] = expressionsOf(block);
  if (element === undefined || count === undefined || more !== undefined) return [];
  return [{ span: place, kind: "repeat", element, count }];
}

function expressionsOf(block: Block): Expression[] {
  const found = block.statements.flatMap((it) => (it.kind === "expression" ? [it.expression] : []));
  return block.tail === undefined ? found : [...found, block.tail];
}
