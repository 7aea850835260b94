/** Patterns: whether a value fits one, and what its names are bound to. */
import type { Literal, Pattern, Path as RustPath } from "../../rust/index.ts";
import type { Frame, Machine } from "../machine.ts";
import { examined, objectsIn, opaque, TAINT, taintOf, type Value } from "../values.ts";
import { choose } from "./choices.ts";
import { fieldsOf } from "./types.ts";

export interface Match {
  readonly fits: "yes" | "no" | "maybe";
  readonly bindings: readonly { readonly name: string; readonly value: Value }[];
}

const both = (a: Match["fits"], b: Match["fits"]): Match["fits"] =>
  a === "no" || b === "no" ? "no" : a === "maybe" || b === "maybe" ? "maybe" : "yes";
const all = (parts: readonly Match[], start: Match["fits"]): Match => ({
  fits: parts.reduce<Match["fits"]>((fits, it) => both(fits, it.fits), start),
  bindings: parts.flatMap((it) => it.bindings),
});
const match = (fits: Match["fits"], bindings: Match["bindings"] = []): Match => ({ fits, bindings });

export function matchPattern(machine: Machine, pattern: Pattern, value: Value, frame: Frame): Match {
  switch (pattern.kind) {
    case "wildcard":
    case "rest":
      return match("yes");
    case "binding": {
      if (pattern.inside === undefined && /^[A-Z]/.test(pattern.name)) return matchPath(machine, nameAsPath(pattern), value, frame);
      const inner = pattern.inside === undefined ? match("yes") : matchPattern(machine, pattern.inside, value, frame);
      return match(inner.fits, [{ name: pattern.name, value }, ...inner.bindings]);
    }
    case "reference":
      return matchPattern(machine, pattern.inside, value, frame);
    case "literal":
      return match(matchLiteral(pattern.literal, examined(value)));
    case "path":
      return matchPath(machine, pattern.path, value, frame);
    case "tuple-struct":
      return matchTupleStruct(machine, pattern.path, pattern.elements, value, frame);
    case "struct": {
      const { fits } = matchPath(machine, pattern.path, value, frame);
      const parts = pattern.fields.map((field) =>
        matchPattern(machine, field.pattern, fieldOfPattern(machine, value, pattern.path, field, frame), frame),
      );
      return all(parts, fits);
    }
    case "tuple":
    case "slice": {
      const elements = listOf(value, pattern.elements.length);
      const parts = pattern.elements.map((it, index) =>
        matchPattern(machine, it, elements[index] ?? opaque("element", { taint: taintOf(value) }), frame),
      );
      const sure: Match["fits"] = pattern.kind === "tuple" ? "yes" : "maybe";
      return all(parts, sure);
    }
    case "or": {
      const parts = pattern.elements.map((it) => matchPattern(machine, it, value, frame));
      const fits = parts.some((it) => it.fits === "yes") ? "yes" : parts.every((it) => it.fits === "no") ? "no" : "maybe";
      return match(fits, parts.find((it) => it.fits !== "no")?.bindings ?? []);
    }
    case "other":
      return match("maybe");
  }
}

/** Error variants that a pattern is limited to: `Err(Error::InvalidCertificate(CertificateError::Expired))` → `Expired`. */
export function variantsIn(pattern: Pattern): string[] {
  switch (pattern.kind) {
    case "path":
      return [pattern.path.segments.at(-1)?.name ?? ""];
    case "tuple-struct": {
      const inner = pattern.elements.flatMap(variantsIn);
      return inner.length > 0
        ? inner
        : [pattern.path.segments.at(-1)?.name ?? ""].filter((it) => it !== "Err" && it !== "Some" && it !== "Ok");
    }
    case "struct": {
      const inner = pattern.fields.flatMap((it) => variantsIn(it.pattern));
      return inner.length > 0 ? inner : [pattern.path.segments.at(-1)?.name ?? ""];
    }
    case "or":
      return pattern.elements.flatMap(variantsIn);
    case "tuple":
    case "slice":
      return pattern.elements.flatMap(variantsIn);
    case "reference":
      return variantsIn(pattern.inside);
    case "binding":
      return pattern.inside !== undefined ? variantsIn(pattern.inside) : /^[A-Z]/.test(pattern.name) ? [pattern.name] : [];
    default:
      return [];
  }
}

function nameAsPath(pattern: Extract<Pattern, { kind: "binding" }>): RustPath {
  return { span: pattern.span, global: false, segments: [{ name: pattern.name, span: pattern.span, generics: [] }] };
}

function matchLiteral(literal: Literal, value: Value): Match["fits"] {
  if (value.kind === "bool" && literal.type === "bool") return value.value === literal.value ? "yes" : "no";
  if (value.kind === "number" && literal.type === "integer") return value.value === literal.value ? "yes" : "no";
  if (value.kind === "text" && value.exact && literal.type === "string") return value.value === literal.value ? "yes" : "no";
  return "maybe";
}

