/** What stands behind `=` or `in`: on the same line, or indented on the next one where that looks better. */
import type { Expression } from "../ast.ts";
import type { Context, Printer } from "./printer.ts";
import {
  atIndent,
  columns,
  firstLine,
  fits,
  isMultiline,
  lastLine,
  lineCount,
  narrower,
  newline,
  offsetBy,
  reserved,
  type Shape,
} from "./shape.ts";

/** `head` ends with the sign; the shape is that of the whole. */
export function assigned(head: string, value: Expression, shape: Shape, printer: Printer, around: Context): string | undefined {
  const beside = offsetBy(shape, columns(lastLine(head)) + 1) ?? { ...shape, width: 0 };
  const first = printer.expression(value, beside, around);
  if (first !== undefined && !isMultiline(first) && columns(first) <= beside.width) return `${head} ${first}`;
  const below = narrower(atIndent(shape.indent + printer.tab), reserved(beside));
  const next = below === undefined ? undefined : printer.expression(value, below, around);
  if (first === undefined) return next === undefined ? undefined : head + newline(shape.indent + printer.tab) + next;
  if (next === undefined || below === undefined || !fits(next, below)) return `${head} ${first}`;
  return looksBetterBelow(first, next) ? head + newline(shape.indent + printer.tab) + next : `${head} ${first}`;
}

export const looksBetterBelow = (beside: string, below: string): boolean =>
  !isMultiline(below) ||
  lineCount(beside) > lineCount(below) + 1 ||
  ["(", "{", "["].some((it) => firstLine(beside).endsWith(it) && !firstLine(below).endsWith(it));
