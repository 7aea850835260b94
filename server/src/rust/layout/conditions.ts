/** `if`, `match` and loops: the condition, where its brace goes, and the branches. */
import type { Expression, ExpressionOf, MatchArm } from "../ast.ts";
import { assigned, looksBetterBelow } from "./assignments.ts";
import { between, isPlainBlock, loneValue } from "./blocks.ts";
import { type Context, outerSpan, PLAIN, type Printer, withoutOperators } from "./printer.ts";
import {
  atIndent,
  closes,
  columns,
  firstLine,
  IF_ELSE_WIDTH,
  isMultiline,
  lastLine,
  MAX_WIDTH,
  narrower,
  newline,
  offsetBy,
  type Shape,
  unhindered,
  usedWidth,
} from "./shape.ts";

type Conditional = ExpressionOf<"if" | "while" | "for" | "loop">;

export function printConditional(it: Conditional, shape: Shape, printer: Printer, around: Context): string | undefined {
  return printBranch(it, shape, printer, around, false);
}

function printBranch(it: Conditional, shape: Shape, printer: Printer, around: Context, nested: boolean): string | undefined {
  const room = unhindered(shape);
  const start = nested ? offsetBy(room, ELSE) : room;
  if (start === undefined) return undefined;
  const label = /^'\w+: /.exec(printer.text(it.span))?.[0] ?? "";
  if (label !== "") return undefined;
  const body = it.kind === "if" ? it.then : it.body;
  if (it.kind === "loop") {
    const block = printer.block(body, shape, PLAIN);
    return block === undefined ? undefined : `loop ${block}`;
  }
  const head = printHead(it, start, printer, around);
  if (head === undefined) return undefined;
  if (it.kind === "if" && !around.isStatement && !nested) {
    const line = onOneLine(it, head, shape, printer, around);
    if (line !== undefined) return line;
  }
  const block = printer.block(body, shape, PLAIN);
  if (block === undefined) return undefined;
  const brace = braceAfter(head, budgetOf(it, start), shape);
  const first = `${it.kind} ${head}${brace}${block}`;
  if (it.kind !== "if" || it.otherwise === undefined) return first;
  const other =
    it.otherwise.kind === "if"
      ? printBranch(it.otherwise, shape, printer, { ...around, isStatement: true }, true)
      : it.otherwise.kind === "block"
        ? printer.block(it.otherwise.block, shape, PLAIN)
        : undefined;
  return other === undefined ? undefined : `${first} else ${other}`;
}
/** `} else `, ` {` */
const ELSE = 7;
const BRACE = 2;

/** The condition, or what a loop goes over. */
function printHead(it: ExpressionOf<"if" | "while" | "for">, shape: Shape, printer: Printer, around: Context): string | undefined {
  const room = offsetBy(shape, it.kind.length + 1);
  if (room === undefined) return undefined;
  const inside: Context = { ...around, isStatement: false };
  if (it.kind !== "for") {
    const head = printer.expression(it.condition, room, inside);
    if (head !== undefined || it.kind === "if") return head;
    const below = printer.expression(it.condition, atIndent(shape.indent + printer.tab), inside);
    return below === undefined ? undefined : newline(shape.indent + printer.tab) + below;
  }
  const head = printer.text({ start: it.span.start + "for ".length, end: outerSpan(it.iterable).start }).trimEnd();
  const pattern = (/\sin$/.test(head) ? head.slice(0, -"in".length) : head).trimEnd();
  return /[\r\n]/.test(pattern) ? undefined : assigned(`${pattern} in`, it.iterable, room, printer, inside);
}

const budgetOf = (it: Conditional, shape: Shape): number => MAX_WIDTH - (usedWidth(shape) + it.kind.length + 1 + BRACE);

/** Behind a last line that only closes brackets, and is not indented, the brace stands on that line. */
const braceAfter = (head: string, budget: number, shape: Shape): string => {
  const isLong = isMultiline(head) || columns(head) > budget;
  const indented = isMultiline(head) && (/^ */.exec(lastLine(head))?.[0].length ?? 0) > usedWidth(shape);
  return isLong && (!closes(head) || indented) ? newline(shape.indent) : " ";
};

/** `if a { b } else { c }` */
function onOneLine(it: ExpressionOf<"if">, head: string, { width }: Shape, printer: Printer, around: Context): string | undefined {
  if (it.otherwise?.kind !== "block" || it.otherwise.flavour !== "plain" || isMultiline(head)) return undefined;
  const values = [it.then, it.otherwise.block].map((block) => {
    const value = loneValue(block, printer);
    return value === undefined ? undefined : printer.expression(value, { indent: 0, offset: 0, width }, { ...around, isStatement: false });
  });
  const [yes, no] = values;
  if (yes === undefined || no === undefined || isMultiline(yes) || isMultiline(no)) return undefined;
  const line = `if ${head} { ${yes} } else { ${no} }`;
  return columns(line) <= Math.min(width, IF_ELSE_WIDTH) ? line : undefined;
}

