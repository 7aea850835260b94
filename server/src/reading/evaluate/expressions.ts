/** Expressions: each form handed to the part of the interpreter that knows it, within the budgets. */
import type { Expression, ExpressionOf } from "../../rust/index.ts";
import { MAX_NESTING } from "../budgets.ts";
import { polarityOf } from "../guards.ts";
import { type Frame, isExhausted, type Machine, placeOf, textOf } from "../machine.ts";
import { type Atom, beyond, extend } from "../path-conditions.ts";
import { type Arm, examined, objectsIn, opaque, taintOf, UNIT, type Value } from "../values.ts";
import { evaluateBlock, evaluateFor, evaluateLoop, evaluateWhile } from "./blocks.ts";
import { evaluateCall } from "./calls.ts";
import { choose, mapArms, narrow } from "./choices.ts";
import { takeFirst } from "./collections.ts";
import { evaluateIf } from "./conditions.ts";
import { runApart } from "./frames.ts";
import { evaluateMacro } from "./macros.ts";
import { evaluateMatch } from "./matches.ts";
import { evaluateMethod } from "./methods.ts";
import { evaluatePath } from "./names.ts";
import { asNumber, evaluateAssign, evaluateBinary, evaluateUnary } from "./operators.ts";
import { verdictAtom } from "./options.ts";
import { evaluateField, evaluateStruct } from "./records.ts";

export function evaluate(machine: Machine, expression: Expression, frame: Frame): Value {
  machine.steps++;
  machine.entrySteps++;
  if (isExhausted(machine)) return exhausted(machine, expression, frame);
  if (frame.nesting > MAX_NESTING) {
    machine.trace.push({ place: placeOf(frame, expression.span), reason: "expressions are nested too deeply" });
    return opaque("nesting");
  }
  frame.nesting++;
  const value = evaluateForm(machine, expression, frame);
  frame.nesting--;
  return value;
}

function exhausted(machine: Machine, expression: Expression, frame: Frame): Value {
  const last = machine.trace.at(-1);
  if (last?.reason !== EXHAUSTED) machine.trace.push({ place: placeOf(frame, expression.span), reason: EXHAUSTED });
  return opaque("budget");
}
const EXHAUSTED = "the budget of steps is used up";

function evaluateForm(machine: Machine, expression: Expression, frame: Frame): Value {
  const place = placeOf(frame, expression.span);
  switch (expression.kind) {
    case "literal":
      return literal(expression, frame);
    case "path":
      return narrow(evaluatePath(machine, expression.path, frame), frame.path);
    case "call":
      return evaluateCall(machine, expression, frame);
    case "method":
      return evaluateMethod(machine, expression, frame);
    case "field":
      return narrow(evaluateField(machine, expression, frame), frame.path);
    case "index":
      return evaluateIndex(machine, expression, frame);
    case "macro":
      return evaluateMacro(machine, expression, frame);
    case "struct":
      return evaluateStruct(machine, expression, frame);
    case "unary":
      return evaluateUnary(machine, expression, frame);
    case "reference":
    case "await":
      return machine.evaluate(expression.operand, frame);
    case "try":
      return attempt(machine, machine.evaluate(expression.operand, frame), expression, frame);
    case "binary":
      return evaluateBinary(machine, expression, frame);
    case "assign":
      return evaluateAssign(machine, expression, frame);
    case "block":
      if (expression.flavour === "async") return runApart(machine, frame, (inner) => evaluateBlock(machine, expression.block, inner));
      return evaluateBlock(machine, expression.block, frame);
    case "if":
      return evaluateIf(machine, expression, frame);
    case "let":
      machine.evaluate(expression.value, frame);
      return opaque(textOf(frame, expression.span));
    case "match":
      return evaluateMatch(machine, expression, frame);
    case "loop":
      return evaluateLoop(machine, expression, frame);
    case "while":
      return evaluateWhile(machine, expression, frame);
    case "for":
      return evaluateFor(machine, expression, frame);
    case "closure": {
      const value: Value = {
        kind: "closure",
        closure: { parameters: expression.parameters, body: expression.body, frame: { ...frame }, applied: false },
        origin: place,
      };
      frame.closures.push(value);
      return value;
    }
    case "return": {
      const value = expression.value === undefined ? UNIT : machine.evaluate(expression.value, frame);
      for (const object of objectsIn(value)) object.used = true;
      if (frame.ended !== "no") return UNIT;
      frame.returns.push({ path: beyond(frame.path, frame.start), value });
      frame.ended = isFailure(value) ? "failure" : "return";
      return UNIT;
    }
    case "break":
      if (expression.value !== undefined) frame.broken = machine.evaluate(expression.value, frame);
      frame.ended = "round";
      return UNIT;
    case "continue":
      frame.ended = "round";
      return UNIT;
    case "tuple":
      if (expression.elements.length === 0) return UNIT;
      return { kind: "tuple", elements: expression.elements.map((it) => machine.evaluate(it, frame)), origin: place };
    case "array":
      return {
        kind: "collection",
        collection: { elements: expression.elements.map((it) => machine.evaluate(it, frame)), open: false, checked: false },
        origin: place,
      };
    case "repeat": {
      const element = machine.evaluate(expression.element, frame);
      return { kind: "collection", collection: { elements: [element], open: true, checked: false }, origin: place };
    }
    case "range":
      if (expression.from !== undefined) machine.evaluate(expression.from, frame);
      if (expression.to !== undefined) machine.evaluate(expression.to, frame);
      return opaque(textOf(frame, expression.span));
    case "cast": {
      const value = machine.evaluate(expression.operand, frame);
      return expression.type.kind === "path" &&
        /^(?:[iu](?:8|16|32|64|128|size)|c_int)$/.test(expression.type.path.segments.at(-1)?.name ?? "")
        ? asNumber(machine, value, expression.operand, frame)
        : value;
    }
    case "unknown": {
      const parts = expression.parts.map((it) => machine.evaluate(it, frame));
      return opaque(expression.reason, { parts, taint: taintOf({ kind: "tuple", elements: parts }) });
    }
  }
}

