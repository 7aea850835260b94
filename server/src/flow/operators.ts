/** Operators on values: folded where the operands are known. */
import type { Parts } from "./parts.ts";
import type { Value } from "./value.ts";

/** Folded where the operands are known. */
export function operation(parts: Parts, operator: string, operands: readonly Value[]): Value {
  const { values } = parts;
  const several = operands.findIndex((it) => it.kind === "alternatives");
  const chosen = operands[several];
  if (chosen !== undefined) return values.each(chosen, (it) => operation(parts, operator, operands.with(several, it)));
  const [left, right] = operands;
  if (operator === "!" && left?.kind === "operation" && left.operator === "!") return left.operands[0] ?? left;
  if (operator === "+" && left !== undefined && right !== undefined && (isText(left) || isText(right))) return values.text([left, right]);
  if (operator === "push" && left?.kind === "collection" && right !== undefined) return parts.push(left, right);
  const compared =
    asksEmptiness(parts, operator, left, right) ??
    comparison(parts, operator, left, right) ??
    ofVariants(parts, operator, left, right) ??
    ofTruth(parts, operator, left, right) ??
    ofTruth(parts, operator, right, left);
  if (compared !== undefined) return compared;
  const known = operands.map((it) => (it.kind === "constant" ? it.value : undefined));
  const folded = known.includes(undefined) ? undefined : fold(operator, known[0], known[1]);
  return folded === undefined ? values.make({ kind: "operation", operator, operands }) : values.constant(folded);
}

/** With a variant that holds nothing: a value is that variant, or it is not. */
function comparison(parts: Parts, operator: string, left: Value | undefined, right: Value | undefined): Value | undefined {
  if (left === undefined || right === undefined || (operator !== "==" && operator !== "!=")) return undefined;
  const is = isBare(right) ? parts.test(left, right.type) : isBare(left) ? parts.test(right, left.type) : undefined;
  return is === undefined || operator === "==" ? is : operation(parts, "!", [is]);
}

const isBare = (it: Value): it is Value & { readonly kind: "record" } =>
  it.kind === "record" && it.type !== "" && it.fields.length === 0 && it.base === undefined;

/** Of two variants of one enum that hold something: others are never equal, the same are if what they hold is. */
function ofVariants(parts: Parts, operator: string, left: Value | undefined, right: Value | undefined): Value | undefined {
  if ((operator !== "==" && operator !== "!=") || left === undefined || right === undefined || !isVariant(left) || !isVariant(right))
    return undefined;
  if (left.type !== right.type) return enumOf(left.type) === enumOf(right.type) ? parts.values.constant(operator === "!=") : undefined;
  const [first, ...others] = left.fields;
  const second = right.fields[0];
  return first === undefined || second === undefined || others.length > 0 ? undefined : operation(parts, operator, [first[1], second[1]]);
}

const isVariant = (it: Value): it is Value & { readonly kind: "record" } =>
  it.kind === "record" && it.base === undefined && it.type.includes("::");

const enumOf = (variant: string): string => variant.slice(0, variant.lastIndexOf("::"));

/** With a truth on one side that is known, the other one is the answer, its opposite is, or it does not matter. */
function ofTruth(parts: Parts, operator: string, known: Value | undefined, other: Value | undefined): Value | undefined {
  if (known?.kind !== "constant" || typeof known.value !== "boolean" || other === undefined || other.kind === "constant") return undefined;
  if (operator === "|") return known.value ? known : other;
  if (operator === "&") return known.value ? other : known;
  if (operator !== "==" && operator !== "!=") return undefined;
  return known.value === (operator === "==") ? other : operation(parts, "!", [other]);
}

/** `len() == 0`, `len() < 1`, `len() > 0`, `== ""`: the question that `is_empty` asks. */
function asksEmptiness(parts: Parts, operator: string, left: Value | undefined, right: Value | undefined): Value | undefined {
  if (left === undefined || right?.kind !== "constant") return undefined;
  const isEmpty = EMPTINESS[`${operator} ${JSON.stringify(right.value)}`];
  const of = right.value === "" ? [left] : left.kind === "apply" && left.callee === "std::len" ? left.arguments : undefined;
  if (isEmpty === undefined || of === undefined || isText(left)) return undefined;
  const asked = parts.values.make({ kind: "apply", callee: "std::is_empty", arguments: of });
  return isEmpty ? asked : operation(parts, "!", [asked]);
}

/** Comparisons by which something is empty, or is not. */
const EMPTINESS: Readonly<Record<string, boolean | undefined>> = {
  "== 0": true,
  "<= 0": true,
  "< 1": true,
  '== ""': true,
  "!= 0": false,
  "> 0": false,
  ">= 1": false,
  '!= ""': false,
};

const isText = (it: Value): boolean => it.kind === "text" || (it.kind === "constant" && typeof it.value === "string");

type Constant = boolean | number | string | undefined;

function fold(operator: string, left: Constant, right: Constant): boolean | number | undefined {
  if (operator === "!" && typeof left === "boolean") return !left;
  if (operator === "==" && right !== undefined) return left === right;
  if (operator === "!=" && right !== undefined) return left !== right;
  if (operator === "-" && typeof left === "number" && right === undefined) return -left;
  return typeof left === "number" && typeof right === "number" ? ARITHMETIC[operator]?.(left, right) : undefined;
}

const ARITHMETIC: Readonly<Record<string, ((left: number, right: number) => boolean | number) | undefined>> = {
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
  "<<": (left, right) => left * 2 ** right,
  ">>": (left, right) => Math.floor(left / 2 ** right),
  "|": (left, right) => left | right,
  "&": (left, right) => left & right,
  "<": (left, right) => left < right,
  ">": (left, right) => left > right,
  "<=": (left, right) => left <= right,
  ">=": (left, right) => left >= right,
};
