/** An expression as rustfmt prints it: which of the rules holds for which kind. */

import type { Span } from "../../base/span.ts";
import type { Expression } from "../ast.ts";
import { assigned } from "./assignments.ts";
import { blockOnOneLine, printBlock } from "./blocks.ts";
import { printChain } from "./chains.ts";
import { printClosure } from "./closures.ts";
import { printConditional, printMatch } from "./conditions.ts";
import { commaOf, type List, printList, writtenComma } from "./lists.ts";
import { printOperands } from "./operands.ts";
import { type Context, outerSpan, type Printer } from "./printer.ts";
import {
  ARRAY_WIDTH,
  CALL_WIDTH,
  columns,
  firstLine,
  isMultiline,
  lastLine,
  narrower,
  newline,
  offsetBy,
  type Shape,
  unhindered,
} from "./shape.ts";
import { printStruct } from "./structs.ts";

/** Each part is tried in several shapes, and so are its parts: what is known of one is kept. */
export function createPrinter(text: string, comments: readonly Span[], tab: number): Printer {
  const known = new Map<Expression, Map<string, string | undefined>>();
  const opened = new Map<Expression, Expression>();
  const printer: Printer = {
    tab,
    text: ({ start, end }) => text.slice(start, end),
    hasComment: ({ start, end }) => comments.some((it) => it.start >= start && it.end <= end),
    expression(it, shape, around) {
      const key = `${shape.indent} ${shape.offset} ${shape.width} ${around.inMacro} ${around.chainOnOneLine} ${around.isStatement}`;
      const results = known.get(it) ?? new Map<string, string | undefined>();
      known.set(it, results);
      if (!results.has(key))
        results.set(key, it.parentheses === undefined ? printExpression(it, shape, printer, around) : enclosed(it, shape, around));
      return results.get(key);
    },
    block: (it, shape) => printBlock(it, shape, printer),
  };
  const enclosed = (it: Expression, shape: Shape, around: Context): string | undefined => {
    const { parentheses: _, ...bare } = it;
    const inner = opened.get(it) ?? bare;
    opened.set(it, inner);
    const beside = offsetBy(shape, 1);
    const room = beside === undefined ? undefined : narrower(beside, 1);
    const text = room === undefined ? undefined : printer.expression(inner, room, { ...around, isStatement: false });
    return text === undefined ? undefined : `(${text})`;
  };
  return printer;
}

function printExpression(it: Expression, shape: Shape, printer: Printer, around: Context): string | undefined {
  const inside: Context = { ...around, isStatement: false };
  switch (it.kind) {
    case "literal":
    case "path":
    case "continue":
      return within(printer.text(it.span), shape);
    case "method":
    case "field":
    case "try":
    case "await":
      return printChain(it, shape, printer, around);
    case "call": {
      const head = printer.expression(it.callee, shape, inside);
      const place = { head: head ?? "", open: "(", close: ")", limit: CALL_WIDTH };
      return head === undefined ? undefined : bracketed(place, it.arguments, it.argumentsSpan, shape, printer, inside);
    }
    case "tuple": {
      const place = { head: "", open: "(", close: ")", limit: CALL_WIDTH };
      if (it.elements.length !== 1) return bracketed(place, it.elements, it.span, shape, printer, inside);
      return printList({ ...place, items: it.elements, comma: "always", ofMacro: false, inMacro: around.inMacro }, shape, printer, inside);
    }
    case "array":
      return bracketed({ head: "", open: "[", close: "]", limit: ARRAY_WIDTH }, it.elements, it.span, shape, printer, inside);
    case "macro":
      return printMacro(it, shape, printer, inside);
    case "struct":
      return printStruct(it, shape, printer, inside);
    case "unary":
      return prefixed(it.operator, it.operand, shape, printer, inside);
    case "reference":
      return prefixed(it.mutable ? "&mut " : "&", it.operand, shape, printer, inside);
    case "return":
    case "break":
      return it.value === undefined ? it.kind : prefixed(`${it.kind} `, it.value, shape, printer, inside);
    case "cast":
      return printCast(printer.text({ start: outerSpan(it.operand).end, end: it.span.end }), it.operand, shape, printer, inside);
    case "index": {
      const base = printer.expression(it.base, shape, inside);
      const index = printer.expression(it.index, unhindered(shape), inside);
      if (base === undefined || index === undefined || isMultiline(index)) return undefined;
      const text = `${base}[${index}]`;
      return columns(firstLine(text)) <= shape.width || isMultiline(text) ? text : undefined;
    }
    case "binary":
      return printOperands(it, shape, printer, inside);
    case "assign": {
      const target = printer.expression(it.target, shape, inside);
      return target === undefined ? undefined : assigned(`${target} ${it.operator}`, it.value, shape, printer, inside);
    }
    case "let":
      return assigned(printer.text({ start: it.span.start, end: outerSpan(it.value).start }).trimEnd(), it.value, shape, printer, inside);
    case "if":
    case "while":
    case "for":
    case "loop":
      return printConditional(it, shape, printer, around);
    case "match":
      return printMatch(it, shape, printer, inside);
    case "closure":
      return printClosure(it, shape, printer, inside);
    case "block": {
      const prefix = printer.text({ start: it.span.start, end: it.block.span.start });
      if (!/^(?:(?:unsafe|async|async move|const) )?$/.test(prefix)) return undefined;
      const line = around.isStatement && prefix === "" ? undefined : blockOnOneLine(prefix, it.block, shape, printer, around);
      if (line !== undefined) return line;
      // rustfmt 1.8 counts `async ` once more here, and not the `move`.
      const room = it.flavour === "async" ? narrower({ ...shape, offset: 0 }, "async ".length) : undefined;
      const short = room === undefined ? undefined : blockOnOneLine("", it.block, room, printer, around);
      const block = short ?? printBlock(it.block, shape, printer);
      return block === undefined ? undefined : prefix + block;
    }
    case "repeat":
    case "range":
    case "unknown":
      return within(printer.text(it.span), shape);
  }
}

