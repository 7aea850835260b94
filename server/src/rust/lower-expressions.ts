/** Expressions. Whatever nests to the left (calls, fields, `?`, operators) is lowered in a loop, so chains may be long. */
import { type Span, span } from "../base/span.ts";
import type { Block, Expression, FieldValue, MatchArm } from "./ast.ts";
import { literalOf } from "./literals.ts";
import { attributesOf, NO_ATTRIBUTES } from "./lower-attributes.ts";
import { parametersOf, patternOf } from "./lower-patterns.ts";
import { emptyPath, nameOf, pathOf, typeArguments, typeOf } from "./lower-types.ts";
import { DEEPEST_EXPRESSION, LONGEST_CHAIN, type Lowering, once, spanOf } from "./lowering.ts";
import { childOf, firstOf, has, type Syntax, slotsOf, stack } from "./syntax.ts";

export function expressionOf(node: Syntax, lowering: Lowering): Expression {
  if (lowering.depth >= DEEPEST_EXPRESSION) return unknown(node, "nested too deeply");
  lowering.depth++;
  const chain: Syntax[] = [];
  let current = node;
  for (let inner = innerOf(current); inner !== undefined; inner = innerOf(current)) {
    chain.push(current);
    current = inner;
    if (chain.length > LONGEST_CHAIN) break;
  }
  let result =
    chain.length > LONGEST_CHAIN ? unknown(current, "the chain is too long") : (FORMS[current.type] ?? fallback)(current, lowering);
  for (let at = chain.length - 1; at >= 0; at--) {
    const outer = chain[at];
    if (outer !== undefined) result = WRAPPERS[outer.type]?.(outer, result, lowering) ?? result;
  }
  lowering.depth--;
  return result;
}

export const isExpression = (node: Syntax): boolean => node.named && (FORMS[node.type] !== undefined || WRAPPERS[node.type] !== undefined);

/** The expressions among nodes that form no whole: what can be saved from a syntax error. Bare names and operators are left out. */
export function partsOf(nodes: readonly Syntax[], lowering: Lowering): Expression[] {
  const found: Expression[] = [];
  if (lowering.depth >= DEEPEST_EXPRESSION) return found;
  const waiting = [...nodes].reverse();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.type === "identifier" || node.type === "self") continue;
    if (isExpression(node)) found.push(expressionOf(node, lowering));
    else if (RECOVERED.has(node.type)) stack(waiting, node.children);
  }
  return found;
}

export const unknown = (place: Span, reason: string, parts: readonly Expression[] = []): Expression => ({
  span: spanOf(place),
  kind: "unknown",
  reason,
  parts,
});

/** Nodes that hold expressions without being one, as they turn up inside syntax errors. */
const RECOVERED = new Set([
  "ERROR",
  "arguments",
  "field_initializer_list",
  "field_initializer",
  "base_field_initializer",
  "match_block",
  "match_arm",
  "let_declaration",
  "expression_statement",
  "else_clause",
  "let_condition",
  "let_chain",
]);

type Form = (node: Syntax, lowering: Lowering) => Expression;
type Wrapper = (node: Syntax, inner: Expression, lowering: Lowering) => Expression;

/** The operand that an expression starts with (or, for prefix operators, ends with): the next link of the chain. */
function innerOf(node: Syntax): Syntax | undefined {
  if (WRAPPERS[node.type] === undefined) return undefined;
  switch (node.type) {
    case "call_expression": {
      const callee = childOf(node, "function");
      return (callee === undefined ? undefined : methodField(callee)?.value) ?? callee;
    }
    case "field_expression":
    case "type_cast_expression":
    case "reference_expression":
      return childOf(node, "value");
    case "binary_expression":
      return childOf(node, "left");
    default:
      return node.children.find(isExpression);
  }
}

function methodField(
  callee: Syntax,
): { readonly field: Syntax; readonly value: Syntax; readonly generics: Syntax | undefined } | undefined {
  const field = callee.type === "generic_function" ? childOf(callee, "function") : callee;
  if (field?.type !== "field_expression") return undefined;
  const value = childOf(field, "value");
  if (value === undefined || childOf(field, "field")?.type === "integer_literal") return undefined;
  return { field, value, generics: childOf(callee, "type_arguments") };
}

