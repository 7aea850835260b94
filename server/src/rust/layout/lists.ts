/** What stands between brackets: arguments, elements and tuples, on one line, one a line, or with the last one flowing over. */
import type { Span } from "../../base/span.ts";
import type { Expression } from "../ast.ts";
import { lastClosure } from "./closures.ts";
import { headOf } from "./conditions.ts";
import { type Context, kindOf, type Printer, withoutOperators } from "./printer.ts";
import { atIndent, columns, firstLine, isMultiline, lastLine, lineCount, newline, offsetBy, SHORT_ELEMENT, type Shape } from "./shape.ts";

export interface List {
  /** What stands before the bracket: `name`, `.name::<T>`, `vec!`. */
  readonly head: string;
  readonly open: string;
  readonly close: string;
  readonly items: readonly Expression[];
  /** The items together are no wider than this on one line. */
  readonly limit: number;
  /** Behind the last item: where each has a line of its own, or as it is written. */
  readonly comma: "vertical" | "always" | "never";
  /** Of a macro's arguments a chain of calls may be broken beside the bracket. */
  readonly ofMacro: boolean;
  /** The items are the arguments of a macro whose tokens are nobody's code yet. */
  readonly inMacro: boolean;
}

export function printList(list: List, shape: Shape, printer: Printer, around: Context): string | undefined {
  const { head, open, close, items } = list;
  const used = columns(lastLine(head));
  if (items.length === 0) return shape.width < used + 2 ? head + open + newline(shape.indent) + close : head + open + close;
  const inner = newline(shape.indent + printer.tab);
  const inside: Context = { ...around, isStatement: false, inMacro: list.inMacro };
  const rows = besideBracket(list, shape, printer, inside) ?? belowBracket(list, shape, printer, inside);
  if (rows === undefined) return undefined;
  const text = rows.lines.join(`,${inner}`) + (rows.comma ? "," : "");
  const beside = rows.horizontal && columns(firstLine(text)) + 1 <= shape.width - used;
  return beside ? `${head}${open}${text}${close}` : `${head}${open}${inner}${text}${newline(shape.indent)}${close}`;
}

/** What stands on the lines between the brackets. */
interface Rows {
  readonly horizontal: boolean;
  readonly lines: readonly string[];
  /** Behind the last one. */
  readonly comma: boolean;
}

const roomBelow = (shape: Shape, printer: Printer): Shape => {
  const room = atIndent(shape.indent + printer.tab);
  return { ...room, width: Math.max(0, room.width - 1) };
};

/** All on the line of the bracket, the last one flowing over where it has to. */
function besideBracket(list: List, shape: Shape, printer: Printer, around: Context): Rows | undefined {
  const { head, items, limit } = list;
  const last = items.at(-1);
  // A lone item behind a short name may always flow.
  const hugs = items.length === 1 && columns(head) < printer.tab;
  if (last === undefined || !(hugs || mayFlow(last, items.length))) return undefined;
  const used = columns(lastLine(head));
  const below = items.map((it) => printer.expression(it, roomBelow(shape, printer), around));
  const before = offsetBy(shape, used + 1);
  const oneLine: Shape = before === undefined || before.width < 1 ? { ...shape, width: 0 } : { ...before, width: before.width - 1 };
  const flowed = flowing(list, last, below, oneLine, printer, {
    ...around,
    chainOnOneLine: around.chainOnOneLine || (!hugs && !list.ofMacro && isMethod(last)),
  });
  if (flowed === undefined || !isHorizontal([...below.slice(0, -1), firstLine(flowed)], limit, shape.width - used - 2)) return undefined;
  // What flows over two lines alone, and would fit on one below, goes there.
  const alone = items.length === 1 && lineCount(flowed) === 2 ? below[0] : undefined;
  const others = known(below.slice(0, -1));
  const line = others === undefined ? undefined : [...others, alone === undefined || isMultiline(alone) ? flowed : alone].join(", ");
  return line === undefined ? undefined : { horizontal: true, lines: [line], comma: list.comma === "always" };
}

/** All on one line where they fit, else one a line below the bracket, or some where they are short. */
function belowBracket(list: List, shape: Shape, printer: Printer, around: Context): Rows | undefined {
  const { head, items, limit } = list;
  const room = roomBelow(shape, printer);
  const below = known(items.map((it) => printer.expression(it, room, around)));
  if (below === undefined) return undefined;
  const width = shape.width - columns(lastLine(head)) - 2;
  const [only = ""] = below;
  const fitsAlone = below.length === 1 && !isMultiline(only) && columns(only) <= width;
  if (width > 0 && (fitsAlone || isHorizontal(below, limit, width)))
    return { horizontal: true, lines: [below.join(", ")], comma: list.comma === "always" };
  const template = TEMPLATES.get(head);
  const rows = template === undefined ? undefined : templateRows(items, below, template, room.width);
  if (template === undefined && items.every(isSimple) && below.every((it) => columns(it) <= SHORT_ELEMENT))
    return { horizontal: false, lines: filledRows(below, room.width), comma: list.comma !== "never" };
  return { horizontal: false, lines: rows ?? below, comma: list.comma !== "never" };
}

