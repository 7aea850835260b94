/** Patterns and parameters. */
import { type Span, span } from "../base/span.ts";
import type { Parameter, Pattern } from "./ast.ts";
import { literalOf } from "./literals.ts";
import { nameOf, pathOf, typeOf } from "./lower-types.ts";
import { DEEPEST_TYPE, spanOf } from "./lowering.ts";
import { childOf, has, type Syntax, slotsOf, stack } from "./syntax.ts";

interface Text {
  text(span: Span): string;
}

/** A lone name that starts with a capital is taken as a constant or variant (Rust's naming convention), else as a binding. */
export function patternOf(node: Syntax, source: Text, depth = 0): Pattern {
  const place = spanOf(node);
  if (depth > DEEPEST_TYPE) return { span: place, kind: "other" };
  const nested = (child: Syntax | undefined): Pattern =>
    child === undefined ? { span: place, kind: "other" } : patternOf(child, source, depth + 1);
  const elements = (): Pattern[] =>
    slotsOf(node)
      .map((slot) => slot.filter((it) => it.field !== "type" && it.type !== "attribute_item").at(-1))
      .filter((it) => it !== undefined)
      .map(nested);
  switch (node.type) {
    case "identifier":
    case "shorthand_field_identifier": {
      const name = nameOf(node, source);
      if (/^\p{Lu}/u.test(name)) return { span: place, kind: "path", path: pathOf(node, source) };
      return { span: place, kind: "binding", name, mutable: false, reference: false };
    }
    case "_":
      return { span: place, kind: "wildcard" };
    case "remaining_field_pattern":
      return { span: place, kind: "rest" };
    case "self":
      return { span: place, kind: "binding", name: "self", mutable: false, reference: false };
    case "scoped_identifier":
    case "generic_pattern":
      return { span: place, kind: "path", path: pathOf(node, source) };
    case "mut_pattern":
      return mutable(nested(node.children.at(-1)), place);
    case "ref_pattern": {
      const inner = nested(node.children.at(-1));
      return inner.kind === "binding" ? { ...inner, span: place, reference: true } : inner;
    }
    case "captured_pattern": {
      const [first] = node.children;
      const inside = nested(node.children.at(-1));
      const outer = first === undefined ? undefined : nested(first);
      if (outer?.kind === "binding") return { ...outer, span: place, inside };
      return { span: place, kind: "binding", name: nameOf(first, source), mutable: false, reference: false, inside };
    }
    case "reference_pattern":
      return { span: place, kind: "reference", inside: nested(node.children.at(-1)) };
    case "tuple_pattern": {
      const list = elements();
      const [only] = list;
      const parenthesised = only !== undefined && list.length === 1 && only.kind !== "rest" && !has(node, ",");
      return parenthesised ? only : { span: place, kind: "tuple", elements: list };
    }
    case "slice_pattern":
      return { span: place, kind: "slice", elements: elements() };
    case "or_pattern":
      return { span: place, kind: "or", elements: alternatives(node).map(nested) };
    case "tuple_struct_pattern":
      return { span: place, kind: "tuple-struct", path: pathOf(childOf(node, "type") ?? node, source), elements: elements() };
    case "struct_pattern":
      return {
        span: place,
        kind: "struct",
        path: pathOf(childOf(node, "type") ?? node, source),
        fields: node.children.filter((it) => it.type === "field_pattern").map((it) => fieldPattern(it, source, depth)),
      };
    case "string_literal":
    case "raw_string_literal":
    case "char_literal":
    case "boolean_literal":
    case "integer_literal":
    case "float_literal":
    case "negative_literal":
      return { span: place, kind: "literal", literal: literalOf(node.type, source.text(node), node.start) };
    default:
      return { span: place, kind: "other" };
  }
}

/** The pattern of a `let`, whose `mut` the grammar keeps apart from the name. */
export function bindingOf(owner: Syntax, source: Text): Pattern {
  const pattern = childOf(owner, "pattern");
  if (pattern === undefined) return { span: span(owner.start, owner.start), kind: "other" };
  const lowered = patternOf(pattern, source);
  return has(owner, "mutable_specifier") ? mutable(lowered, lowered.span) : lowered;
}

/** Of functions and closures; `self` is not among them. */
export function parametersOf(list: Syntax | undefined, source: Text): Parameter[] {
  const found: Parameter[] = [];
  for (const slot of list === undefined ? [] : slotsOf(list)) {
    const node = slot.at(-1);
    if (node === undefined || receiverIn(node)) continue;
    if (node.type === "parameter") {
      const type = childOf(node, "type");
      found.push({ pattern: bindingOf(node, source), ...(type === undefined ? {} : { type: typeOf(type, source) }) });
    } else if (list?.type === "closure_parameters") found.push({ pattern: patternOf(node, source) });
    else if (node.type === "_") found.push({ pattern: { span: spanOf(node), kind: "wildcard" } });
    else if (node.type !== "ERROR" && node.type !== "variadic_parameter" && node.type !== "attribute_item") {
      found.push({ pattern: { span: span(node.start, node.start), kind: "wildcard" }, type: typeOf(node, source) });
    }
  }
  return found;
}

/** `self` in any form, `self: Arc<Self>` included. */
export function receiverOf(
  list: Syntax | undefined,
): { readonly mutable: boolean; readonly reference: boolean; readonly span: Span } | undefined {
  const node = list?.children.find(receiverIn);
  if (node === undefined) return undefined;
  const type = childOf(node, "type");
  return {
    mutable: has(node, "mutable_specifier") || (type?.type === "reference_type" && has(type, "mutable_specifier")),
    reference: has(node, "&") || type?.type === "reference_type",
    span: spanOf(node),
  };
}

const receiverIn = (node: Syntax): boolean =>
  node.type === "self_parameter" || (node.type === "parameter" && childOf(node, "pattern")?.type === "self");

const mutable = (pattern: Pattern, place: Span): Pattern =>
  pattern.kind === "binding" ? { ...pattern, span: place, mutable: true } : pattern;

function alternatives(node: Syntax): Syntax[] {
  const found: Syntax[] = [];
  const waiting = [node];
  for (let current = waiting.pop(); current !== undefined; current = waiting.pop()) {
    if (current.type === "or_pattern")
      stack(
        waiting,
        current.children.filter((it) => it.type !== "|"),
      );
    else found.push(current);
  }
  return found;
}

function fieldPattern(node: Syntax, source: Text, depth: number): { readonly name: string; readonly pattern: Pattern } {
  const label = childOf(node, "name");
  const name = nameOf(label, source);
  const inner = childOf(node, "pattern");
  if (inner !== undefined) return { name, pattern: patternOf(inner, source, depth + 1) };
  return {
    name,
    pattern: {
      span: spanOf(label ?? node),
      kind: "binding",
      name,
      mutable: has(node, "mutable_specifier"),
      reference: has(node, "ref"),
    },
  };
}
