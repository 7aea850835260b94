/** Makes values: each once, folded where its parts are known. */
import { DEEPEST_VALUE, LONGEST_KNOWN, MOST_ALTERNATIVES } from "../rust/bounds.ts";
import { Chains } from "./chain.ts";
import { ALWAYS, and, isAlways, isOpen, NEVER, or, SOME } from "./conditions.ts";
import { BY_ID, orderOf, textOf } from "./shape-text.ts";
import type { Alternative, Condition, Shape, Value } from "./value.ts";

/** A recursion that takes trees apart would make of each what it makes of all. */
const LARGEST_VALUE = DEEPEST_VALUE ** 2;

const NO_LABELS: readonly string[] = [];

export class Values {
  readonly chains = new Chains();
  /** How often one was asked for: what tests count. */
  made = 0;
  readonly #known = new Map<string, Value>();
  readonly unit = this.make({ kind: "unit" });
  readonly never = this.make({ kind: "alternatives", of: [] });

  make(shape: Shape): Value {
    this.made++;
    const key = textOf(shape, BY_ID);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const parts = partsOf(shape);
    if (shape.kind !== "alternatives" && parts.some(isNever)) return this.never;
    const depth = 1 + Math.max(0, ...parts.map((it) => it.depth));
    const size = parts.reduce((sum, it) => sum + it.size, 1 + conditionSize(shape));
    const labels = labelsOf(shape, parts);
    if (depth > DEEPEST_VALUE || size > LARGEST_VALUE) return this.#cut(shape, labels, depth > DEEPEST_VALUE);
    const value: Value = {
      ...shape,
      id: this.#known.size,
      order: orderOf(shape, this.chains),
      depth,
      size,
      labels,
      leads: !isFailure(shape) && (isInput(shape) || shape.kind === "object" || shape.kind === "pointer" || parts.some((it) => it.leads)),
      pending: isPending(shape),
      local: (shape.kind === "pointer" && shape.cell.kind === "local") || parts.some((it) => it.local),
      carries: carries(shape, parts),
      open: isInput(shape) || shape.kind === "parameter" || parts.some((it) => it.open) || isConditional(shape),
    };
    this.#known.set(key, value);
    return value;
  }

  /** Conditions are given up before values. */
  #cut(shape: Shape, labels: readonly string[], isDeep: boolean): Value {
    if (shape.kind === "alternatives" && conditionSize(shape) > 0 && !isDeep)
      return this.make({ kind: "alternatives", of: shape.of.map(({ value }) => ({ condition: SOME, value })) });
    const unknown = this.unknown(isDeep ? "nested too deeply" : "too large");
    return labels.reduce((of, label) => this.make({ kind: "labelled", of, label }), unknown);
  }

  constant(value: boolean | number | string): Value {
    return this.make({ kind: "constant", value });
  }

  unknown(reason: string): Value {
    return this.make({ kind: "unknown", reason });
  }

  /** Fields that are not listed are those of `base`, whose type it has where `type` is empty. */
  record(type: string, fields: readonly (readonly [string, Value])[], base?: Value): Value {
    if (base?.kind === "alternatives" || base?.kind === "labelled") return this.each(base, (it) => this.record(type, fields, it));
    if (base?.kind === "record") {
      const own = new Set(fields.map(([name]) => name));
      return this.record(type === "" ? base.type : type, [...base.fields.filter(([name]) => !own.has(name)), ...fields], base.base);
    }
    return this.make({ kind: "record", type, fields: fields.toSorted(([a], [b]) => (a < b ? -1 : 1)), base });
  }

  /** Texts one after the other: what is known of them is put together. */
  text(parts: readonly (string | Value)[]): Value {
    const known = joined(parts.flatMap(written));
    const first = known[0] ?? "";
    const last = known.at(-1) ?? "";
    const isWhole = known.length <= 1 && typeof first === "string";
    if (isWhole && first.length <= LONGEST_KNOWN) return this.constant(first);
    const prefix = typeof first === "string" ? first.slice(0, LONGEST_KNOWN) : "";
    const suffix = typeof last === "string" ? last.slice(-LONGEST_KNOWN) : "";
    const inner = known.slice(
      typeof first === "string" && known.length > 0 ? 1 : 0,
      typeof last === "string" && known.length > 1 ? -1 : undefined,
    );
    const of = inner.map((it) => (typeof it === "string" ? this.constant(it) : it));
    const isLong = isWhole || of.length > LONGEST_KNOWN;
    return this.make({ kind: "text", prefix, suffix, of: isLong ? [this.unknown("a long text")] : of });
  }

  /** One of several. Nested alternatives become one list; equal values one alternative. */
  join(alternatives: readonly Alternative[]): Value {
    const found = new Map<Value, Condition>();
    for (const { condition, value } of alternatives) {
      const nested = value.kind === "alternatives" ? value.of : [{ condition: ALWAYS, value }];
      for (const it of nested) {
        const whole = and(condition, it.condition);
        const known = found.get(it.value);
        if (whole.length > 0) found.set(it.value, known === undefined ? whole : or(known, whole));
      }
    }
    return this.#oneOf([...found].map(([value, condition]) => ({ value, condition })));
  }

  #oneOf(listed: readonly Alternative[]): Value {
    const [only, ...more] = listed;
    if (only !== undefined && more.length === 0) return only.value;
    if (more.length > 0 && listed.every((it) => it.value.kind === "collection" && isAlways(it.condition))) return this.#collections(listed);
    if (more.length > 0 && isOneByElement(listed)) return this.#collections(listed);
    return this.make({ kind: "alternatives", of: listed.length <= MOST_ALTERNATIVES ? listed : this.#widened(listed) });
  }

  /** Of which any may be meant: one that has what all have. */
  #collections(listed: readonly Alternative[]): Value {
    const all = listed.flatMap(({ value }) => (value.kind === "collection" ? [value] : []));
    const elements = listed.flatMap(({ condition, value: it }) =>
      it.kind !== "collection" || it.element === undefined ? [] : [{ condition, value: it.element }],
    );
    const counts = new Set(all.map((it) => it.count));
    const [count = "unknown"] = counts.size === 1 ? counts : [];
    return this.make({ kind: "collection", count, element: elements.length === 0 ? undefined : this.join(elements) });
  }

  /** What a label distinguishes stays; the rest is marked. */
  #widened(listed: readonly Alternative[]): readonly Alternative[] {
    const inOrder = [...listed.filter((it) => it.value.labels.length > 0), ...listed.filter((it) => it.value.labels.length === 0)];
    const kept = new Set(inOrder.slice(0, MOST_ALTERNATIVES - 1));
    const rest = listed.filter((it) => !kept.has(it)).reduce<Condition>((any, it) => or(any, it.condition), []);
    return [...listed.filter((it) => kept.has(it)), { condition: rest, value: this.unknown("more alternatives") }];
  }

  /** The same of each alternative. */
  each(value: Value, map: (value: Value) => Value): Value {
    if (value.kind === "labelled") return this.make({ kind: "labelled", of: this.each(value.of, map), label: value.label });
    if (value.kind !== "alternatives") return map(value);
    return this.join(value.of.map((it) => ({ condition: it.condition, value: map(it.value) })));
  }
}