const isFailure = (value: Value): boolean =>
  value.kind === "error" || (value.kind === "choice" && value.arms.every((it) => it.value.kind === "error"));

function literal(expression: ExpressionOf<"literal">, frame: Frame): Value {
  const origin = placeOf(frame, expression.span);
  const { literal: it } = expression;
  switch (it.type) {
    case "bool":
      return { kind: "bool", value: it.value, origin };
    case "integer":
      return { kind: "number", value: it.value, origin };
    case "string":
      return { kind: "text", value: it.value, exact: true, origin };
    default:
      return { ...opaque(textOf(frame, expression.span)), origin };
  }
}

function evaluateIndex(machine: Machine, expression: ExpressionOf<"index">, frame: Frame): Value {
  const base = machine.evaluate(expression.base, frame);
  const index = machine.evaluate(expression.index, frame);
  if (expression.index.kind === "range") return base;
  return mapArms(base, frame, (value): Value => {
    const it = examined(value);
    if (it.kind === "object" && it.many) {
      const at = { start: expression.base.span.end, end: expression.span.end };
      if (index.kind === "number" && index.value === 0) return takeFirst(machine, it, { frame, name: "[0]", nameSpan: at });
      return { ...it, many: false };
    }
    if (it.kind === "collection") {
      const [first] = it.collection.elements;
      const chosen = index.kind === "number" ? it.collection.elements[index.value] : first;
      if (chosen === undefined) return opaque(textOf(frame, expression.span), { taint: taintOf(it) });
      return index.kind === "number" && index.value === 0
        ? takeFirst(machine, chosen, { frame, name: "[0]", nameSpan: { start: expression.base.span.end, end: expression.span.end } })
        : chosen;
    }
    return {
      ...opaque(textOf(frame, expression.span), { taint: taintOf(it), parts: [it], polarity: polarityOf(expression) }),
      origin: placeOf(frame, expression.span),
    };
  });
}

/** `?`: failure leaves the function, and what goes on was not failed. */
function attempt(machine: Machine, value: Value, expression: ExpressionOf<"try" | "await">, frame: Frame): Value {
  const place = placeOf(frame, expression.span);
  const fail = (path = beyond(frame.path, frame.start)): void => {
    frame.returns.push({ path, value: { kind: "error", origin: place } });
  };
  switch (value.kind) {
    case "fallible":
      fail([...beyond(frame.path, frame.start), failing(place)]);
      return value.value;
    case "error":
    case "none":
      fail();
      frame.ended = "failure";
      return value;
    case "verdict": {
      const accepted = verdictAtom(value.group, "accepted");
      frame.path = extend(frame.path, [accepted]) ?? frame.path;
      return { kind: "accepted", origin: place };
    }
    case "choice": {
      const left: Arm[] = value.arms.filter((it) => it.value.kind !== "error" && it.value.kind !== "none");
      if (left.length === 0) {
        fail();
        frame.ended = "failure";
        return { kind: "error", origin: place };
      }
      const [only] = left;
      if (left.length === 1 && only !== undefined) {
        // Of a helper that asks an inner verifier the only way on is that it was content.
        frame.path =
          extend(
            frame.path,
            only.path.map((it) => ({ ...it, survival: true })),
          ) ?? frame.path;
        return attempt(machine, only.value, expression, frame);
      }
      return choose(left.map((it) => ({ ...it, value: examinedOnce(it.value) })));
    }
    case "opaque":
      if ((value.judges || value.unread === true) && value.taint.bits !== 0) {
        // Somebody judged, or may have: going on means that he was content.
        const content = { group: `try:${place.file}:${place.span.start}`, alternative: 0, alternatives: 2, survival: true };
        frame.path =
          extend(frame.path, [{ ...content, taint: value.taint.bits, ...(value.judges ? {} : { unread: true as const }) }]) ?? frame.path;
      }
      return value;
    default:
      return value;
  }
}

/** That it fails is no condition of anything else: only a verifier's judgement and `Err` arms look at it. */
const failing = (place: { readonly file: string; readonly span: { readonly start: number } }): Atom => ({
  group: `fails:${place.file}:${place.span.start}`,
  alternative: 1,
  alternatives: 2,
  survival: true,
  taint: 0,
});

const examinedOnce = (value: Value): Value => (value.kind === "fallible" ? value.value : value);
