/** Chains of calls: on one line, with the last call flowing over, or a call a line. */
import type { Expression } from "../ast.ts";
import { commaOf, printList } from "./lists.ts";
import type { Context, Printer } from "./printer.ts";
import {
  atIndent,
  CALL_WIDTH,
  CHAIN_WIDTH,
  closes,
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

interface Item {
  readonly node: Expression;
  /** How many `?` follow. */
  readonly tries: number;
}

export function printChain(whole: Expression, shape: Shape, printer: Printer, around: Context): string | undefined {
  const items = itemsOf(whole);
  const [parent, ...children] = items;
  if (parent === undefined) return undefined;
  const inside: Context = { ...around, isStatement: false };
  const rootOf = (at: Shape): string | undefined => {
    const room = narrower(at, parent.tries);
    const root = room === undefined ? undefined : printer.expression(parent.node, room, inside);
    return root === undefined ? undefined : root + "?".repeat(parent.tries);
  };
  let root = rootOf(shape);
  if (root === undefined || children.length === 0) return root;
  let blockLike = isBlockLike(parent.node) && isMultiline(root);
  // What is no wider than the indentation takes the next call along.
  const tab = Math.max(0, printer.tab - shape.offset);
  let rest: readonly Item[] = children;
  while (columns(root) <= tab && !isMultiline(root)) {
    const [next, ...others] = rest;
    const room = offsetBy(shape, columns(root));
    if (next === undefined || room === undefined) break;
    const taken = printItem(next, room, printer, inside);
    if (taken === undefined) break;
    root += taken;
    blockLike = closes(root);
    rest = others;
  }
  const last = rest.at(-1);
  if (last === undefined) return fits(root, shape) ? root : undefined;

  const child = atIndent(shape.indent + (blockLike ? 0 : printer.tab));
  const printed = [root];
  for (const it of rest.slice(0, -1)) {
    const one = printItem(it, child, printer, inside);
    if (one === undefined) return undefined;
    printed.push(one);
  }
  const ends = printLast(last, printed, { count: children.length, blockLike, shape, child }, printer, inside);
  if (ends === undefined) return undefined;
  if (!ends.onOneLine && around.chainOnOneLine) return undefined;
  const text = [...printed, ends.text].join(ends.onOneLine ? "" : newline(child.indent));
  return fits(text, shape) ? text : undefined;
}

interface Place {
  /** How many calls the whole chain has. */
  readonly count: number;
  readonly blockLike: boolean;
  readonly shape: Shape;
  readonly child: Shape;
}

/** The last call, and whether all stands on the root's line. */
function printLast(
  last: Item,
  printed: readonly string[],
  { count, blockLike, shape, child }: Place,
  printer: Printer,
  around: Context,
): { readonly text: string; readonly onOneLine: boolean } | undefined {
  const [root = ""] = printed;
  const extendable = blockLike && closes(root);
  const before = (extendable ? columns(lastLine(root)) : printed.reduce((sum, it) => sum + columns(it), 0)) + last.tries;
  const budget = Math.max(0, (count === 1 ? shape.width : Math.min(shape.width, CHAIN_WIDTH)) - before);
  const joins = printed.every((it) => !isMultiline(it)) && budget > 0;
  const below = (): string | undefined => {
    const room = narrower(child, reserved(shape) + last.tries);
    return room === undefined ? undefined : printItem(last, room, printer, around);
  };
  if (joins || extendable) {
    const lastShape = narrower(shape, last.tries);
    if (lastShape === undefined) return undefined;
    const beside = offsetBy(lastShape, before);
    const flowed = beside === undefined ? undefined : printItem(last, beside, printer, around);
    if (flowed !== undefined) {
      const lines = lineCount(flowed);
      const starts = columns(firstLine(flowed)) <= budget;
      if (starts && lines >= 5) return { text: flowed, onOneLine: joins };
      const other = below();
      if (other !== undefined && !starts) return { text: other, onOneLine: false };
      if (other !== undefined && lineCount(other) < lines) return { text: other, onOneLine: false };
      return { text: flowed, onOneLine: starts && joins };
    }
    const text = printItem(last, lastShape, printer, around);
    return text === undefined ? undefined : { text, onOneLine: false };
  }
  const text = below();
  return text === undefined ? undefined : { text, onOneLine: false };
}

function printItem({ node, tries }: Item, shape: Shape, printer: Printer, around: Context): string | undefined {
  const room = narrower(shape, tries);
  if (room === undefined) return undefined;
  const text = printLink(node, room, printer, around);
  return text === undefined ? undefined : text + "?".repeat(tries);
}

function printLink(node: Expression, shape: Shape, printer: Printer, around: Context): string | undefined {
  // `a.0 .1`: before Rust 1.46 `0.1` was read as a number there.
  if (node.kind === "field")
    return `${/^\d/.test(node.name) && node.base.kind === "field" && /^\d/.test(node.base.name) ? " " : ""}.${node.name}`;
  if (node.kind === "await") return ".await";
  if (node.kind !== "method") return undefined;
  const head = printer.text({ start: node.segmentSpan.start, end: node.argumentsSpan.start });
  if (/\s/.test(head) && !node.generics.length) return undefined;
  return printList(
    {
      head,
      open: "(",
      close: ")",
      items: node.arguments,
      limit: CALL_WIDTH,
      comma: commaOf(node.argumentsSpan, printer, around),
      ofMacro: false,
      inMacro: around.inMacro,
    },
    shape,
    printer,
    around,
  );
}

/** The root, then a call, field or `.await` each, with the `?` behind it. */
function itemsOf(whole: Expression): readonly Item[] {
  const items: Item[] = [];
  let node = whole;
  let tries = 0;
  for (;;) {
    const closed = node.parentheses !== undefined;
    if (node.kind === "try" && !closed) {
      tries++;
      node = node.operand;
      continue;
    }
    items.unshift({ node, tries });
    tries = 0;
    if (closed) return items;
    if (node.kind === "method") node = node.receiver;
    else if (node.kind === "field") node = node.base;
    else if (node.kind === "await") node = node.operand;
    else return items;
  }
}

/** What counts as a block when it goes over several lines: the calls then stand no deeper than it. */
function isBlockLike(it: Expression): boolean {
  switch (it.kind) {
    case "macro":
    case "call":
    case "method":
    case "array":
    case "repeat":
    case "struct":
    case "while":
    case "if":
    case "block":
    case "loop":
    case "for":
    case "match":
      return true;
    case "binary":
      return isBlockLike(it.right);
    case "index":
      return isBlockLike(it.index);
    case "unary":
    case "try":
      return isBlockLike(it.operand);
    case "closure":
      return isBlockLike(it.body);
    default:
      return false;
  }
}