const WRAPPERS: Readonly<Record<string, Wrapper | undefined>> = {
  parenthesized_expression: (node, inner) => ({ ...inner, parentheses: spanOf(node) }),
  try_expression: (node, operand) => ({ span: spanOf(node), kind: "try", operand }),
  await_expression: (node, operand) => ({ span: spanOf(node), kind: "await", operand }),
  field_expression: (node, base, lowering) => {
    const field = childOf(node, "field");
    if (field === undefined) return unknown(node, "syntax error", [base]);
    return { span: spanOf(node), kind: "field", base, name: nameOf(field, lowering), nameSpan: spanOf(field) };
  },
  index_expression: (node, base, lowering) => {
    const index = node.children.filter(isExpression)[1];
    if (index === undefined) return unknown(node, "syntax error", [base]);
    return { span: spanOf(node), kind: "index", base, index: expressionOf(index, lowering) };
  },
  unary_expression: (node, operand) => {
    const operator = node.children[0]?.type;
    if (operator !== "!" && operator !== "-" && operator !== "*") return unknown(node, "operator", [operand]);
    return { span: spanOf(node), kind: "unary", operator, operand };
  },
  reference_expression: (node, operand) => ({ span: spanOf(node), kind: "reference", mutable: has(node, "mutable_specifier"), operand }),
  type_cast_expression: (node, operand, lowering) => {
    const type = childOf(node, "type");
    if (type === undefined) return operand;
    return { span: spanOf(node), kind: "cast", operand, type: typeOf(type, lowering) };
  },
  binary_expression: (node, left, lowering) => {
    const right = childOf(node, "right");
    const operator = childOf(node, "operator")?.type ?? "";
    if (right === undefined) return unknown(node, "syntax error", [left]);
    return { span: spanOf(node), kind: "binary", operator, left, right: expressionOf(right, lowering) };
  },
  call_expression: (node, inner, lowering) => {
    const list = childOf(node, "arguments") ?? firstOf(node, "arguments");
    const argumentsSpan = spanOf(list ?? { start: node.end, end: node.end });
    const values = list === undefined ? [] : listOf(list, lowering);
    const callee = childOf(node, "function");
    const method = callee === undefined ? undefined : methodField(callee);
    const name = method === undefined ? undefined : childOf(method.field, "field");
    if (method === undefined || name === undefined) {
      return { span: spanOf(node), kind: "call", callee: inner, arguments: values, argumentsSpan };
    }
    return {
      span: spanOf(node),
      kind: "method",
      receiver: inner,
      name: nameOf(name, lowering),
      nameSpan: spanOf(name),
      generics: method.generics === undefined ? [] : typeArguments(method.generics, lowering),
      arguments: values,
      argumentsSpan,
      segmentSpan: span(firstOf(method.field, ".")?.start ?? name.start, node.end),
    };
  },
};

const path: Form = (node, lowering) => ({ span: spanOf(node), kind: "path", path: pathOf(node, lowering) });
const literal: Form = (node, lowering) => ({
  span: spanOf(node),
  kind: "literal",
  literal: literalOf(node.type, lowering.text(node), node.start),
});
const flavoured =
  (flavour: "plain" | "unsafe" | "async" | "const"): Form =>
  (node, lowering) => {
    const block = node.type === "block" ? node : firstOf(node, "block");
    if (block === undefined) return unknown(node, "syntax error", partsOf(node.children, lowering));
    return { span: spanOf(node), kind: "block", flavour, block: lowering.block(block) };
  };

/** For a form that does not matter for values, and for what is broken. */
const fallback: Form = (node, lowering) =>
  unknown(node, node.type === "ERROR" ? "syntax error" : node.type.replaceAll("_", " "), partsOf(node.children, lowering));

const assignment: Form = (node, lowering) => {
  const target = childOf(node, "left");
  const value = childOf(node, "right");
  if (target === undefined || value === undefined) return fallback(node, lowering);
  return {
    span: spanOf(node),
    kind: "assign",
    operator: childOf(node, "operator")?.type ?? "=",
    target: expressionOf(target, lowering),
    value: expressionOf(value, lowering),
  };
};

const jump: Form = (node, lowering) => {
  const value = node.children.find(isExpression);
  const kind = node.type === "return_expression" ? "return" : "break";
  return { span: spanOf(node), kind, ...(value === undefined ? {} : { value: expressionOf(value, lowering) }) };
};

