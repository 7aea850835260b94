/** The way from a file down to an expression: every item, block, statement and expression around it, outermost first. */
import { covers, type Span } from "../../base/span.ts";
import type { Block, Expression, Item, MatchArm, RustFile, Statement } from "../../rust/index.ts";

export type Link =
  | { readonly of: "item"; readonly node: Item; readonly span: Span }
  | { readonly of: "block"; readonly node: Block; readonly span: Span }
  | { readonly of: "statement"; readonly node: Statement; readonly span: Span }
  | { readonly of: "arm"; readonly node: MatchArm; readonly span: Span }
  | { readonly of: "expression"; readonly node: Expression; readonly span: Span };

/** Ends with the outermost expression (or statement, block, item) that has exactly this span, or the innermost that covers it. */
export function trailTo(file: RustFile, wanted: Span): readonly Link[] {
  const trail: Link[] = [];
  let level: readonly Link[] = file.items.map(itemLink);
  for (;;) {
    const next = level.find((it) => covers(it.span, wanted) && it.span.end > it.span.start);
    if (next === undefined) return trail;
    trail.push(next);
    level = inside(next);
  }
}

/** Every expression of a block, in source order, those of nested closures and blocks included; items are left out. */
export function expressionsIn(block: Block): readonly Expression[] {
  const found: Expression[] = [];
  const visit = (link: Link): void => {
    if (link.of === "item") return;
    if (link.of === "expression") found.push(link.node);
    for (const next of inside(link)) visit(next);
  };
  visit(blockLink(block));
  return found;
}

export const itemLink = (node: Item): Link => ({ of: "item", node, span: node.span });
const blockLink = (node: Block): Link => ({ of: "block", node, span: node.span });
const expressionLink = (node: Expression): Link => ({ of: "expression", node, span: node.span });

/** What stands directly in it, in source order. */
export function inside(link: Link): readonly Link[] {
  switch (link.of) {
    case "item":
      return insideItem(link.node);
    case "block":
      return [
        ...link.node.items.map(itemLink),
        ...link.node.statements.map((node): Link => ({ of: "statement", node, span: node.span })),
        ...maybe(link.node.tail),
      ];
    case "statement":
      return link.node.kind === "let"
        ? [...maybe(link.node.value), ...(link.node.otherwise === undefined ? [] : [blockLink(link.node.otherwise)])]
        : [expressionLink(link.node.expression)];
    case "arm":
      return [...maybe(link.node.condition), expressionLink(link.node.body)];
    case "expression":
      return insideExpression(link.node);
  }
}

function insideItem(item: Item): readonly Link[] {
  switch (item.kind) {
    case "function": {
      const body = item.body();
      return body === undefined ? [] : [blockLink(body)];
    }
    case "const":
    case "static":
      return maybe(item.value());
    case "impl":
    case "trait":
    case "other":
      return item.items.map(itemLink);
    case "module":
      return (item.items ?? []).map(itemLink);
    default:
      return [];
  }
}

function insideExpression(it: Expression): readonly Link[] {
  switch (it.kind) {
    case "literal":
    case "path":
    case "continue":
      return [];
    case "call":
      return [it.callee, ...it.arguments].map(expressionLink);
    case "method":
      return [it.receiver, ...it.arguments].map(expressionLink);
    case "field":
      return [expressionLink(it.base)];
    case "index":
      return [it.base, it.index].map(expressionLink);
    case "macro":
      return [...it.arguments.map(expressionLink), ...(it.body === undefined ? [] : [blockLink(it.body)])];
    case "struct":
      return [...it.fields.map((field) => expressionLink(field.value)), ...maybe(it.base)];
    case "unary":
    case "reference":
    case "try":
    case "await":
    case "cast":
      return [expressionLink(it.operand)];
    case "binary":
      return [it.left, it.right].map(expressionLink);
    case "assign":
      return [it.target, it.value].map(expressionLink);
    case "block":
      return [blockLink(it.block)];
    case "if":
      return [expressionLink(it.condition), blockLink(it.then), ...maybe(it.otherwise)];
    case "let":
      return [expressionLink(it.value)];
    case "match":
      return [expressionLink(it.scrutinee), ...it.arms.map((node): Link => ({ of: "arm", node, span: node.span }))];
    case "loop":
      return [blockLink(it.body)];
    case "while":
      return [expressionLink(it.condition), blockLink(it.body)];
    case "for":
      return [expressionLink(it.iterable), blockLink(it.body)];
    case "closure":
      return [expressionLink(it.body)];
    case "return":
    case "break":
      return maybe(it.value);
    case "tuple":
    case "array":
      return it.elements.map(expressionLink);
    case "repeat":
      return [it.element, it.count].map(expressionLink);
    case "range":
      return [...maybe(it.from), ...maybe(it.to)];
    case "unknown":
      return it.parts.map(expressionLink);
  }
}

const maybe = (it: Expression | undefined): readonly Link[] => (it === undefined ? [] : [expressionLink(it)]);