/** Collections of as many elements, of which nothing but these is known to differ: what a loop makes of one. */
function isOneByElement(listed: readonly Alternative[]): boolean {
  const counts = new Set(listed.map(({ value: it }) => (it.kind === "collection" && it.listed === undefined ? it.count : undefined)));
  return counts.size === 1 && counts.has("many") && isAlways(listed.reduce<Condition>((any, it) => or(any, it.condition), NEVER));
}

/** Those next to each other that are known are one. */
function joined(parts: readonly (string | Value)[]): readonly (string | Value)[] {
  const found: (string | Value)[] = [];
  for (const part of parts) {
    const last = found.at(-1);
    if (typeof part === "string" && typeof last === "string") found[found.length - 1] = last + part;
    else if (part !== "") found.push(part);
  }
  return found;
}

function written(part: string | Value): readonly (string | Value)[] {
  if (typeof part === "string") return [part];
  if (part.kind === "text") return [part.prefix, ...part.of, part.suffix];
  return [part.kind === "constant" ? String(part.value) : part];
}

/** What nothing can be: of what is never returned, or is no such variant. */
export const isNever = (value: Value): boolean => value.kind === "alternatives" && value.of.length === 0;

/** What a value is made of. */
export function partsOf(shape: Shape): readonly Value[] {
  switch (shape.kind) {
    case "text":
      return shape.of;
    case "record":
      return [...shape.fields.map(([, value]) => value), ...(shape.base === undefined ? [] : [shape.base])];
    case "closure":
      return shape.captures;
    case "collection":
      return shape.element === undefined ? [] : [shape.element];
    case "part":
    case "test":
    case "labelled":
      return [shape.of];
    case "operation":
      return shape.operands;
    case "apply":
      return shape.arguments;
    case "alternatives":
      return shape.of.map((it) => it.value);
    default:
      return [];
  }
}

function conditionSize(shape: Shape): number {
  if (shape.kind !== "alternatives") return 0;
  let size = 0;
  for (const { condition } of shape.of)
    for (const { atoms } of condition) for (const { value } of atoms) if (value !== undefined) size += value.size;
  return size;
}

function isPending(shape: Shape): boolean {
  switch (shape.kind) {
    case "input":
      return true;
    case "pointer":
      return shape.cell.kind !== "local";
    case "part":
    case "labelled":
      return shape.of.pending;
    case "apply":
      return (shape.callee === "" || shape.callee.startsWith(".")) && shape.arguments[0]?.pending === true;
    case "alternatives":
      return shape.of.some((it) => it.value.pending);
    default:
      return false;
  }
}

function carries(shape: Shape, parts: readonly Value[]): boolean {
  switch (shape.kind) {
    case "closure":
      return parts.some((it) => it.leads || it.local);
    case "pointer":
      return true;
    case "record":
    case "collection":
    case "labelled":
    case "alternatives":
      return parts.some((it) => it.carries);
    default:
      return false;
  }
}

/** What an attempt at an object failed with is not the object. */
const isFailure = (shape: Shape): boolean => shape.kind === "part" && shape.name === "failure" && shape.of.kind === "object";

const isInput = (shape: Shape): boolean => shape.kind === "input" || (shape.kind === "pointer" && shape.cell.kind === "input");

/** Which of the alternatives it is depends on an input. */
const isConditional = (shape: Shape): boolean => shape.kind === "alternatives" && shape.of.some((it) => isOpen(it.condition));

function labelsOf(shape: Shape, parts: readonly Value[]): readonly string[] {
  const own = shape.kind === "labelled" ? [shape.label] : [];
  if (own.length === 0 && parts.every((it) => it.labels.length === 0)) return NO_LABELS;
  return [...new Set([...own, ...parts.flatMap((it) => it.labels)])].toSorted();
}
