/** Operators over values: flags, booleans, comparisons, assignments. */

import type { Expression, ExpressionOf } from "../../rust/index.ts";
import { applyModel } from "../effects.ts";
import { negate, polarityOf } from "../guards.ts";
import { type Frame, type Machine, placeOf, textOf, under } from "../machine.ts";
import { handOut } from "../objects.ts";
import { beyond, conditional } from "../path-conditions.ts";
import { assigned } from "../reloads.ts";
import { keeps } from "../results.ts";
import { type Arm, examined, objectsIn, opaque, TAINT, taintOf, textValue, UNIT, type Value } from "../values.ts";
import { choose, mapArms } from "./choices.ts";
import { decide } from "./decisions.ts";
import { defaultValueOf } from "./defaults.ts";
import { assignVariable, fill } from "./variables.ts";

export function evaluateUnary(machine: Machine, expression: ExpressionOf<"unary">, frame: Frame): Value {
  const value = machine.evaluate(expression.operand, frame);
  const place = placeOf(frame, expression.span);
  if (expression.operator === "*") return value;
  return mapArms(value, frame, (it): Value => {
    if (expression.operator === "-") return it.kind === "number" ? { ...it, value: -it.value, origin: place } : it;
    switch (it.kind) {
      case "bool":
      case "opaque":
      case "verdict":
        return turnedRound(it, textOf(frame, expression.span));
      default:
        return opaque(textOf(frame, expression.span), { parts: [it], taint: taintOf(it), polarity: polarityOf(expression) });
    }
  });
}

/** `!it`, `it == false`. */
function turnedRound(it: Extract<Value, { kind: "bool" | "opaque" | "verdict" }>, text: string): Value {
  switch (it.kind) {
    case "bool":
      return { ...it, value: !it.value };
    case "opaque":
      return {
        ...it,
        text,
        polarity: negate(it.polarity),
        // Turned round, another verifier's answer is a refusal: what an error says, and no verdict.
        ...((it.taint.bits & TAINT.verdict) === 0 ? {} : { taint: { bits: it.taint.bits | TAINT.error } }),
        ...(it.byDefault === undefined ? {} : { byDefault: !it.byDefault }),
        ...(it.field === undefined ? {} : { field: { ...it.field, negated: !it.field.negated } }),
      };
    case "verdict":
      return { kind: "verdict", group: it.group, boolean: true, ...(it.negated === true ? {} : { negated: true as const }) };
  }
}

export function evaluateBinary(machine: Machine, expression: ExpressionOf<"binary">, frame: Frame): Value {
  const { operator } = expression;
  if (operator === "&&" || operator === "||") return logical(machine, expression, frame);
  const left = machine.evaluate(expression.left, frame);
  const right = machine.evaluate(expression.right, frame);
  return mapArms(left, frame, (a) => mapArms(right, frame, (b) => combine(machine, expression, examined(a), examined(b), frame)));
}

function logical(machine: Machine, expression: ExpressionOf<"binary">, frame: Frame): Value {
  const both = expression.operator === "&&";
  const left = machine.evaluate(expression.left, frame);
  const place = placeOf(frame, expression.span);
  if (left.kind === "bool") return left.value === both ? machine.evaluate(expression.right, frame) : left;
  if (left.kind === "verdict") {
    const decided = decide(machine, expression.left, frame);
    const arms: Arm[] = [];
    const path = both ? decided.yes : decided.no;
    const other = under(frame, path, () => machine.evaluate(expression.right, frame));
    if (other !== undefined) arms.push({ path, value: other });
    arms.push({ path: both ? decided.no : decided.yes, value: { kind: "bool", value: !both, origin: place } });
    return choose(arms);
  }
  const right = machine.evaluate(expression.right, frame);
  if (right.kind === "bool" && right.value === both) return left;
  if (right.kind === "bool") return right;
  if (right.kind === "verdict" && both) return right;
  if (right.kind === "verdict") {
    // Either is enough: what accepts without the library's answer decides.
    return {
      ...opaque(textOf(frame, expression.span), { taint: taintOf(left), parts: [left], judges: true, polarity: polarityOf(expression) }),
      origin: place,
    };
  }
  return {
    ...opaque(textOf(frame, expression.span), {
      taint: taintOf(left) | taintOf(right),
      parts: [left, right],
      judges: true,
      polarity: polarityOf(expression),
    }),
    origin: place,
  };
}