/** Undefined where one of them is. */
function known(items: readonly (string | undefined)[]): readonly string[] | undefined {
  const all = items.flatMap((it) => (it === undefined ? [] : [it]));
  return all.length < items.length ? undefined : all;
}

/** Within a macro the comma behind the last item, or its lack, may mean something. */
export const commaOf = (bracketed: Span, printer: Printer, { inMacro }: Context): List["comma"] =>
  inMacro ? writtenComma(bracketed, printer) : "vertical";

export const writtenComma = (bracketed: Span, printer: Printer): List["comma"] =>
  /,\s*$/.test(printer.text(bracketed).slice(0, -1)) ? "always" : "never";

const isHorizontal = (items: readonly (string | undefined)[], limit: number, width: number): boolean =>
  items.reduce((sum, it) => sum + columns(it ?? ""), 0) + 2 * (items.length - 1) <= Math.min(limit, width) &&
  !items.some((it) => it !== undefined && isMultiline(it));

/** The last item as it is printed right behind the others, going over several lines where it has to. */
function flowing(
  { items, limit }: List,
  last: Expression,
  below: readonly (string | undefined)[],
  oneLine: Shape,
  printer: Printer,
  around: Context,
): string | undefined {
  const others = below.slice(0, -1).reduce((sum, it) => sum + 2 + columns(it ?? ""), 0);
  const free = items.length === 1 && !isNestedCall(last);
  const shape = free ? oneLine : offsetBy({ ...oneLine, width: Math.min(limit, oneLine.width) }, others);
  if (shape === undefined) return undefined;
  if (last.kind === "closure" && last.parentheses === undefined) {
    if (items.filter((it) => kindOf(it) === "closure").length > 1) return undefined;
    return lastClosure(last, shape, printer, around);
  }
  if (isMultiline(headOf(last, shape, printer, around) ?? "")) return undefined;
  return printer.expression(last, shape, around);
}

/** Whether the last of `count` items may go over several lines while the others stay on the first. */
function mayFlow(it: Expression, count: number): boolean {
  const kind = kindOf(withoutOperators(it));
  return kind === "block" || kind === "closure" || (count === 1 && FLOWING.has(kind));
}
const FLOWING: ReadonlySet<ReturnType<typeof kindOf>> = new Set([
  ...(["array", "repeat", "struct", "macro", "call", "method", "tuple"] as const),
  ...(["match", "if", "while", "for", "loop"] as const),
]);

const isNestedCall = (it: Expression): boolean => ["call", "macro"].includes(kindOf(withoutOperators(it)));

const isMethod = (it: Expression): boolean => kindOf(withoutOperators(it)) === "method";

/** A literal, a name, or little more. */
function isSimple(it: Expression): boolean {
  if (it.parentheses !== undefined) return false;
  if (it.kind === "literal") return true;
  if (it.kind === "path") return it.path.segments.length <= 1;
  if (it.kind === "reference" || it.kind === "cast" || it.kind === "field" || it.kind === "try" || it.kind === "unary")
    return isSimple(it.kind === "field" ? it.base : it.operand);
  return it.kind === "index" && isSimple(it.base) && isSimple(it.index);
}

/** Short elements share lines. */
function filledRows(items: readonly string[], width: number): readonly string[] {
  const rows: string[] = [];
  for (const it of items) {
    const row = rows.at(-1);
    const longer = `${row}, ${it}`;
    if (row === undefined || columns(longer) + 1 > width) rows.push(it);
    else rows[rows.length - 1] = longer;
  }
  return rows;
}

/** Macros that take a text after so many arguments; short arguments before and behind it share a line each (rustfmt's list). */
const TEMPLATES: ReadonlyMap<string, number> = new Map([
  ...[
    "eprint!",
    "eprintln!",
    "format!",
    "format_args!",
    "print!",
    "println!",
    "panic!",
    "unreachable!",
    "debug!",
    "error!",
    "info!",
    "warn!",
  ].map((it) => [it, 0] as const),
  ...["assert!", "debug_assert!", "write!", "writeln!"].map((it) => [it, 1] as const),
  ...["assert_eq!", "assert_ne!", "debug_assert_eq!", "debug_assert_ne!"].map((it) => [it, 2] as const),
]);

/** The arguments before the text, the text, and those behind it, where each lot fits on a line. */
function templateRows(
  items: readonly Expression[],
  below: readonly string[],
  before: number,
  width: number,
): readonly string[] | undefined {
  const lots = [below.slice(0, before), below.slice(before, before + 1), below.slice(before + 1)];
  const others = [...items.slice(0, before), ...items.slice(before + 1)];
  if (items.length <= before || !others.every(isSimple)) return undefined;
  const [first = [], , rest = []] = lots;
  if (!isHorizontal(first, width, width) || !isHorizontal(rest, width, width)) return undefined;
  return lots.flatMap((lot) => (lot.length === 0 ? [] : [lot.join(", ")]));
}
