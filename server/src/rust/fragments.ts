/** The lowering of one text, and of the token trees inside it, which are parsed as texts of their own. */

import type { Node } from "web-tree-sitter";
import { type Span, span, touches } from "../base/span.ts";
import type { Block, Expression } from "./ast.ts";
import { blockOf } from "./lower-blocks.ts";
import { expressionOf, unknown } from "./lower-expressions.ts";
import { itemOf } from "./lower-items.ts";
import { DEEPEST_MACRO, type Lowering, type Tokens } from "./lowering.ts";
import { rewrite } from "./macro-tokens.ts";
import { childOf, firstOf, type Syntax } from "./syntax.ts";

/** Parses a text of its own and moves everything by `shift`. Undefined when it took too long. */
export type FragmentParser = (text: string, shift: number) => { readonly root: Syntax; readonly errors: readonly Span[] } | undefined;

export function createLowering(text: string, parse: FragmentParser, copy: (node: Node) => Syntax | undefined): Lowering {
  const allowance = { units: FEWEST_UNITS + MOST_PASSES * text.length };
  return loweringOf(text, 0, { parse, copy, allowance }, 0);
}

/** Nested macros are parsed once a level: that much in total, and no token tree larger than this. */
const FEWEST_UNITS = 10_000;
const MOST_PASSES = 4;
const LARGEST_TOKENS = 1 << 16;
/** A list longer than this is a table of something, not a call. */
const MOST_RETRIES = 40;

/** A function takes statements, a last expression and items alike. */
const BEFORE = "fn f(){";
const AFTER = "\n}";

interface Tools {
  readonly parse: FragmentParser;
  readonly copy: (node: Node) => Syntax | undefined;
  readonly allowance: { units: number };
}

/** `shift`: where `text` starts in the file. */
function loweringOf(text: string, shift: number, tools: Tools, level: number): Lowering {
  const lowering: Lowering = {
    text: (place) => text.slice(place.start - shift, place.end - shift),
    expression: (node) => expressionOf(node, lowering),
    block: (node) => blockOf(node, lowering),
    item: (node, attributes) => itemOf(node, attributes, lowering),
    fetch: (node) => (node.deferred === undefined ? node : tools.copy(node.deferred)),
    tokens: (place, macro) => (level >= DEEPEST_MACRO ? undefined : tokensOf(place, macro, lowering.text(place), tools, level)),
    depth: 0,
    levels: 0,
  };
  return lowering;
}

function tokensOf(place: Span, macro: string, tree: string, tools: Tools, level: number): Tokens | undefined {
  const rewritten = rewrite(tree.slice(1, -1), macro);
  const at = place.start + 1;
  const parsed = fragmentOf(rewritten.text, at, tools, level);
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
    const alone = text.includes("(") || index === 0 ? fragmentOf(text, slot.start, tools, level) : undefined;
    return alone === undefined ? it : (argumentsOf([slot], alone.block, alone.errors)[0] ?? it);
  });
  return { block, arguments: retried.every((it) => it.kind === "unknown" && it.parts.length === 0) ? [] : retried, list: true };
}

interface Fragment {
  readonly block: Block;
  readonly errors: readonly Span[];
}

function fragmentOf(inside: string, at: number, tools: Tools, level: number): Fragment | undefined {
  if (inside.trim() === "" || inside.length > LARGEST_TOKENS || inside.length > tools.allowance.units) return undefined;
  tools.allowance.units -= inside.length;
  const text = BEFORE + inside + AFTER;
  const shift = at - BEFORE.length;
  const parsed = tools.parse(text, shift);
  const body = parsed === undefined ? undefined : firstOf(parsed.root, "function_item");
  const node = body === undefined ? undefined : childOf(body, "body");
  if (parsed === undefined || node === undefined) return undefined;
  return { block: loweringOf(text, shift, tools, level + 1).block(node), errors: parsed.errors };
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