function combine(machine: Machine, expression: ExpressionOf<"binary">, a: Value, b: Value, frame: Frame): Value {
  const place = placeOf(frame, expression.span);
  const bool = (value: boolean): Value => ({ kind: "bool", value, origin: place });
  switch (expression.operator) {
    case "|":
      if (a.kind === "flags" && b.kind === "flags") return { ...a, bits: [...new Set([...a.bits, ...b.bits])], origin: place };
      if (a.kind === "bool" && b.kind === "bool") return bool(a.value || b.value);
      break;
    case "&":
      if (a.kind === "flags" && b.kind === "flags") return { ...a, bits: a.bits.filter((it) => b.bits.includes(it)), origin: place };
      if (a.kind === "bool" && b.kind === "bool") return bool(a.value && b.value);
      break;
    case "==":
    case "!=": {
      const same = equal(a, b);
      if (same !== undefined) return bool(same === (expression.operator === "=="));
      const literal = b.kind === "bool" ? b : a.kind === "bool" ? a : undefined;
      const other = literal === b ? a : b;
      if (literal !== undefined && (other.kind === "opaque" || other.kind === "verdict")) {
        const text = textOf(frame, expression.span);
        if (literal.value !== (expression.operator === "==")) return turnedRound(other, text);
        return other.kind === "opaque" ? { ...other, text } : other;
      }
      break;
    }
    case "+":
      if (a.kind === "text" && b.kind === "text") return { ...textValue(a.value + b.value, a.exact && b.exact), origin: place };
      if (a.kind === "text") return { ...a, exact: false };
      if (a.kind === "number" && b.kind === "number") return { kind: "number", value: a.value + b.value, origin: place };
      break;
    case "*":
      if (a.kind === "number" && b.kind === "number") return { kind: "number", value: a.value * b.value, origin: place };
      break;
    case "<<":
      if (a.kind === "number" && b.kind === "number") return { kind: "number", value: a.value * 2 ** Math.min(b.value, 60), origin: place };
      break;
  }
  const judges = ["==", "!=", "<", ">", "<=", ">="].includes(expression.operator);
  const byDefault = equalByDefault(machine, expression.operator, a, b);
  return {
    ...opaque(textOf(frame, expression.span), {
      taint: taintOf(a) | taintOf(b),
      parts: [a, b],
      judges,
      polarity: polarityOf(expression),
      ...(byDefault === undefined ? {} : { byDefault }),
    }),
    origin: place,
  };
}

/** `config.mode == Mode::Lax`, where the mode's default is known. */
function equalByDefault(machine: Machine, operator: string, a: Value, b: Value): boolean | undefined {
  if (operator !== "==" && operator !== "!=") return undefined;
  // What nobody has set is equal to nothing.
  if (a.kind === "opaque" && a.byDefault === false && b.kind !== "bool") return operator === "!=";
  const [left, right] = [defaultValueOf(machine, a), defaultValueOf(machine, b)];
  const same = left !== undefined ? equal(left, right ?? b) : right !== undefined ? equal(a, right) : undefined;
  return same === undefined ? undefined : same === (operator === "==");
}

function equal(a: Value, b: Value): boolean | undefined {
  if (a.kind === "bool" && b.kind === "bool") return a.value === b.value;
  if (a.kind === "number" && b.kind === "number") return a.value === b.value;
  if (a.kind === "text" && b.kind === "text" && a.exact && b.exact) return a.value === b.value;
  if (a.kind === "none" && b.kind === "none") return true;
  if (a.kind === "flags" && b.kind === "flags") return a.bits.length === b.bits.length && a.bits.every((it) => b.bits.includes(it));
  if (a.kind === "record" && b.kind === "record" && a.record.variant !== undefined && b.record.variant !== undefined)
    return a.record.variant === b.record.variant;
  return undefined;
}

