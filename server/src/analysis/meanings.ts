/** What values are to a model: switches, words of its vocabulary, flags, texts, numbers. */
import { ALWAYS, and, type Condition, type Value } from "../flow/index.ts";
import type { CanonicalPath, ValueModel } from "../models/model.ts";
import { lastOf } from "../rust/last-of.ts";
import type { ModelIndex } from "./model-index.ts";
import { NONE, WRAPPING } from "./std-names.ts";

export interface Arm {
  readonly condition: Condition;
  readonly value: Value;
}

/** What a value may be, under which conditions; what wraps it, and where it was labelled, left out. */
export function armsOf(value: Value, condition: Condition = ALWAYS): readonly Arm[] {
  switch (value.kind) {
    case "alternatives":
      return value.of.flatMap((it) => {
        const whole = and(condition, it.condition);
        return whole.length === 0 ? [] : armsOf(it.value, whole);
      });
    case "labelled":
      return armsOf(value.of, condition);
    case "record": {
      const inner = wrappedIn(value);
      return inner === undefined ? [{ condition, value }] : armsOf(inner, condition);
    }
    default:
      return [{ condition, value }];
  }
}

/** What a `Some` or `Ok` holds. */
export const wrappedIn = (value: Value): Value | undefined =>
  value.kind === "record" && WRAPPING.has(value.type) ? value.fields[0]?.[1] : undefined;

export const isNone = (value: Value): boolean => value.kind === "record" && value.type === NONE;

/** The path of a constant, variant, function or call that a model may know. */
export function pathOf(value: Value): string | undefined {
  switch (value.kind) {
    case "record":
      return value.type === "" ? undefined : value.type;
    case "function":
      return value.target.kind === "external" || value.target.kind === "variant" ? value.target.path : undefined;
    case "apply":
      return value.callee.includes("::") ? value.callee : undefined;
    default:
      return undefined;
  }
}

/** What a model says of a value. */
export function valueModelOf(
  value: Value,
  models: ModelIndex,
): { readonly path: CanonicalPath; readonly of: ValueModel; readonly model: ReturnType<typeof modelOf> } | undefined {
  const path = pathOf(value);
  const hit = path === undefined ? undefined : models.value(models.canonical(path));
  return hit && { path: hit.path, of: hit.of, model: hit.model };
}

/** The path of a word of a model's own vocabulary, or of one of several that are given together. */
export function wordIn(value: Value, models: ModelIndex): CanonicalPath | undefined {
  const parts = value.kind === "operation" ? value.operands : armsOf(value).map((it) => it.value);
  return parts
    .map((it) => (it === value || value.kind === "operation" ? valueModelOf(it, models)?.path : wordIn(it, models)))
    .find((it) => it !== undefined);
}

const modelOf = (hit: NonNullable<ReturnType<ModelIndex["value"]>>) => hit.model;

/** Bits that are set; undefined where that is not known. */
export function bitsOf(value: Value, models: ModelIndex): readonly string[] | undefined {
  if (value.kind === "constant") return value.value === 0 ? [] : undefined;
  const known = valueModelOf(value, models);
  if (known !== undefined) return known.of.kind === "flags" ? known.of.bits : undefined;
  return value.kind === "operation" ? combinedBits(value.operator, value.operands, models) : undefined;
}

function combinedBits(operator: string, [left, right]: readonly Value[], models: ModelIndex): readonly string[] | undefined {
  const bits = left && bitsOf(left, models);
  // What is not in `!right` is in `right`.
  const isComplement = operator === "&" && right?.kind === "operation" && right.operator === "!";
  const [other] = isComplement ? right.operands : [right];
  const others = other && bitsOf(other, models);
  if (bits === undefined || others === undefined) return undefined;
  const isIn = (bit: string): boolean => others.includes(bit);
  if (isComplement || operator === "-") return bits.filter((it) => !isIn(it));
  if (operator === "&") return bits.filter(isIn);
  return operator === "|" ? [...new Set([...bits, ...others])] : undefined;
}

export function wordOf(value: Value, models: ModelIndex): string | undefined {
  const known = valueModelOf(value, models);
  return known?.of.kind === "word" ? known.of.word : undefined;
}

/** A text, number or truth as a setting by name is compared, in lower case. */
export function settingOf(value: Value): string | undefined {
  return value.kind === "constant" ? String(value.value).toLowerCase() : undefined;
}

/** The name of a setting: a text, or a constant of another crate that is called as what it holds (`header::AUTHORIZATION`). */
export function settingName(value: Value): string | undefined {
  const path = value.kind === "function" && value.target.kind === "external" ? value.target.path : undefined;
  return settingOf(value) ?? (path && lastOf(path).toLowerCase().replaceAll("_", "-"));
}