const within = (text: string, { width }: Shape): string | undefined => (/[\r\n]/.test(text) || columns(text) > width ? undefined : text);

function prefixed(prefix: string, operand: Expression, shape: Shape, printer: Printer, around: Context): string | undefined {
  const room = offsetBy(shape, columns(prefix));
  const text = room === undefined ? undefined : printer.expression(operand, room, around);
  return text === undefined ? undefined : prefix + text;
}

function bracketed(
  place: Pick<List, "head" | "open" | "close" | "limit">,
  items: readonly Expression[],
  span: Span,
  shape: Shape,
  printer: Printer,
  around: Context,
): string | undefined {
  const { inMacro } = around;
  return printList({ ...place, items, comma: commaOf(span, printer, around), ofMacro: false, inMacro }, shape, printer, around);
}

/** The arguments of a macro keep the comma that they have, or do not have, at their end. */
function printMacro(it: Expression & { readonly kind: "macro" }, shape: Shape, printer: Printer, around: Context): string | undefined {
  const head = printer.text({ start: it.span.start, end: it.tokens.start });
  const tokens = printer.text(it.tokens);
  const [open = "", close = ""] = [tokens[0], tokens.at(-1)];
  const bare = (text: string): string => text.replace(/\s/g, "");
  // What is no list of plain expressions stays as it is.
  const isPlain = bare(it.arguments.map((one) => printer.text(outerSpan(one))).join(",")) === bare(tokens.slice(1, -1)).replace(/,$/, "");
  if (it.arguments.length === 0 || open === "{" || !isPlain) return within(head + tokens, shape);
  // A vector is laid out as the array that it is.
  const isVector = head === "vec!" && open === "[" && !around.inMacro;
  return printList(
    {
      head,
      open,
      close,
      items: it.arguments,
      limit: open === "[" ? ARRAY_WIDTH : CALL_WIDTH,
      comma: isVector ? "vertical" : writtenComma(it.tokens, printer),
      ofMacro: true,
      inMacro: !isVector,
    },
    shape,
    printer,
    around,
  );
}

/** `type`: with the blank and the `as`. */
function printCast(type: string, operand: Expression, shape: Shape, printer: Printer, around: Context): string | undefined {
  const text = printer.expression(operand, unhindered(shape), around);
  if (text === undefined || /[\r\n]/.test(type)) return undefined;
  return columns(lastLine(text)) + columns(type) <= shape.width ? text + type : text + newline(shape.indent + printer.tab) + type.trim();
}
