/** Expressions, statements and blocks. */
import type { Block, Expression, MatchArm, Statement } from "../ast.ts";
import * as node from "../syntax/nodes.ts";
import * as token from "../syntax/tokens.ts";
import { attributesAt, NO_ATTRIBUTES } from "./attributes.ts";
import { literalAt } from "./literals.ts";
import { type Lowering, once, take } from "./lowering.ts";
import { parametersIn } from "./patterns.ts";
import { emptyPath } from "./types.ts";

export const unknown = (span: Expression["span"], reason: string, parts: readonly Expression[] = []): Expression => ({
  span,
  kind: "unknown",
  reason,
  parts,
});

export function lowerExpression(lowering: Lowering, at: number): void {
  lowering.expressions.push(expressionAt(lowering, at));
}

function expressionAt(lowering: Lowering, at: number): Expression {
  const { nodes, expressions, tokens } = lowering;
  const span = lowering.spanOf(at);
  const arity = nodes.arities[at] ?? 0;
  const flags = nodes.flags[at] ?? 0;
  const data = nodes.data[at] ?? node.NOTHING;
  const from = nodes.from[at] ?? 0;
  const to = nodes.to[at] ?? 0;
  const operand = (): Expression => expressions.pop() ?? unknown(span, "syntax error");
  switch (nodes.kinds[at]) {
    case node.LITERAL:
      return { span, kind: "literal", literal: literalAt(tokens, from, to, lowering.source.shift) };
    case node.EXPRESSION_PATH:
      return { span, kind: "path", path: lowering.paths.pop() ?? emptyPath(span.start) };
    case node.MACRO:
      return macroCall(lowering, span, data);
    case node.PAREN:
      return { ...operand(), parentheses: span };
    case node.TUPLE:
      return { span, kind: "tuple", elements: take(expressions, arity) };
    case node.ARRAY:
      return { span, kind: "array", elements: take(expressions, arity) };
    case node.REPEAT: {
      const count = operand();
      return { span, kind: "repeat", element: operand(), count };
    }
    case node.UNARY: {
      const operator = UNARY[lowering.kind(data)] ?? "*";
      return { span, kind: "unary", operator, operand: operand() };
    }
    case node.REFERENCE:
      return { span, kind: "reference", mutable: flags === node.IS_MUTABLE, operand: operand() };
    case node.BINARY: {
      const right = operand();
      return { span, kind: "binary", operator: operatorAt(lowering, data, flags), left: operand(), right };
    }
    case node.ASSIGN: {
      const value = operand();
      return { span, kind: "assign", operator: operatorAt(lowering, data, flags), target: operand(), value };
    }
    case node.RANGE: {
      const upper = (flags & node.HAS_VALUE) === 0 ? {} : { to: operand() };
      return { span, kind: "range", ...((flags & node.HAS_FROM) === 0 ? {} : { from: operand() }), ...upper };
    }
    case node.CAST:
      return { span, kind: "cast", operand: operand(), type: lowering.types.pop() ?? { kind: "other", span } };
    case node.CALL: {
      const values = take(expressions, arity - 1);
      return { span, kind: "call", callee: operand(), arguments: values, argumentsSpan: argumentsSpan(lowering, to) };
    }
    case node.METHOD: {
      const hasGenerics = lowering.kind(data + 1) === token.PATH_SEPARATOR;
      const values = take(expressions, arity - (hasGenerics ? 2 : 1));
      const generics = hasGenerics ? (lowering.generics.pop()?.types ?? []) : [];
      return {
        span,
        kind: "method",
        receiver: operand(),
        name: lowering.name(data),
        nameSpan: lowering.span(data, data + 1),
        generics,
        arguments: values,
        argumentsSpan: argumentsSpan(lowering, to),
        segmentSpan: lowering.span(data - 1, to),
      };
    }
    case node.FIELD:
      return { span, kind: "field", base: operand(), name: lowering.name(data), nameSpan: lowering.span(data, data + 1) };
    case node.INDEX: {
      const index = operand();
      return { span, kind: "index", base: operand(), index };
    }
    case node.TRY:
      return { span, kind: "try", operand: operand() };
    case node.AWAIT:
      return { span, kind: "await", operand: operand() };
    case node.STRUCT: {
      const parts = take(lowering.fieldValues, arity - 1);
      const base = parts.find((it) => "base" in it);
      return {
        span,
        kind: "struct",
        path: lowering.paths.pop() ?? emptyPath(span.start),
        fields: parts.flatMap((it) => ("base" in it ? [] : [it])),
        ...(base === undefined ? {} : { base: base.base }),
      };
    }
    case node.BLOCK_EXPRESSION:
      return { span, kind: "block", flavour: FLAVOURS[lowering.kind(data)] ?? "plain", block: blockFrom(lowering, span) };
    case node.IF: {
      const otherwise = flags === node.HAS_ELSE ? { otherwise: operand() } : {};
      // biome-ignore lint/suspicious/noThenProperty: it is the word of the grammar, and a block is no function.
      return { span, kind: "if", condition: operand(), then: blockFrom(lowering, span), ...otherwise };
    }
    case node.LET_CONDITION:
      return { span, kind: "let", pattern: lowering.patterns.pop() ?? { kind: "other", span }, value: operand() };
    case node.MATCH:
      return { span, kind: "match", arms: take(lowering.arms, arity - 1), scrutinee: operand() };
    case node.LOOP:
      return { span, kind: "loop", body: blockFrom(lowering, span) };
    case node.WHILE:
      return { span, kind: "while", condition: operand(), body: blockFrom(lowering, span) };
    case node.FOR: {
      const pattern = lowering.patterns.pop() ?? { kind: "other", span };
      return { span, kind: "for", pattern, iterable: operand(), body: blockFrom(lowering, span) };
    }
    case node.CLOSURE:
      return closureOf(lowering, span, operand(), flags);
    case node.RETURN:
    case node.BREAK:
      return { span, kind: nodes.kinds[at] === node.RETURN ? "return" : "break", ...(arity === 0 ? {} : { value: operand() }) };
    case node.CONTINUE:
      return { span, kind: "continue" };
    case node.YIELD:
      return unknown(span, "a value of a coroutine", take(expressions, arity));
    default:
      return unknown(span, "syntax error", take(expressions, arity).filter(isPart));
  }
}

