/** Rows of operands: on one line, or an operand a line with its operator in front. */
import type { Expression, ExpressionOf } from "../ast.ts";
import type { Context, Printer } from "./printer.ts";
import {
  atIndent,
  columns,
  firstLine,
  fits,
  isMultiline,
  lastLine,
  narrower,
  newline,
  offsetBy,
  reserved,
  type Shape,
  usedWidth,
} from "./shape.ts";

export function printOperands(it: ExpressionOf<"binary">, shape: Shape, printer: Printer, around: Context): string | undefined {
  const operands = operandsOf(it, it.operator);
  return onOneLine(operands, it.operator, shape, printer, around) ?? onSeveral(operands, it.operator, shape, printer, around);
}

/** Those of the same operator, from the left. */
function operandsOf(it: Expression, operator: string): readonly Expression[] {
  return it.kind === "binary" && it.operator === operator && it.parentheses === undefined
    ? [...operandsOf(it.left, operator), it.right]
    : [it];
}

function onOneLine(operands: readonly Expression[], operator: string, shape: Shape, printer: Printer, around: Context): string | undefined {
  let text = "";
  for (const [at, it] of operands.slice(0, -1).entries()) {
    const one = printOne(it, at === 0, operator, shape, printer, around);
    if (one === undefined || isMultiline(one) || columns(text) > shape.width) return undefined;
    text += `${one} ${operator} `;
  }
  const last = operands.at(-1);
  const room = offsetBy({ ...shape, offset: 0 }, columns(text));
  const end = last === undefined || room === undefined ? undefined : printer.expression(last, room, around);
  if (end === undefined) return undefined;
  const whole = text + end;
  if (columns(firstLine(whole)) > shape.width) return undefined;
  if (isMultiline(whole) && !end.startsWith("{") && (end.startsWith("(") || columns(text) > printer.tab)) return undefined;
  return fits(whole, shape) ? whole : undefined;
}

function onSeveral(operands: readonly Expression[], operator: string, shape: Shape, printer: Printer, around: Context): string | undefined {
  const nested = narrower(atIndent(shape.indent + printer.tab), reserved(shape));
  const [first, ...others] = operands;
  let text = first === undefined ? undefined : printOne(first, true, operator, shape, printer, around);
  if (text === undefined || nested === undefined) return undefined;
  for (const it of others) {
    const offset = isMultiline(text) ? 0 : usedWidth(shape);
    if (columns(lastLine(text)) + offset <= usedWidth(nested)) {
      const room = offsetBy(shape, operator.length + 2 + columns(lastLine(text)));
      const beside = room === undefined ? undefined : printer.expression(it, room, around);
      if (beside !== undefined) {
        text += ` ${operator} ${beside}`;
        continue;
      }
    }
    const below = printOne(it, false, operator, shape, printer, around);
    if (below === undefined) return undefined;
    text += `${newline(nested.indent)}${operator} ${below}`;
  }
  return text;
}

function printOne(it: Expression, first: boolean, operator: string, shape: Shape, printer: Printer, around: Context): string | undefined {
  if (first) return printer.expression(it, shape, around);
  const nested = narrower(atIndent(shape.indent + printer.tab), reserved(shape));
  const room = nested === undefined ? undefined : offsetBy(nested, operator.length + 1);
  return room === undefined ? undefined : printer.expression(it, room, around);
}
