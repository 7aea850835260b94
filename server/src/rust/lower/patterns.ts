/** Patterns and parameters. */
import type { FunctionItem, Parameter, Pattern } from "../ast.ts";
import * as node from "../syntax/nodes.ts";
import { literalAt } from "./literals.ts";
import { type Lowering, take } from "./lowering.ts";
import { emptyPath } from "./types.ts";

export function lowerPattern(lowering: Lowering, at: number): void {
  lowering.patterns.push(patternAt(lowering, at));
}

function patternAt(lowering: Lowering, at: number): Pattern {
  const { nodes, patterns } = lowering;
  const span = lowering.spanOf(at);
  const arity = nodes.arities[at] ?? 0;
  switch (nodes.kinds[at]) {
    case node.PATTERN_NAME:
      return namedPattern(lowering, at);
    case node.PATTERN_WILDCARD:
      return { kind: "wildcard", span };
    case node.PATTERN_REST:
      return { kind: "rest", span };
    case node.PATTERN_LITERAL:
      return { kind: "literal", span, literal: literalAt(lowering.tokens, nodes.from[at] ?? 0, nodes.to[at] ?? 0, lowering.source.shift) };
    case node.PATTERN_PATH:
      return { kind: "path", span, path: lowering.paths.pop() ?? emptyPath(span.start) };
    case node.PATTERN_TUPLE_STRUCT: {
      const elements = take(patterns, arity - 1);
      return { kind: "tuple-struct", span, path: lowering.paths.pop() ?? emptyPath(span.start), elements };
    }
    case node.PATTERN_STRUCT: {
      const fields = take(lowering.patternFields, arity - 1);
      return { kind: "struct", span, path: lowering.paths.pop() ?? emptyPath(span.start), fields };
    }
    case node.PATTERN_TUPLE:
      return { kind: "tuple", span, elements: take(patterns, arity) };
    case node.PATTERN_SLICE:
      return { kind: "slice", span, elements: take(patterns, arity) };
    case node.PATTERN_OR:
      return { kind: "or", span, elements: take(patterns, arity) };
    case node.PATTERN_REFERENCE:
      return { kind: "reference", span, inside: patterns.pop() ?? { kind: "other", span } };
    default:
      return { kind: "other", span };
  }
}

/** A lone name that starts with a capital is taken as a constant or variant (Rust's naming convention), else as a binding. */
function namedPattern(lowering: Lowering, at: number): Pattern {
  const { nodes } = lowering;
  const token = nodes.data[at] ?? 0;
  const name = lowering.name(token);
  const own = lowering.span(token, token + 1);
  const flags = nodes.flags[at] ?? 0;
  const inside = nodes.arities[at] === 1 ? lowering.patterns.pop() : undefined;
  if (inside === undefined && /^\p{Lu}/u.test(name)) {
    return { kind: "path", span: own, path: { span: own, global: false, segments: [{ name, span: own, generics: [] }] } };
  }
  return {
    kind: "binding",
    span: lowering.spanOf(at),
    name,
    mutable: (flags & node.IS_MUTABLE) !== 0,
    reference: (flags & node.IS_REFERENCE) !== 0,
    ...(inside === undefined ? {} : { inside }),
  };
}

export function lowerPatternField(lowering: Lowering, at: number): void {
  const { nodes } = lowering;
  const token = nodes.data[at] ?? 0;
  const name = lowering.name(token);
  const inner = nodes.arities[at] === 1 ? lowering.patterns.pop() : undefined;
  const flags = nodes.flags[at] ?? 0;
  const own: Pattern = {
    kind: "binding",
    span: lowering.span(token, token + 1),
    name,
    mutable: (flags & node.IS_MUTABLE) !== 0,
    reference: (flags & node.IS_REFERENCE) !== 0,
  };
  lowering.patternFields.push({ name, pattern: inner ?? own });
}

export function lowerParameter(lowering: Lowering, at: number): void {
  const { nodes, parameters } = lowering;
  const span = lowering.spanOf(at);
  const flags = nodes.flags[at] ?? 0;
  if (nodes.kinds[at] === node.PARAMETERS) {
    lowering.parameterLists.push(take(parameters, nodes.arities[at] ?? 0));
  } else if (nodes.kinds[at] === node.RECEIVER) {
    const receiver = { mutable: (flags & node.IS_MUTABLE) !== 0, reference: (flags & node.IS_REFERENCE) !== 0, span };
    parameters.push({ receiver });
  } else {
    const type = flags === 0 ? undefined : lowering.types.pop();
    const none: Pattern = { kind: "wildcard", span: { start: span.start, end: span.start } };
    const pattern = flags === node.IS_BARE ? none : (lowering.patterns.pop() ?? none);
    parameters.push({ pattern, ...(type === undefined ? {} : { type }) });
  }
}

type Listed = Lowering["parameters"][number];

export const parametersIn = (list: readonly Listed[]): Parameter[] => list.flatMap((it) => ("receiver" in it ? [] : [it]));

export function receiverIn(list: readonly Listed[]): FunctionItem["receiver"] {
  for (const it of list) if ("receiver" in it) return it.receiver;
  return undefined;
}
