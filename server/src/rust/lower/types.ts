/** Paths, types and type parameters. */
import type { GenericParameter, Path, PathSegment, Type } from "../ast.ts";
import * as node from "../syntax/nodes.ts";
import * as token from "../syntax/tokens.ts";
import { type Lowering, take } from "./lowering.ts";

export const emptyPath = (at: number): Path => ({ span: { start: at, end: at }, global: false, segments: [] });

export function lowerPath(lowering: Lowering, at: number): void {
  const { nodes } = lowering;
  const from = nodes.from[at] ?? 0;
  const to = nodes.to[at] ?? 0;
  const hasSelf = nodes.flags[at] === node.HAS_SELF;
  const generics = take(lowering.generics, (nodes.arities[at] ?? 0) - (hasSelf ? 1 : 0));
  const self = hasSelf ? lowering.types.pop() : undefined;
  const segments: { name: string; span: PathSegment["span"]; generics: readonly Type[] }[] = [];
  let next = 0;
  for (let place = hasSelf ? pastAngles(lowering, from) : from; place < to; ) {
    const kind = lowering.kind(place);
    if (kind === token.LESS) {
      const list = generics[next++];
      const last = segments.at(-1);
      if (list === undefined || last === undefined) break;
      last.generics = list.types;
      place = list.to;
      continue;
    }
    if (kind !== token.PATH_SEPARATOR) segments.push({ name: lowering.name(place), span: lowering.span(place, place + 1), generics: [] });
    place++;
  }
  // Those of `Fn(A) -> B` stand behind the path.
  const last = segments.at(-1);
  const sugar = generics[next];
  if (last !== undefined && sugar !== undefined) last.generics = sugar.types;
  lowering.paths.push({
    span: lowering.span(from, to),
    global: lowering.kind(from) === token.PATH_SEPARATOR,
    segments,
    ...(self === undefined ? {} : { self }),
  });
}

function pastAngles(lowering: Lowering, from: number): number {
  let depth = 0;
  for (let at = from; at < lowering.tokens.count; at++) {
    const kind = lowering.kind(at);
    if (kind === token.LESS) depth++;
    else if (kind === token.GREATER && --depth === 0) return at + 1;
    else if (kind === token.LEFT_BRACE || kind === token.LEFT_PAREN || kind === token.LEFT_BRACKET) at = lowering.tokens.partners[at] ?? at;
  }
  return from + 1;
}

export function lowerType(lowering: Lowering, at: number): void {
  const { nodes, types } = lowering;
  const span = lowering.spanOf(at);
  const other: Type = { kind: "other", span };
  switch (nodes.kinds[at]) {
    case node.GENERICS:
      lowering.generics.push({ from: nodes.from[at] ?? 0, to: nodes.to[at] ?? 0, types: take(types, nodes.arities[at] ?? 0) });
      return;
    case node.TYPE_PATH:
      types.push({ kind: "path", span, path: lowering.paths.pop() ?? emptyPath(span.start) });
      return;
    case node.TYPE_REFERENCE:
      types.push({ kind: "reference", span, mutable: nodes.flags[at] === node.IS_MUTABLE, inner: types.pop() ?? other });
      return;
    case node.TYPE_TUPLE:
      types.push({ kind: "tuple", span, elements: take(types, nodes.arities[at] ?? 0) });
      return;
    case node.TYPE_SLICE:
      types.push({ kind: "slice", span, inner: types.pop() ?? other });
      return;
    case node.TYPE_BOUNDS: {
      const parts = take(types, nodes.arities[at] ?? 0);
      const [first] = parts;
      const nested = nodes.flags[at] === 0 && first?.kind === "bounds";
      const bounds = parts.flatMap((it) => (it.kind === "bounds" ? it.bounds : [it]));
      types.push({ kind: "bounds", span, dynamic: nodes.flags[at] === node.IS_DYNAMIC || (nested && first.dynamic), bounds });
      return;
    }
    default:
      types.push(other);
  }
}

export function lowerTypeParameter(lowering: Lowering, at: number): void {
  const { nodes } = lowering;
  const count = nodes.arities[at] ?? 0;
  if (nodes.kinds[at] === node.TYPE_PARAMETERS) {
    lowering.typeParameterLists.push(take(lowering.typeParameters, count));
    return;
  }
  const one: GenericParameter = { name: lowering.name(nodes.data[at] ?? -1), bounds: take(lowering.types, count) };
  if (nodes.kinds[at] === node.WHERE) lowering.predicates.push(one);
  else lowering.typeParameters.push(one);
}

/** Type parameters with the bounds that stand at them or in `where`. */
export function genericsOf(parameters: readonly GenericParameter[], predicates: readonly GenericParameter[]): GenericParameter[] {
  return parameters.map(({ name, bounds }) => ({
    name,
    bounds: [...bounds, ...predicates.flatMap((it) => (it.name === name ? it.bounds : []))],
  }));
}