function matchPath(machine: Machine, path: RustPath, value: Value, frame: Frame): Match {
  const name = path.segments.at(-1)?.name ?? "";
  const it = examined(value);
  if (path.segments.length === 1 && name === "None") return match(it.kind === "none" ? "yes" : isUncertain(it) ? "maybe" : "no");
  if (it.kind === "record" && it.record.variant !== undefined) return match(it.record.variant === name ? "yes" : "no");
  if (it.kind === "record" && it.record.definition !== undefined && it.record.placeholder === undefined) return match("yes");
  if (it.kind === "name") {
    const own = it.path.at(-1);
    return match(own === name ? "yes" : "maybe");
  }
  if (it.kind === "none" || it.kind === "error") return match("no");
  if (it.kind === "record") return match(definesStruct(machine, path, frame) ? "yes" : "maybe");
  return match("maybe");
}

function definesStruct(machine: Machine, path: RustPath, frame: Frame): boolean {
  const resolution = machine.scopes.resolve(path, frame.scope);
  return resolution.kind === "local" && resolution.definition.variant === undefined && resolution.definition.item.kind === "struct";
}

const isUncertain = (value: Value): boolean =>
  value.kind === "opaque" ||
  value.kind === "choice" ||
  (value.kind === "object" && !value.object.known) ||
  (value.kind === "record" && value.record.placeholder !== undefined);

function matchTupleStruct(machine: Machine, path: RustPath, elements: readonly Pattern[], value: Value, frame: Frame): Match {
  const name = path.segments.at(-1)?.name ?? "";
  const [inner] = elements;
  const it = examined(value);
  const within = (of: Value, fits: Match["fits"]): Match => {
    if (inner === undefined) return match(fits);
    const deeper = matchPattern(machine, inner, of, frame);
    return match(both(fits, deeper.fits), deeper.bindings);
  };
  if (path.segments.length === 1 && (name === "Some" || name === "Ok")) {
    if (it.kind === "none" || it.kind === "error") return match("no");
    if (value.kind === "fallible") return within(value.value, "maybe");
    return within(value, isUncertain(it) || it.kind === "verdict" ? "maybe" : "yes");
  }
  if (path.segments.length === 1 && name === "Err") {
    if (it.kind === "error") return within(opaque("error", { taint: TAINT.error }), "yes");
    if (value.kind === "fallible" || isUncertain(it) || it.kind === "verdict")
      return within(opaque("error", { taint: TAINT.error | (it.kind === "verdict" ? TAINT.verdict : 0) }), "maybe");
    return match("no");
  }
  if (it.kind === "record") {
    const fits: Match["fits"] = it.record.variant === undefined || it.record.variant === name ? "yes" : "no";
    const parts = elements.map((element, index) =>
      matchPattern(machine, element, it.record.fields.get(String(index)) ?? opaque("field", { taint: TAINT.configuration }), frame),
    );
    return all(parts, it.record.placeholder === undefined ? fits : both(fits, "maybe"));
  }
  const parts = elements.map((element) =>
    matchPattern(machine, element, opaque("field", { taint: taintOf(value), parts: [value] }), frame),
  );
  return match(
    "maybe",
    parts.flatMap((one) => one.bindings),
  );
}

function fieldOfPattern(
  machine: Machine,
  value: Value,
  path: RustPath,
  field: { readonly name: string; readonly pattern: Pattern },
  frame: Frame,
): Value {
  const found = machine.fieldOf(value, field.name, field.name, { file: frame.file, span: field.pattern.span }, frame);
  if (found.kind !== "opaque" || found.field !== undefined) return found;
  const resolution = machine.scopes.resolve(path, frame.scope);
  const type = resolution.kind === "local" ? resolution.definition : undefined;
  const declared = type !== undefined && fieldsOf(type).some((it) => it.name === field.name);
  return declared ? { ...found, field: { of: type, name: field.name, negated: false } } : found;
}

function listOf(value: Value, length: number): readonly Value[] {
  const it = examined(value);
  if (it.kind === "tuple") return it.elements;
  if (it.kind === "collection") return it.collection.elements;
  const unknown = (): Value => opaque(it.kind === "opaque" ? it.text : "element", { taint: taintOf(value), parts: [it] });
  if (it.kind !== "choice") return Array.from({ length }, unknown);
  // Of what models know, and of what is chosen, each alternative has its own: `let (mode, name) = if verify { (PEER, true) } else { (NONE, false) }`.
  const known = Array.from({ length }, (_, at) => {
    const arms = it.arms.flatMap(({ path, value: one }) => {
      const list = examined(one);
      const element = list.kind === "tuple" ? list.elements[at] : undefined;
      return element === undefined || (objectsIn(element).length === 0 && !CHOSEN.has(element.kind)) ? [] : [{ path, value: element }];
    });
    return arms.length === it.arms.length ? choose(arms) : arms.length === 0 ? "nothing" : undefined;
  });
  const apart = known.some((one) => one !== undefined && one !== "nothing");
  return known.map((one) => (one === "nothing" ? (apart ? opaque("element", { taint: taintOf(value) }) : unknown()) : (one ?? unknown())));
}

const CHOSEN: ReadonlySet<Value["kind"]> = new Set(["bool", "flags", "word"]);
