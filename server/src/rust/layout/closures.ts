/** Closures: the value behind the parameters, or in a block where it does not fit beside them. */
import type { Expression, ExpressionOf } from "../ast.ts";
import { blockOnOneLine, isPlainBlock, loneValue } from "./blocks.ts";
import { headOf } from "./conditions.ts";
import { type Context, kindOf, outerSpan, PLAIN, type Printer, withoutOperators } from "./printer.ts";
import { atIndent, columns, isMultiline, lineCount, newline, offsetBy, type Shape } from "./shape.ts";

type Closure = ExpressionOf<"closure">;

export function printClosure(it: Closure, shape: Shape, printer: Printer, around: Context): string | undefined {
  const prefix = prefixOf(it, printer);
  const room = prefix === undefined ? undefined : offsetBy(shape, columns(prefix) + 1);
  if (prefix === undefined || room === undefined) return undefined;
  const inside: Context = { ...around, isStatement: false };
  const { body } = it;
  if (!isPlainBlock(body)) return bare(body, prefix, room, printer, inside) ?? inBlock(body, prefix, room, printer);
  const value = /->/.test(prefix) || around.inMacro ? undefined : innerOf(body, printer);
  const short =
    value === undefined
      ? undefined
      : needsBlock(value) && !around.inMacro
        ? inBlock(value, prefix, room, printer)
        : bare(value, prefix, room, printer, inside);
  if (short !== undefined) return short;
  const block = blockOnOneLine("", body.block, room, printer, inside) ?? printer.block(body.block, room, PLAIN);
  return block === undefined ? undefined : `${prefix} ${block}`;
}

/** A closure that is the last argument. */
export function lastClosure(it: Closure, shape: Shape, printer: Printer, around: Context): string | undefined {
  const prefix = prefixOf(it, printer);
  const room = prefix === undefined ? undefined : offsetBy(shape, columns(prefix) + 1);
  if (prefix === undefined || room === undefined) return undefined;
  const inside: Context = { ...around, isStatement: false };
  const body = (isPlainBlock(it.body) && !around.inMacro ? loneValue(it.body.block, printer) : undefined) ?? it.body;
  if (needsBlock(body) && !around.inMacro) {
    const block = inBlock(body, prefix, room, printer);
    if (block === undefined || /->/.test(prefix) || lineCount(block) > SHORT_BLOCK) return block;
    const line = bare(body, prefix, shape, printer, inside);
    return line !== undefined && !isMultiline(line) ? line : block;
  }
  const head = headOf(body, room, printer, inside) ?? "";
  if (isMultiline(head) || columns(head) > room.width) return inBlock(body, prefix, room, printer);
  return printClosure(it, shape, printer, around);
}
/** Lines of a block that is given up for a value that fits on one. */
const SHORT_BLOCK = 7;

function prefixOf(it: Closure, printer: Printer): string | undefined {
  const prefix = printer.text({ start: it.span.start, end: outerSpan(it.body).start }).trimEnd();
  return /[\r\n]/.test(prefix) || !/[|>]|async(?: move)?$/.test(prefix.slice(-1)) ? undefined : prefix;
}

/** The value of a block that holds nothing else, however deep. */
function innerOf(it: Expression, printer: Printer): Expression | undefined {
  if (!isPlainBlock(it)) return it;
  const value = loneValue(it.block, printer);
  return value === undefined ? undefined : (innerOf(value, printer) ?? value);
}

function bare(body: Expression, prefix: string, shape: Shape, printer: Printer, around: Context): string | undefined {
  const value = printer.expression(body, shape, around);
  if (value === undefined || (isMultiline(value) && !around.inMacro && !mayBeLong(body))) return undefined;
  return `${prefix} ${value}`;
}

function inBlock(body: Expression, prefix: string, { indent }: Shape, printer: Printer): string | undefined {
  const inner = indent + printer.tab;
  const value = printer.expression(body, atIndent(inner), { ...PLAIN, isStatement: true });
  return value === undefined ? undefined : `${prefix} {${newline(inner)}${value}${newline(indent)}}`;
}

const needsBlock = (it: Expression): boolean => ["if", "while", "for"].includes(kindOf(withoutOperators(it)));

/** What may go over several lines right behind the parameters. */
function mayBeLong(it: Expression): boolean {
  const inner = withoutOperators(it);
  if (inner.parentheses !== undefined) return false;
  return inner.kind === "index" ? mayBeLong(inner.base) : ["match", "block", "loop", "struct"].includes(inner.kind);
}
