/** The way from a file down to an expression: every item, block, statement and expression around it, outermost first. */
import { covers, type Span, touching } from "../base/span.ts";
import type { Block, Expression, Item, MatchArm, RustFile, Statement } from "../rust/index.ts";

export type Ancestor =
  | { readonly of: "item"; readonly node: Item; readonly span: Span }
  | { readonly of: "block"; readonly node: Block; readonly span: Span }
  | { readonly of: "statement"; readonly node: Statement; readonly span: Span }
  | { readonly of: "arm"; readonly node: MatchArm; readonly span: Span }
  | { readonly of: "expression"; readonly node: Expression; readonly span: Span };

/** Ends with the outermost expression (or statement, block, item) that has exactly this span, or the innermost that covers it. */
export function trailTo(file: RustFile, wanted: Span): readonly Ancestor[] {
  const trail: Ancestor[] = [];
  const holds = ({ span }: { readonly span: Span }): boolean => covers(span, wanted) && span.end > span.start;
  const item = touching(file.items, wanted).find(holds);
  let next = item && itemAncestor(item);
  while (next !== undefined) {
    trail.push(next);
    next = inside(next).find(holds);
  }
  return trail;
}

/** Every expression of a block, in source order, those of nested closures and blocks included; items are left out. */
export function expressionsIn(block: Block): readonly Expression[] {
  const found: Expression[] = [];
  visitAll([blockAncestor(block)], (it) => {
    if (it.of === "expression") found.push(it.node);
    return it.of !== "item";
  });
  return found;
}

/** It, and every expression in it. */
export function expressionsAt(whole: Expression): readonly Expression[] {
  const found: Expression[] = [];
  visitAll([expressionAncestor(whole)], (it) => {
    if (it.of === "expression") found.push(it.node);
    return it.of !== "item";
  });
  return found;
}

/**
 * These and what stands in them, in source order: functions in functions nest without a bound, so this does not recurse. `visit`: whether
 * what stands in it is to be visited, too.
 */
export function visitAll(from: readonly Ancestor[], visit: (it: Ancestor, around: Ancestor | undefined) => boolean): void {
  const open = from.map((it): { readonly it: Ancestor; readonly around: Ancestor | undefined } => ({ it, around: undefined })).reverse();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { it: around } = next;
    if (visit(around, next.around)) for (const it of inside(around).toReversed()) open.push({ it, around });
  }
}

export const itemAncestor = (node: Item): Ancestor => ({ of: "item", node, span: node.span });
const blockAncestor = (node: Block): Ancestor => ({ of: "block", node, span: node.span });
const expressionAncestor = (node: Expression): Ancestor => ({ of: "expression", node, span: node.span });

/** What stands directly in it, in source order. */
function inside(ancestor: Ancestor): readonly Ancestor[] {
  switch (ancestor.of) {
    case "item":
      return insideItem(ancestor.node);
    case "block":
      return [
        ...ancestor.node.items.map(itemAncestor),
        ...ancestor.node.statements.map((node): Ancestor => ({ of: "statement", node, span: node.span })),
        ...maybe(ancestor.node.tail),
      ];
    case "statement":
      return ancestor.node.kind === "let"
        ? [...maybe(ancestor.node.value), ...(ancestor.node.otherwise === undefined ? [] : [blockAncestor(ancestor.node.otherwise)])]
        : [expressionAncestor(ancestor.node.expression)];
    case "arm":
      return [...maybe(ancestor.node.condition), expressionAncestor(ancestor.node.body)];
    case "expression":
      return insideExpression(ancestor.node);
  }
}

function insideItem(item: Item): readonly Ancestor[] {
  switch (item.kind) {
    case "function": {
      const body = item.body();
      return body === undefined ? [] : [blockAncestor(body)];
    }
    case "const":
    case "static":
      return maybe(item.value());
    case "impl":
    case "trait":
    case "other":
      return item.items.map(itemAncestor);
    case "module":
      return (item.items ?? []).map(itemAncestor);
    default:
      return [];
  }
}

function insideExpression(it: Expression): readonly Ancestor[] {
  switch (it.kind) {
    case "literal":
    case "path":
    case "continue":
      return [];
    case "call":
      return [it.callee, ...it.arguments].map(expressionAncestor);
    case "method":
      return [it.receiver, ...it.arguments].map(expressionAncestor);
    case "field":
      return [expressionAncestor(it.base)];
    case "index":
      return [it.base, it.index].map(expressionAncestor);
    case "macro":
      return [...it.arguments.map(expressionAncestor), ...(it.body === undefined ? [] : [blockAncestor(it.body)])];
    case "struct":
      return [...it.fields.map((field) => expressionAncestor(field.value)), ...maybe(it.base)];
    case "unary":
    case "reference":
    case "try":
    case "await":
    case "cast":
      return [expressionAncestor(it.operand)];
    case "binary":
      return [it.left, it.right].map(expressionAncestor);
    case "assign":
      return [it.target, it.value].map(expressionAncestor);
    case "block":
      return [blockAncestor(it.block)];
    case "if":
      return [expressionAncestor(it.condition), blockAncestor(it.then), ...maybe(it.otherwise)];
    case "let":
      return [expressionAncestor(it.value)];
    case "match":
      return [expressionAncestor(it.scrutinee), ...it.arms.map((node): Ancestor => ({ of: "arm", node, span: node.span }))];
    case "loop":
      return [blockAncestor(it.body)];
    case "while":
      return [expressionAncestor(it.condition), blockAncestor(it.body)];
    case "for":
      return [expressionAncestor(it.iterable), blockAncestor(it.body)];
    case "closure":
      return [expressionAncestor(it.body)];
    case "return":
    case "break":
      return maybe(it.value);
    case "tuple":
    case "array":
      return it.elements.map(expressionAncestor);
    case "repeat":
      return [it.element, it.count].map(expressionAncestor);
    case "range":
      return [...maybe(it.from), ...maybe(it.to)];
    case "unknown":
      return it.parts.map(expressionAncestor);
  }
}

const maybe = (it: Expression | undefined): readonly Ancestor[] => (it === undefined ? [] : [expressionAncestor(it)]);