/** What stands before the brace, where it is printed; undefined of what has no condition. */
export function headOf(it: Expression, shape: Shape, printer: Printer, around: Context): string | undefined {
  if (it.parentheses !== undefined) return undefined;
  const inside: Context = { ...around, isStatement: false };
  if (it.kind === "match") {
    const room = offsetBy(shape, "match  {".length);
    return room === undefined ? undefined : printer.expression(it.scrutinee, room, inside);
  }
  if (it.kind !== "if" && it.kind !== "while" && it.kind !== "for") return undefined;
  const start = unhindered(shape);
  const head = printHead(it, start, printer, inside);
  if (head === undefined) return undefined;
  const line = it.kind === "if" ? onOneLine(it, head, shape, printer, inside) : undefined;
  return line ?? `${it.kind} ${head}${braceAfter(head, budgetOf(it, start), shape).trimEnd()}`;
}

export function printMatch(it: ExpressionOf<"match">, shape: Shape, printer: Printer, around: Context): string | undefined {
  const room = offsetBy(unhindered(shape), "match ".length);
  const head = room === undefined ? undefined : printer.expression(it.scrutinee, room, { ...around, isStatement: false });
  if (room === undefined || head === undefined) return undefined;
  const brace = closes(head) || !(isMultiline(head) || columns(head) + BRACE > room.width) ? " " : newline(shape.indent);
  if (it.arms.length === 0) return undefined;
  const inner = shape.indent + printer.tab;
  let text = `match ${head}${brace}{`;
  let at = bodyOf(it, printer);
  for (const [index, arm] of it.arms.entries()) {
    const gap = between(printer.text({ start: at, end: arm.span.start }).replace(/^\s*,/, ""), inner, index === 0);
    const printed = printArm(arm, inner, printer);
    if (gap === undefined || printed === undefined) return undefined;
    text += gap + printed;
    at = arm.span.end;
  }
  const end = between(printer.text({ start: at, end: it.span.end - 1 }).replace(/^\s*,/, ""), inner, true, true);
  return end === undefined ? undefined : `${text}${end}${newline(shape.indent)}}`;
}

/** Behind the brace that opens the arms. */
function bodyOf(it: ExpressionOf<"match">, printer: Printer): number {
  const first = it.arms[0]?.span.start ?? it.span.end;
  const { end } = outerSpan(it.scrutinee);
  return end + printer.text({ start: end, end: first }).indexOf("{") + 1;
}

function printArm(arm: MatchArm, indent: number, printer: Printer): string | undefined {
  if (arm.attributes.texts.length > 0 || printer.hasComment(arm.span)) return undefined;
  const head = printer.text({ start: arm.span.start, end: outerSpan(arm.body).start });
  const opened = head.trimEnd();
  const arrow = (opened.endsWith("{") ? opened.slice(0, -1) : opened).trimEnd();
  const pattern = arrow.slice(0, -"=>".length).trimEnd();
  if (!arrow.endsWith("=>") || /[\r\n]/.test(pattern)) return undefined;
  const shape = atIndent(indent);
  const body = flattened(arm.body, printer);
  const isBlock = isPlainBlock(body);
  const comma = isBlock ? "" : ",";
  const beside = offsetBy(shape, columns(pattern) + " => ".length);
  const room = beside === undefined ? undefined : narrower(beside, comma.length);
  const statement: Context = { ...PLAIN, isStatement: true };
  const first = room === undefined ? undefined : printer.expression(body, room, statement);
  if (first !== undefined && (isBlock || (!isMultiline(first) && columns(first) <= (room?.width ?? 0))))
    return `${pattern} => ${first}${comma}`;
  const below = atIndent(indent + printer.tab);
  const next = printer.expression(body, below, statement);
  const inBlock = next === undefined ? undefined : `${pattern} => {${newline(below.indent)}${next}${newline(indent)}}`;
  if (first !== undefined && next !== undefined && looksBetterBelow(first, next)) return inBlock;
  if (first !== undefined && mayExtend(body) && columns(firstLine(first)) <= (room?.width ?? 0)) return `${pattern} => ${first}${comma}`;
  return inBlock;
}

/** The value of a block that holds nothing else. */
function flattened(body: Expression, printer: Printer): Expression {
  if (!isPlainBlock(body)) return body;
  const value = loneValue(body.block, printer);
  return value === undefined || value.kind === "macro" ? body : flattened(value, printer);
}

/** What stays beside its `=>` though it goes over several lines. */
function mayExtend(it: Expression): boolean {
  const inner = withoutOperators(it);
  if (inner.parentheses !== undefined) return false;
  return inner.kind === "index" ? mayExtend(inner.base) : EXTENDING.has(inner.kind);
}
const EXTENDING: ReadonlySet<Expression["kind"]> = new Set([
  ...(["loop", "match", "block", "closure", "array"] as const),
  ...(["call", "method", "macro", "struct", "tuple"] as const),
]);