function closureOf(lowering: Lowering, span: Expression["span"], body: Expression, flags: number): Expression {
  const parameters = parametersIn(lowering.parameterLists.pop() ?? []);
  return { span, kind: "closure", parameters, body: flags & node.IS_ASYNC ? asynchronous(body) : body };
}

/** Bare names and what is missing say nothing. */
const isPart = (it: Expression): boolean => it.kind !== "path" && (it.kind !== "unknown" || it.parts.length > 0);

const UNARY: Readonly<Record<number, "!" | "-" | "*" | undefined>> = { [token.NOT]: "!", [token.MINUS]: "-" };
const FLAVOURS: Readonly<Record<number, "unsafe" | "async" | "const" | undefined>> = {
  [token.UNSAFE]: "unsafe",
  [token.ASYNC]: "async",
  [token.CONST]: "const",
};

const operatorAt = ({ tokens: { text, starts, ends } }: Lowering, first: number, count: number): string =>
  text.slice(starts[first], ends[first + count - 1]);

/** In the parentheses that a call ends with. */
const argumentsSpan = (lowering: Lowering, to: number): Expression["span"] => lowering.span(lowering.tokens.partners[to - 1] ?? to, to);

const blockFrom = (lowering: Lowering, { end }: Expression["span"]): Block =>
  lowering.blocks.pop() ?? { span: { start: end, end }, statements: [], items: [] };

function asynchronous(body: Expression): Expression {
  if (body.kind === "block" && body.flavour === "plain") return { ...body, flavour: "async" };
  return { span: body.span, kind: "block", flavour: "async", block: { span: body.span, statements: [], tail: body, items: [] } };
}

