/** What the lowering functions share: the text, and the ways into each other that would else be import cycles. */
import type { Span } from "../base/span.ts";
import type { Attributes, Block, Expression, Item } from "./ast.ts";
import type { Syntax } from "./syntax.ts";

export interface Lowering {
  text(span: Span): string;
  expression(node: Syntax): Expression;
  block(node: Syntax): Block;
  item(node: Syntax, attributes: Attributes): Item | undefined;
  /** The nodes of a body that was left in the tree; undefined once the tree is gone. */
  fetch(node: Syntax): Syntax | undefined;
  /** What stands between the delimiters of a macro call or in a rule of `macro_rules!`, read as Rust. Undefined where it cannot be. */
  tokens(tokens: Span, macro: string): Tokens | undefined;
  /** Levels of expressions around the current one. */
  depth: number;
  /** Levels of modules, traits, impls and blocks of items. */
  levels: number;
}

export interface Tokens {
  readonly block: Block;
  /** Where commas separate: one expression each. */
  readonly arguments: readonly Expression[];
  /** Whether the tokens are a list of arguments rather than statements or items. */
  readonly list: boolean;
}

/** More levels than a person writes, few enough that whoever walks the result by recursion keeps its stack. */
export const DEEPEST_EXPRESSION = 200;
export const LONGEST_CHAIN = 1000;
export const DEEPEST_TYPE = 40;
export const DEEPEST_ITEM = 200;
export const DEEPEST_MACRO = 6;

export const spanOf = (node: Span): Span => ({ start: node.start, end: node.end });

/** Computes once, on the first call. */
export function once<T>(compute: () => T): () => T {
  let kept: { readonly value: T } | undefined;
  return () => {
    kept ??= { value: compute() };
    return kept.value;
  };
}
