/** Patterns as tests and bindings: each test that fails leads to one block, each name becomes a variable that holds a part of the value. */
import type { Path, Pattern } from "../ast.ts";
import type { BlockId, Local, Place, Projection, Test } from "./body.ts";
import type { BodyBuilder } from "./builder.ts";

/** Variables for all names; alternatives share theirs. */
export function declareNames(body: BodyBuilder, pattern: Pattern): ReadonlyMap<string, Local> {
  const locals = new Map<string, Local>();
  for (const it of namesIn(pattern)) if (!locals.has(it.name)) locals.set(it.name, body.variable(it.name, placeOfName(it), it.mutable));
  return locals;
}

/** Without `fail`, what may not match is an error of the program that is not ours. */
export function bind(body: BodyBuilder, pattern: Pattern, place: Place, locals: ReadonlyMap<string, Local>, fail?: BlockId): void {
  switch (pattern.kind) {
    case "binding": {
      const to = locals.get(pattern.name);
      const part = pattern.reference && pattern.mutable ? ({ kind: "reference", mutable: true, place } as const) : undefined;
      body.emit(part ?? { kind: "copy", from: place }, pattern.span, to);
      if (pattern.inside !== undefined) bind(body, pattern.inside, place, locals, fail);
      return;
    }
    case "wildcard":
    case "rest":
      return;
    case "reference":
      bind(body, pattern.inside, into(place, { kind: "dereference" }), locals, fail);
      return;
    case "tuple":
      fields(body, pattern.elements, place, (name) => ({ kind: "field", name }), locals, fail);
      return;
    case "slice":
      slice(body, pattern, place, locals, fail);
      return;
    case "or":
      alternatives(body, pattern, place, locals, fail);
      return;
    case "tuple-struct":
      test(body, pattern, place, { kind: "path", path: pattern.path }, fail);
      fields(body, pattern.elements, place, payload(pattern.path), locals, fail);
      return;
    case "struct":
      test(body, pattern, place, { kind: "path", path: pattern.path }, fail);
      for (const it of pattern.fields) bind(body, it.pattern, into(place, payload(pattern.path)(it.name)), locals, fail);
      return;
    case "path":
      test(body, pattern, place, { kind: "path", path: pattern.path }, fail);
      return;
    case "literal":
      test(body, pattern, place, { kind: "literal", literal: pattern.literal }, fail);
      return;
    default:
      test(body, pattern, place, { kind: "other" }, fail);
  }
}

/** What matches anyway is tested all the same: that is what it is taken for. */
export function stateMatch(body: BodyBuilder, pattern: Pattern, place: Place): void {
  if (pattern.kind === "tuple-struct" || pattern.kind === "path")
    body.emit({ kind: "test", place, test: { kind: "path", path: pattern.path } }, pattern.span);
}

function test(body: BodyBuilder, pattern: Pattern, place: Place, what: Test, fail: BlockId | undefined): void {
  if (fail === undefined) return;
  const condition = body.emit({ kind: "test", place, test: what }, pattern.span);
  const next = body.block();
  body.branch(condition, next, fail);
  body.go(next);
}

function fields(
  body: BodyBuilder,
  elements: readonly Pattern[],
  place: Place,
  step: (name: string) => Projection,
  locals: ReadonlyMap<string, Local>,
  fail: BlockId | undefined,
): void {
  for (const [at, element] of elements.entries()) {
    // What stands behind `..` has a place that depends on how many there are.
    if (element.kind === "rest") {
      for (const it of elements.slice(at + 1)) bind(body, it, into(place, { kind: "each" }), locals, fail);
      return;
    }
    bind(body, element, into(place, step(String(at))), locals, fail);
  }
}

function slice(
  body: BodyBuilder,
  pattern: Extract<Pattern, { readonly kind: "slice" | "tuple" | "or" }>,
  place: Place,
  locals: ReadonlyMap<string, Local>,
  fail: BlockId | undefined,
): void {
  const { elements } = pattern;
  const rest = elements.findIndex((it) => it.kind === "rest" || (it.kind === "binding" && it.inside?.kind === "rest"));
  const length = { kind: "length", least: elements.length - (rest < 0 ? 0 : 1), exact: rest < 0 } as const;
  test(body, pattern, place, length, fail);
  for (const [at, element] of elements.entries()) {
    const from = at === rest ? "rest" : rest >= 0 && at > rest ? at - elements.length : at;
    const inner = at === rest && element.kind === "binding" ? withoutInside(element) : element;
    bind(body, inner, into(place, { kind: "element", at: from }), locals, fail);
  }
}

function withoutInside({ inside: _, ...binding }: BindingPattern): Pattern {
  return binding;
}

function alternatives(
  body: BodyBuilder,
  pattern: Extract<Pattern, { readonly kind: "slice" | "tuple" | "or" }>,
  place: Place,
  locals: ReadonlyMap<string, Local>,
  fail: BlockId | undefined,
): void {
  const matched = body.block();
  for (const [at, element] of pattern.elements.entries()) {
    const isLast = at === pattern.elements.length - 1;
    const next = isLast ? fail : body.block();
    bind(body, element, place, locals, next);
    body.goto(matched);
    if (next !== undefined && !isLast) body.go(next);
  }
  body.go(matched);
}

const into = (place: Place, step: Projection): Place => ({ local: place.local, path: [...place.path, step] });

const payload =
  (of: Path) =>
  (name: string): Projection => ({ kind: "payload", of, name });

type BindingPattern = Extract<Pattern, { readonly kind: "binding" }>;

/** `mut` stands before it. */
export const placeOfName = ({ inside, span }: BindingPattern): number => (inside === undefined ? span.end - 1 : span.start);

function* namesIn(pattern: Pattern): Generator<BindingPattern> {
  switch (pattern.kind) {
    case "binding":
      yield pattern;
      if (pattern.inside !== undefined) yield* namesIn(pattern.inside);
      return;
    case "reference":
      yield* namesIn(pattern.inside);
      return;
    case "tuple-struct":
    case "tuple":
    case "slice":
    case "or":
      for (const it of pattern.elements) yield* namesIn(it);
      return;
    case "struct":
      for (const it of pattern.fields) yield* namesIn(it.pattern);
  }
}