const FORMS: Readonly<Record<string, Form | undefined>> = {
  identifier: path,
  self: path,
  super: path,
  crate: path,
  metavariable: path,
  scoped_identifier: path,
  generic_function: path,
  boolean_literal: literal,
  char_literal: literal,
  integer_literal: literal,
  float_literal: literal,
  string_literal: literal,
  raw_string_literal: literal,
  block: flavoured("plain"),
  unsafe_block: flavoured("unsafe"),
  async_block: flavoured("async"),
  const_block: flavoured("const"),
  try_block: flavoured("plain"),
  assignment_expression: assignment,
  compound_assignment_expr: assignment,
  return_expression: jump,
  break_expression: jump,
  continue_expression: (node) => ({ span: spanOf(node), kind: "continue" }),
  unit_expression: (node) => ({ span: spanOf(node), kind: "tuple", elements: [] }),
  tuple_expression: (node, lowering) => ({ span: spanOf(node), kind: "tuple", elements: listOf(node, lowering) }),
  array_expression: (node, lowering) => {
    const length = childOf(node, "length");
    const element = node.children.find((it) => isExpression(it) && it !== length);
    if (length === undefined || element === undefined) return { span: spanOf(node), kind: "array", elements: listOf(node, lowering) };
    return { span: spanOf(node), kind: "repeat", element: expressionOf(element, lowering), count: expressionOf(length, lowering) };
  },
  range_expression: (node, lowering) => {
    const operator = node.children.findIndex((it) => !it.named && it.type.startsWith(".."));
    const from = node.children.slice(0, Math.max(operator, 0)).find(isExpression);
    const to = node.children.slice(operator + 1).find(isExpression);
    return {
      span: spanOf(node),
      kind: "range",
      ...(from === undefined ? {} : { from: expressionOf(from, lowering) }),
      ...(to === undefined ? {} : { to: expressionOf(to, lowering) }),
    };
  },
  struct_expression: (node, lowering) => {
    const name = childOf(node, "name");
    const body = childOf(node, "body")?.children ?? [];
    const base = body.find((it) => it.type === "base_field_initializer")?.children.find(isExpression);
    return {
      span: spanOf(node),
      kind: "struct",
      path: name === undefined ? emptyPath(node.start) : pathOf(name, lowering),
      fields: body.map((it) => fieldValue(it, lowering)).filter((it) => it !== undefined),
      ...(base === undefined ? {} : { base: expressionOf(base, lowering) }),
    };
  },
  macro_invocation: macroCall,
  if_expression: conditional,
  let_condition: (node, lowering) => {
    const pattern = childOf(node, "pattern");
    const value = childOf(node, "value");
    if (pattern === undefined || value === undefined) return fallback(node, lowering);
    return { span: spanOf(node), kind: "let", pattern: patternOf(pattern, lowering), value: expressionOf(value, lowering) };
  },
  // `a && let B = c && d` is one flat node; it is read as nested to the left, as `&&` is elsewhere.
  let_chain: (node, lowering) => {
    const [first, ...rest] = node.children.filter(isExpression).map((it) => expressionOf(it, lowering));
    return rest.reduce<Expression>(
      (left, right) => ({ span: span(left.span.start, right.span.end), kind: "binary", operator: "&&", left, right }),
      first ?? unknown(node, "syntax error"),
    );
  },
  match_expression: (node, lowering) => {
    const value = childOf(node, "value");
    const arms = childOf(node, "body")?.children ?? [];
    return {
      span: spanOf(node),
      kind: "match",
      scrutinee: value === undefined ? unknown(node, "syntax error") : expressionOf(value, lowering),
      arms: arms.map((it) => matchArm(it, lowering)).filter((it) => it !== undefined),
    };
  },
  loop_expression: (node, lowering) => ({ span: spanOf(node), kind: "loop", body: blockIn(node, "body", lowering) }),
  while_expression: (node, lowering) => ({
    span: spanOf(node),
    kind: "while",
    condition: conditionOf(node, lowering),
    body: blockIn(node, "body", lowering),
  }),
  for_expression: (node, lowering) => {
    const pattern = childOf(node, "pattern");
    const value = childOf(node, "value");
    if (pattern === undefined || value === undefined) return fallback(node, lowering);
    return {
      span: spanOf(node),
      kind: "for",
      pattern: patternOf(pattern, lowering),
      iterable: expressionOf(value, lowering),
      body: blockIn(node, "body", lowering),
    };
  },
  closure_expression: (node, lowering) => {
    const body = childOf(node, "body");
    const value = body === undefined || body.type === "_" ? unknown(body ?? node, "syntax error") : expressionOf(body, lowering);
    return {
      span: spanOf(node),
      kind: "closure",
      parameters: parametersOf(childOf(node, "parameters"), lowering),
      body: has(node, "async") ? asynchronous(value) : value,
    };
  },
  yield_expression: fallback,
  gen_block: fallback,
};