export function evaluateAssign(machine: Machine, expression: ExpressionOf<"assign">, frame: Frame): Value {
  const { target, operator } = expression;
  let value = machine.evaluate(expression.value, frame);
  if (operator !== "=") {
    const old = machine.evaluate(target, frame);
    const binary: ExpressionOf<"binary"> = {
      kind: "binary",
      span: expression.span,
      operator: operator.slice(0, -1),
      left: target,
      right: expression.value,
    };
    value = mapArms(old, frame, (a) => mapArms(value, frame, (b) => combine(machine, binary, examined(a), examined(b), frame)));
  }
  // A count goes up, a flag is set: the program knows.
  if (operator !== "=" || (target.kind === "path" && value.kind === "bool")) machine.told.kept++;
  else {
    keeps(machine, [value]);
    assigned(machine, target, value, frame);
  }
  assign(machine, target, value, expression, frame);
  return UNIT;
}

function assign(machine: Machine, target: Expression, value: Value, expression: ExpressionOf<"assign">, frame: Frame): void {
  switch (target.kind) {
    case "path": {
      const name = target.path.segments.at(-1)?.name ?? "";
      for (const object of objectsIn(value)) {
        object.used = true;
        if (value.kind === "object") object.binding = name;
      }
      assignVariable(name, value, frame);
      return;
    }
    case "unary":
    case "reference":
      assign(machine, target.operand, value, expression, frame);
      return;
    case "tuple": {
      const elements = value.kind === "tuple" ? value.elements : [];
      for (const [index, one] of target.elements.entries()) assign(machine, one, elements[index] ?? opaque("element"), expression, frame);
      return;
    }
    case "field": {
      for (const object of objectsIn(value)) object.handed = true;
      const base = machine.evaluate(target.base, frame);
      assignField(machine, base, target, value, expression, frame);
      return;
    }
    default:
      fill(target, [value], frame);
      for (const object of objectsIn(value)) handOut(object);
  }
}

function assignField(
  machine: Machine,
  base: Value,
  target: ExpressionOf<"field">,
  value: Value,
  expression: ExpressionOf<"assign">,
  frame: Frame,
): void {
  const it = examined(base);
  if (it.kind === "choice") {
    for (const arm of it.arms) under(frame, arm.path, () => assignField(machine, arm.value, target, value, expression, frame));
    return;
  }
  if (it.kind === "object") {
    const hit = machine.models.member(it.type, target.name, frame.file, ".");
    for (const object of objectsIn(value)) object.used = true;
    if (hit === undefined) return;
    applyModel(machine, {
      hit,
      guessed: it.object.guessed,
      expression,
      receiver: it,
      receiverExpression: target.base,
      values: [value],
      arguments: [expression.value],
      nameSpan: target.nameSpan,
      written: target.name,
      frame,
    });
    return;
  }
  if (it.kind === "record") {
    for (const object of objectsIn(value)) object.used = true;
    const more = conditional(beyond(frame.path, it.record.path));
    // Of a record that was not built here, what the field held before is not known, and may be what it is by default.
    const unseen = (): Value => machine.fieldOf(it, target.name, textOf(frame, target.span), placeOf(frame, target.span), frame);
    const old = it.record.fields.get(target.name) ?? (more.length === 0 ? undefined : unseen());
    it.record.fields.set(
      target.name,
      old === undefined || more.length === 0
        ? value
        : choose([
            { path: [], value: old },
            { path: more, value },
          ]),
    );
    return;
  }
  if (it.kind === "opaque" && taintOf(value) !== 0) it.taint.bits |= taintOf(value);
}

/** `i32::from(verify)`, `verify as i32`: one or zero, as the condition decides; of anything else, the value itself. */
export function asNumber(machine: Machine, value: Value, expression: Expression | undefined, frame: Frame): Value {
  if (value.kind === "bool") return { ...value, kind: "number", value: Number(value.value) };
  if (value.kind !== "opaque" || value.polarity === 0 || expression === undefined) return value;
  const decided = decide(machine, expression, frame);
  const origin = placeOf(frame, expression.span);
  return choose([
    { path: decided.yes, value: { kind: "number", value: 1, origin } },
    { path: decided.no, value: { kind: "number", value: 0, origin } },
  ]);
}
