/** Paths and types. */
import { type Span, span } from "../base/span.ts";
import type { GenericParameter, Path, PathSegment, Type } from "./ast.ts";
import { DEEPEST_TYPE, spanOf } from "./lowering.ts";
import { childOf, firstOf, has, type Syntax, stack } from "./syntax.ts";

interface Text {
  text(span: Span): string;
}

/** Names without the `r#` of raw identifiers. */
export function nameOf(node: Syntax | undefined, source: Text): string {
  if (node === undefined) return "";
  const text = source.text(node);
  return text.startsWith("r#") ? text.slice(2) : text;
}

/** Of whatever node spells a path, in expressions, types, patterns and `use`. Has no segments for another node. */
export function pathOf(node: Syntax, source: Text, depth = 0): Path {
  const segments: PathSegment[] = [];
  let generics: readonly Type[] = [];
  let self: Type | undefined;
  let global = false;
  const segment = (name: Syntax) => {
    segments.unshift({ name: nameOf(name, source), span: spanOf(name), generics });
    generics = [];
  };
  for (let current: Syntax | undefined = node; current !== undefined; ) {
    switch (current.type) {
      case "scoped_identifier":
      case "scoped_type_identifier": {
        const name = childOf(current, "name");
        if (name !== undefined) segment(name);
        current = childOf(current, "path");
        global = current === undefined;
        break;
      }
      case "generic_type":
      case "generic_type_with_turbofish":
      case "generic_function":
      case "generic_pattern": {
        const list = childOf(current, "type_arguments");
        generics = list === undefined ? [] : typeArguments(list, source, depth);
        current = childOf(current, "type") ?? childOf(current, "function") ?? current.children.find((it) => it.named);
        break;
      }
      case "bracketed_type": {
        const inner: Syntax | undefined = current.children.find((it) => it.named);
        const type = inner?.type === "qualified_type" ? childOf(inner, "type") : inner;
        if (type !== undefined) self = typeOf(type, source, depth + 1);
        current = undefined;
        break;
      }
      default:
        if (NAMES.has(current.type)) segment(current);
        current = undefined;
    }
  }
  return { span: spanOf(node), global, segments, ...(self === undefined ? {} : { self }) };
}

export const NAMES: ReadonlySet<string> = new Set([
  "identifier",
  "type_identifier",
  "field_identifier",
  "shorthand_field_identifier",
  "primitive_type",
  "self",
  "super",
  "crate",
  "metavariable",
]);

export function typeOf(node: Syntax, source: Text, depth = 0): Type {
  const place = spanOf(node);
  if (depth > DEEPEST_TYPE) return { kind: "other", span: place };
  const inner = (field: string): Type => {
    const child = childOf(node, field);
    return child === undefined ? { kind: "other", span: place } : typeOf(child, source, depth + 1);
  };
  switch (node.type) {
    case "type_identifier":
    case "identifier":
    case "primitive_type":
    case "self":
    case "metavariable":
    case "scoped_type_identifier":
    case "scoped_identifier":
    case "generic_type":
    case "generic_type_with_turbofish":
      return { kind: "path", span: place, path: pathOf(node, source, depth + 1) };
    case "reference_type":
      return { kind: "reference", span: place, mutable: has(node, "mutable_specifier"), inner: inner("type") };
    case "unit_type":
      return { kind: "tuple", span: place, elements: [] };
    case "tuple_type": {
      const elements = node.children.filter((it) => it.named).map((it) => typeOf(it, source, depth + 1));
      const [only] = elements;
      // `(dyn A + B)` is parenthesised, not a tuple of one.
      return only !== undefined && elements.length === 1 && !has(node, ",") ? only : { kind: "tuple", span: place, elements };
    }
    case "array_type":
      return { kind: "slice", span: place, inner: inner("element") };
    case "dynamic_type":
    case "abstract_type":
    case "bounded_type":
      return { kind: "bounds", span: place, dynamic: has(node, "dyn") || startsWithDyn(node), bounds: boundsOf(node, source, depth) };
    case "higher_ranked_trait_bound":
      return inner("type");
    case "function_type": {
      const trait = childOf(node, "trait");
      if (trait === undefined) return { kind: "other", span: place };
      const path = pathOf(trait, source, depth + 1);
      const last = path.segments.at(-1);
      const generics = (childOf(node, "parameters")?.children ?? []).filter(isType).map((it) => typeOf(it, source, depth + 1));
      const segments = last === undefined ? [] : [...path.segments.slice(0, -1), { ...last, generics }];
      return { kind: "path", span: place, path: { ...path, segments } };
    }
    default:
      return { kind: "other", span: place };
  }
}

/** Type parameters with the bounds that stand at them or in `where`. */
export function genericsOf(item: Syntax, source: Text): GenericParameter[] {
  const bounds = new Map<string, Type[]>();
  for (const parameter of childOf(item, "type_parameters")?.children ?? []) {
    if (parameter.type === "type_parameter") {
      bounds.set(nameOf(childOf(parameter, "name"), source), traitBounds(childOf(parameter, "bounds"), source));
    } else if (parameter.type === "type_identifier") bounds.set(nameOf(parameter, source), []);
  }
  for (const predicate of firstOf(item, "where_clause")?.children ?? []) {
    const left = childOf(predicate, "left");
    if (left?.type === "type_identifier") bounds.get(nameOf(left, source))?.push(...traitBounds(childOf(predicate, "bounds"), source));
  }
  return [...bounds].map(([name, list]) => ({ name, bounds: list }));
}

const DROPPED = new Set(["lifetime", "removed_trait_bound", "use_bounds", "type_parameters", "attribute_item"]);
const isType = (node: Syntax): boolean => node.named && !DROPPED.has(node.type);

function traitBounds(list: Syntax | undefined, source: Text): Type[] {
  return (list?.children ?? []).filter(isType).map((it) => typeOf(it, source, 1));
}

/** Lifetimes and `Item = X` are left out; a constant argument is a type of kind `other`. */
export function typeArguments(list: Syntax, source: Text, depth = 0): Type[] {
  if (depth > DEEPEST_TYPE) return [];
  return list.children
    .filter((it) => isType(it) && it.type !== "type_binding" && it.type !== "trait_bounds")
    .map((it) => typeOf(it, source, depth + 1));
}

function startsWithDyn(node: Syntax): boolean {
  let current: Syntax | undefined = node;
  while (current?.type === "bounded_type") current = current.children.find((it) => it.named && it.type !== "lifetime");
  return current?.type === "dynamic_type";
}

/** `dyn A + B + C` nests to the left: its bounds are gathered without recursion. */
function boundsOf(node: Syntax, source: Text, depth: number): Type[] {
  const found: Type[] = [];
  const waiting = [node];
  for (let current = waiting.pop(); current !== undefined; current = waiting.pop()) {
    const nested = current.type === "bounded_type" || current.type === "dynamic_type" || current.type === "abstract_type";
    if (nested) stack(waiting, current.children.filter(isType));
    else found.push(typeOf(current, source, depth + 1));
  }
  return found;
}

export const emptyPath = (at: number): Path => ({ span: span(at, at), global: false, segments: [] });
