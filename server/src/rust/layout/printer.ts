/** What the parts of the layout need of each other: how an expression is printed within a shape, and where. */

import type { Span } from "../../base/span.ts";
import type { Block, Expression } from "../ast.ts";
import type { Shape } from "./shape.ts";

/** What surrounds an expression and changes how it may be broken. */
export interface Context {
  /** It stands in the arguments of a macro. */
  readonly inMacro: boolean;
  /** A chain in it must not be broken before its last call. */
  readonly chainOnOneLine: boolean;
  /** It is a statement or the value of a block or an arm, whose `if` is not written on one line. */
  readonly isStatement: boolean;
}
export const PLAIN: Context = { inMacro: false, chainOnOneLine: false, isStatement: false };

export interface Printer {
  /** Columns of one level. */
  readonly tab: number;
  text(span: Span): string;
  hasComment(span: Span): boolean;
  /** As rustfmt would print it; undefined where it does not fit, or is nothing that is laid out here. */
  expression(it: Expression, shape: Shape, around: Context): string | undefined;
  /** `{ … }` with a statement a line, or `{}`. */
  block(it: Block, shape: Shape, around: Context): string | undefined;
}

/** With the parentheses around it. */
export const outerSpan = ({ span, parentheses }: Expression): Span => parentheses ?? span;

/** What decides how an expression is broken: parentheses hide what is in them. */
export const kindOf = ({ kind, parentheses }: Expression): Expression["kind"] | "parenthesized" =>
  parentheses === undefined ? kind : "parenthesized";

/** Without `&`, `!`, `?`, `as …` around it: what these stand at decides how the whole is broken. */
export function withoutOperators(it: Expression): Expression {
  if (it.parentheses !== undefined) return it;
  return it.kind === "reference" || it.kind === "try" || it.kind === "unary" || it.kind === "cast" ? withoutOperators(it.operand) : it;
}
