/** Blocks and their statements, with the empty lines and comments between them that their author put there. */
import type { Block, Expression, ExpressionOf, Item, Statement } from "../ast.ts";
import { assigned } from "./assignments.ts";
import { type Context, outerSpan, PLAIN, type Printer } from "./printer.ts";
import { atIndent, columns, isMultiline, LET_ELSE_WIDTH, lastLine, narrower, newline, offsetBy, type Shape } from "./shape.ts";

/** The value of a block that holds nothing else. */
export function loneValue(block: Block, printer: Printer): Expression | undefined {
  if (block.statements.length > 0 || block.items.length > 0 || printer.hasComment(block.span)) return undefined;
  return (block.tailAttributes?.texts.length ?? 0) > 0 ? undefined : block.tail;
}

export const isPlainBlock = (it: Expression): it is ExpressionOf<"block"> =>
  it.kind === "block" && it.flavour === "plain" && it.parentheses === undefined;

/** `prefix { value }`, where that fits. */
export function blockOnOneLine(prefix: string, block: Block, shape: Shape, printer: Printer, around: Context): string | undefined {
  const value = loneValue(block, printer);
  const room = offsetBy(shape, columns(prefix));
  const text = value === undefined || room === undefined ? undefined : printer.expression(value, room, { ...around, isStatement: true });
  if (text === undefined || isMultiline(text)) return undefined;
  const line = `${prefix}{ ${text} }`;
  return columns(line) <= shape.width ? line : undefined;
}

export function printBlock(block: Block, { indent }: Shape, printer: Printer): string | undefined {
  const inner = indent + printer.tab;
  const parts: readonly (Item | Statement | Expression)[] = [
    ...[...block.items, ...block.statements].sort((a, b) => a.span.start - b.span.start),
    ...(block.tail === undefined ? [] : [block.tail]),
  ];
  if (parts.length === 0) return printer.hasComment(block.span) ? undefined : "{}";
  let text = "{";
  let at = block.span.start + 1;
  for (const [index, part] of parts.entries()) {
    const { start, end } = "attributes" in part ? part.span : outerSpan(part);
    const gap = between(printer.text({ start: at, end: start }), inner, index === 0);
    const printed = printPart(part, inner, printer);
    if (gap === undefined || printed === undefined) return undefined;
    text += gap + printed;
    at = end;
  }
  const end = between(printer.text({ start: at, end: block.span.end - 1 }), inner, true, true);
  return end === undefined ? undefined : `${text}${end}${newline(indent)}}`;
}

/**
 * Line ends, at most one empty line, comments on lines of their own or behind a statement, and attributes. A first statement has no
 * empty line before it.
 */
export function between(gap: string, indent: number, first: boolean, last = false): string | undefined {
  const lines = gap.split(/\r\n|\n|\r/).map((it) => it.trim());
  const [beside = "", ...below] = lines;
  if (beside !== "" && !beside.startsWith("//")) return undefined;
  if (lines.length === 1) return last ? "" : newline(indent);
  let text = beside === "" ? "" : ` ${beside}`;
  let empty = false;
  for (const line of below.slice(0, -1)) {
    if (line === "") {
      empty = true;
      continue;
    }
    if (!/^(?:\/\/|#\[.*\]$)/.test(line)) return undefined;
    text += (empty && !(first && text === "") ? "\n" : "") + newline(indent) + line;
    empty = false;
  }
  if (last) return text;
  return text + (empty && !(first && text === "") ? "\n" : "") + newline(indent);
}

function printPart(it: Item | Statement | Expression, indent: number, printer: Printer): string | undefined {
  if (!("attributes" in it)) return printer.expression(it, atIndent(indent), { ...PLAIN, isStatement: true });
  if (it.kind === "let" || it.kind === "expression") return printStatement(it, indent, printer);
  return it.kind === "use" ? lineOf(printer.text(it.span), atIndent(indent)) : undefined;
}

/** With its semicolon, starting on a line of its own. */
export function printStatement(it: Statement, indent: number, printer: Printer): string | undefined {
  const shape = atIndent(indent);
  const room = narrower(shape, 1);
  if (room === undefined) return undefined;
  if (it.kind === "expression") {
    const text = printer.expression(it.expression, it.semicolon ? room : shape, { ...PLAIN, isStatement: true });
    return text === undefined ? undefined : text + (it.semicolon ? ";" : "");
  }
  if (it.value === undefined) return lineOf(printer.text(it.span), shape);
  const head = printer.text({ start: it.span.start, end: outerSpan(it.value).start });
  return it.otherwise === undefined
    ? printBinding(head, it.value, indent, printer)
    : printLetElse(head, it.value, it.otherwise, shape, printer);
}

/**
 * `let Some(a) = b else { … };`: on one line where that is short, and the `else` on the line of the value where that fits. The value is
 * laid out as if no `else` followed (rustfmt 1.8, `items.rs`).
 */
function printLetElse(head: string, value: Expression, otherwise: Block, shape: Shape, printer: Printer): string | undefined {
  const room = narrower(shape, 1);
  const text = room === undefined ? undefined : assigned(head.trimEnd(), value, room, printer, PLAIN);
  if (text === undefined || /[\r\n]/.test(head.trimEnd())) return undefined;
  const other = loneValue(otherwise, printer);
  const short = other === undefined ? undefined : printer.expression(other, { indent: 0, offset: 0, width: LET_ELSE_WIDTH }, PLAIN);
  const line = `${text} else { ${short} };`;
  if (short !== undefined && !isMultiline(line) && columns(line) <= LET_ELSE_WIDTH + 1) return line;
  const block = printBlock(otherwise, shape, printer);
  const beside = isMultiline(text) ? bracketAt(text, shape.indent) : columns(text) + " else {".length <= shape.width;
  return block === undefined ? undefined : `${text}${beside ? " " : newline(shape.indent)}else ${block};`;
}

/** Whether a bracket ends a text whose last line starts as far in as its first one does. */
const bracketAt = (text: string, indent: number): boolean => /[)\]}]$/.test(text) && lastLine(text).search(/\S/) === indent;

/** `let name: Type =`, `static NAME: Type =` and the value. */
export function printBinding(head: string, value: Expression, indent: number, printer: Printer): string | undefined {
  const start = head.trimEnd();
  const room = narrower(atIndent(indent), 1);
  if (room === undefined || /[\r\n]/.test(start) || !start.endsWith("=")) return undefined;
  const text = assigned(start, value, room, printer, PLAIN);
  return text === undefined ? undefined : `${text};`;
}

const lineOf = (text: string, { width }: Shape): string | undefined => (isMultiline(text) || columns(text) > width ? undefined : text);