/** The tokens are read when somebody looks at them, and once. */
function macroCall(lowering: Lowering, span: Expression["span"], bracket: number): Expression {
  const path = lowering.paths.pop() ?? emptyPath(span.start);
  const tokens = lowering.span(bracket, (lowering.tokens.partners[bracket] ?? bracket) + 1);
  const { source } = lowering;
  const read = once(() => source.macro(bracket));
  return {
    span,
    kind: "macro",
    path,
    tokens,
    get arguments() {
      return read()?.arguments ?? [];
    },
    get body() {
      const found = read();
      return found?.list === false ? found.block : undefined;
    },
  };
}

export function lowerFieldValue(lowering: Lowering, at: number): void {
  const { nodes } = lowering;
  const value = lowering.expressions.pop() ?? unknown(lowering.spanOf(at), "syntax error");
  if (nodes.kinds[at] === node.STRUCT_BASE) {
    lowering.fieldValues.push({ base: value });
    return;
  }
  const attributes = attributesAt(lowering, nodes.from[at] ?? 0);
  lowering.fieldValues.push({
    name: lowering.name(nodes.data[at] ?? 0),
    span: lowering.spanOf(at),
    value,
    shorthand: nodes.flags[at] !== node.HAS_VALUE,
    ...(attributes === NO_ATTRIBUTES ? {} : { attributes }),
  });
}

export function lowerArm(lowering: Lowering, at: number): void {
  const { nodes, expressions } = lowering;
  const span = lowering.spanOf(at);
  const body = expressions.pop() ?? unknown(span, "syntax error");
  const condition = nodes.flags[at] === node.HAS_GUARD ? expressions.pop() : undefined;
  const arm: MatchArm = {
    span,
    pattern: lowering.patterns.pop() ?? { kind: "other", span },
    ...(condition === undefined ? {} : { condition }),
    body,
    attributes: attributesAt(lowering, nodes.from[at] ?? 0),
  };
  lowering.arms.push(arm);
}

export function lowerStatement(lowering: Lowering, at: number): void {
  const { nodes } = lowering;
  const from = nodes.from[at] ?? 0;
  const flags = nodes.flags[at] ?? 0;
  const span = lowering.span(lowering.pastAttributes(from), nodes.to[at] ?? 0);
  const attributes = attributesAt(lowering, from);
  if (nodes.kinds[at] === node.LET) {
    const otherwise = (flags & node.HAS_ELSE) === 0 ? undefined : lowering.blocks.pop();
    const value = (flags & node.HAS_VALUE) === 0 ? undefined : lowering.expressions.pop();
    const type = (flags & node.HAS_TYPE) === 0 ? undefined : lowering.types.pop();
    lowering.statements.push({
      span,
      attributes,
      kind: "let",
      pattern: lowering.patterns.pop() ?? { kind: "other", span },
      ...(type === undefined ? {} : { type }),
      ...(value === undefined ? {} : { value }),
      ...(otherwise === undefined ? {} : { otherwise }),
    });
    return;
  }
  const expression = lowering.expressions.pop() ?? unknown(span, "syntax error");
  lowering.statements.push({ span, attributes, kind: "expression", expression, semicolon: (flags & node.HAS_SEMICOLON) !== 0 });
}

export function lowerBlock(lowering: Lowering, at: number): void {
  const { nodes } = lowering;
  const count = nodes.data[at] ?? 0;
  const items = take(lowering.items, count);
  const statements = take(lowering.statements, (nodes.arities[at] ?? 0) - count);
  const endsWithValue = nodes.kinds[at - 1] === node.STATEMENT && statements.length > 0;
  const last = endsWithValue ? statements.at(-1) : undefined;
  const tail: Extract<Statement, { readonly kind: "expression" }> | undefined =
    last?.kind === "expression" && !last.semicolon ? last : undefined;
  if (tail !== undefined) statements.pop();
  lowering.blocks.push({
    span: lowering.spanOf(at),
    statements,
    items,
    ...(tail === undefined ? {} : { tail: tail.expression }),
    ...(tail === undefined || tail.attributes === NO_ATTRIBUTES ? {} : { tailAttributes: tail.attributes }),
  });
}
