/** Blocks: statements, the value at their end, and the items declared between them. */
import { span } from "../base/span.ts";
import type { Attributes, Block, Expression, Item, Statement } from "./ast.ts";
import { attributesOf, NO_ATTRIBUTES } from "./lower-attributes.ts";
import { isExpression, partsOf, unknown } from "./lower-expressions.ts";
import { bindingOf } from "./lower-patterns.ts";
import { typeOf } from "./lower-types.ts";
import { type Lowering, spanOf } from "./lowering.ts";
import { childOf, has, type Syntax } from "./syntax.ts";

export const blockOf = (node: Syntax, lowering: Lowering): Block => ({ span: spanOf(node), ...statementsOf(node.children, lowering) });

/** The nodes of a block, or what a syntax error left of one. */
export function statementsOf(nodes: readonly Syntax[], lowering: Lowering): Omit<Block, "span"> {
  const statements: Statement[] = [];
  const items: Item[] = [];
  let tail: { readonly expression: Expression; readonly attributes: Attributes } | undefined;
  let pending: Syntax[] = [];
  const plain = (place: Syntax, expression: Expression, semicolon: boolean, attributes: Attributes) =>
    statements.push({ span: spanOf(place), attributes, kind: "expression", expression, semicolon });

  for (const [at, node] of nodes.entries()) {
    if (node.type === "attribute_item") {
      pending.push(node);
      continue;
    }
    if (!node.named || node.type === "label" || node.type === "inner_attribute_item") continue;
    const attributes = pending.length === 0 ? NO_ATTRIBUTES : attributesOf(pending, lowering);
    pending = [];
    // A last expression is the block's value only if it is the last.
    if (tail !== undefined && node.type !== "ERROR" && node.type !== "empty_statement") {
      statements.push({ span: tail.expression.span, kind: "expression", semicolon: false, ...tail });
      tail = undefined;
    }
    if (node.type === "let_declaration") statements.push(letStatement(node, attributes, lowering));
    else if (node.type === "empty_statement") {
      // The grammar reads `m!{};` and `if a {};` as a statement and an empty one.
      const last = statements.at(-1);
      if (last?.kind === "expression" && !last.semicolon && last.span.end === nodes[at - 1]?.end) {
        statements[statements.length - 1] = { ...last, semicolon: true, span: span(last.span.start, node.end) };
      }
    } else if (node.type === "expression_statement") {
      const inner = node.children.find((it) => it.named);
      const broken = node.children.some((it) => it.type === "ERROR");
      if (inner === undefined) continue;
      const value = isExpression(inner) ? lowering.expression(inner) : unknown(inner, "syntax error", partsOf([inner], lowering));
      plain(node, value, has(node, ";") && !broken, attributes);
      if (broken) {
        const parts = partsOf(
          node.children.filter((it) => it !== inner),
          lowering,
        );
        if (parts.length > 0) plain(node, unknown(node, "syntax error", parts), true, attributes);
      }
    } else if (node.type === "ERROR") recovered(node, statements, items, lowering);
    else if (node.type === "macro_invocation") plain(node, lowering.expression(node), false, attributes);
    else if (isExpression(node)) tail = { expression: lowering.expression(node), attributes };
    else {
      const item = lowering.item(node, attributes);
      if (item !== undefined) items.push(item);
    }
  }
  const last = statements.at(-1);
  if (tail === undefined && last?.kind === "expression" && !last.semicolon && isLast(last, nodes)) {
    statements.pop();
    tail = { expression: last.expression, attributes: last.attributes };
  }
  return {
    statements,
    items,
    ...(tail === undefined ? {} : { tail: tail.expression }),
    ...(tail === undefined || tail.attributes === NO_ATTRIBUTES ? {} : { tailAttributes: tail.attributes }),
  };
}

/** `if`, `match`, `{ … }` and macro calls at the end are the block's value, though the grammar sees a statement. */
function isLast(statement: Statement, nodes: readonly Syntax[]): boolean {
  const last = nodes.findLast((it) => it.named && it.type !== "ERROR" && it.type !== "attribute_item");
  return last !== undefined && last.end === statement.span.end;
}

function letStatement(node: Syntax, attributes: Attributes, lowering: Lowering): Statement {
  const type = childOf(node, "type");
  const value = childOf(node, "value");
  const otherwise = childOf(node, "alternative");
  const saved =
    value === undefined
      ? partsOf(
          node.children.filter((it) => it.type === "ERROR"),
          lowering,
        )
      : [];
  const lowered = value !== undefined ? lowering.expression(value) : saved.length > 0 ? unknown(node, "syntax error", saved) : undefined;
  return {
    span: spanOf(node),
    attributes,
    kind: "let",
    pattern: bindingOf(node, lowering),
    ...(type === undefined ? {} : { type: typeOf(type, lowering) }),
    ...(lowered === undefined ? {} : { value: lowered }),
    ...(otherwise === undefined ? {} : { otherwise: lowering.block(otherwise) }),
  };
}

/** Statements and items inside a syntax error stand as if the error were not there; loose expressions are its parts. */
function recovered(node: Syntax, statements: Statement[], items: Item[], lowering: Lowering): void {
  const inner = statementsOf(
    node.children.filter((it) => !isExpression(it) || it.type === "macro_invocation"),
    lowering,
  );
  for (const it of inner.statements) statements.push(it);
  for (const it of inner.items) items.push(it);
  const parts = partsOf(
    node.children.filter((it) => it.type !== "macro_invocation" && !STATEMENTS.has(it.type)),
    lowering,
  );
  const expression = unknown(node, "syntax error", [...(inner.tail === undefined ? [] : [inner.tail]), ...parts]);
  if (expression.kind === "unknown" && expression.parts.length > 0) {
    statements.push({ span: spanOf(node), attributes: NO_ATTRIBUTES, kind: "expression", expression, semicolon: true });
  }
}

const STATEMENTS = new Set(["let_declaration", "expression_statement", "ERROR"]);