/** The values between commas; a slot with a syntax error is `unknown`, so that the others keep their place. */
function listOf(node: Syntax, lowering: Lowering): Expression[] {
  return slotsOf(node)
    .map((slot) => slot.filter((it) => it.type !== "attribute_item"))
    .map((slot) => {
      const [only] = slot;
      if (only !== undefined && slot.length === 1 && isExpression(only)) return expressionOf(only, lowering);
      const place = span(only?.start ?? node.start, slot.at(-1)?.end ?? node.end);
      return slot.length === 0 ? undefined : unknown(place, "syntax error", partsOf(slot, lowering));
    })
    .filter((it) => it !== undefined);
}

function fieldValue(node: Syntax, lowering: Lowering): FieldValue | undefined {
  const attributeNodes = node.children.filter((it) => it.type === "attribute_item");
  const attributes = attributeNodes.length === 0 ? {} : { attributes: attributesOf(attributeNodes, lowering) };
  if (node.type === "shorthand_field_initializer") {
    const name = firstOf(node, "identifier");
    if (name === undefined) return undefined;
    return { name: nameOf(name, lowering), span: spanOf(node), value: expressionOf(name, lowering), shorthand: true, ...attributes };
  }
  const label = childOf(node, "field");
  if (node.type !== "field_initializer" || label === undefined) return undefined;
  const value = childOf(node, "value");
  return {
    name: nameOf(label, lowering),
    span: spanOf(node),
    value: value === undefined ? unknown(node, "syntax error", partsOf(node.children, lowering)) : expressionOf(value, lowering),
    shorthand: false,
    ...attributes,
  };
}

function matchArm(node: Syntax, lowering: Lowering): MatchArm | undefined {
  if (node.type !== "match_arm") return undefined;
  const head = childOf(node, "pattern");
  const pattern = head?.children.find((it) => it.named || it.type === "_");
  const condition = head === undefined ? undefined : childOf(head, "condition");
  const value = childOf(node, "value");
  return {
    span: spanOf(node),
    pattern: pattern === undefined ? { span: spanOf(head ?? node), kind: "other" } : patternOf(pattern, lowering),
    ...(condition === undefined ? {} : { condition: expressionOf(condition, lowering) }),
    body: value === undefined ? unknown(node, "syntax error", partsOf(node.children, lowering)) : expressionOf(value, lowering),
    attributes: node.children.some((it) => it.type === "attribute_item")
      ? attributesOf(
          node.children.filter((it) => it.type === "attribute_item"),
          lowering,
        )
      : NO_ATTRIBUTES,
  };
}

/** `else if` nests to the right, often deeply in generated code: the branches are gathered first and joined from the last on. */
function conditional(node: Syntax, lowering: Lowering): Expression {
  const branches: Syntax[] = [];
  let last: Expression | undefined;
  for (let current: Syntax | undefined = node; current !== undefined; ) {
    branches.push(current);
    const otherwise: Syntax | undefined = childOf(current, "alternative")?.children.find(isExpression);
    current = undefined;
    if (otherwise?.type === "if_expression" && branches.length < LONGEST_CHAIN) current = otherwise;
    else if (otherwise !== undefined) last = expressionOf(otherwise, lowering);
  }
  for (const branch of branches.reverse()) {
    last = {
      span: spanOf(branch),
      kind: "if",
      condition: conditionOf(branch, lowering),
      // biome-ignore lint/suspicious/noThenProperty: it is the word of the grammar, and a block is no function.
      then: blockIn(branch, "consequence", lowering),
      ...(last === undefined ? {} : { otherwise: last }),
    };
  }
  return last ?? unknown(node, "syntax error");
}

function conditionOf(node: Syntax, lowering: Lowering): Expression {
  const condition = childOf(node, "condition");
  return condition === undefined ? unknown(span(node.start, node.start), "syntax error") : expressionOf(condition, lowering);
}

function blockIn(node: Syntax, field: string, lowering: Lowering): Block {
  const block = childOf(node, field);
  if (block === undefined) return { span: span(node.end, node.end), statements: [], items: [] };
  return lowering.block(block);
}

function asynchronous(body: Expression): Expression {
  if (body.kind === "block" && body.flavour === "plain") return { ...body, flavour: "async" };
  return { span: body.span, kind: "block", flavour: "async", block: { span: body.span, statements: [], tail: body, items: [] } };
}

/** The tokens are read when somebody looks at them, and once. */
function macroCall(node: Syntax, lowering: Lowering): Expression {
  const name = childOf(node, "macro");
  const tree = firstOf(node, "token_tree");
  const macro = name === undefined ? emptyPath(node.start) : pathOf(name, lowering);
  const tokens = spanOf(tree ?? { start: node.end, end: node.end });
  const read = once(() => (tree === undefined ? undefined : lowering.tokens(tokens, macro.segments.at(-1)?.name ?? "")));
  return {
    span: spanOf(node),
    kind: "macro",
    path: macro,
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
