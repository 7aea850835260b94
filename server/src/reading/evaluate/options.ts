/** Methods of options and results: of a failure not yet looked at, of an inner verifier's answer, of nothing. */

import type { Expression } from "../../rust/index.ts";
import { type Frame, type Machine, type MethodCall, placeOf, textOf, under } from "../machine.ts";
import type { Atom } from "../path-conditions.ts";
import { dropFailure, examine, hearing, swallow } from "../results.ts";
import { type Arm, examined, type Heard, opaque, TAINT, UNIT, type Value } from "../values.ts";
import { choose } from "./choices.ts";
import { FIRST_ONLY, TRANSPARENT_METHODS } from "./standard.ts";
import { assignVariable } from "./variables.ts";

export function fallibleMethod(machine: Machine, receiver: Extract<Value, { kind: "fallible" }>, call: MethodCall): Value {
  const { expression, values, frame } = call;
  const { name } = expression;
  const here = placeOf(frame, expression.nameSpan);
  const [first, second] = values;
  const drop = (heard?: Heard): void => dropFailure(machine, receiver.failure, receiver.failure.letGo ?? here, frame, heard);
  const asked = (callee: Value | undefined) =>
    hearing(machine, () => machine.applyCallable(callee ?? opaque("closure"), [opaque("error", { taint: TAINT.error })], frame));
  // It is told, and goes on all the same: as another error, or as nothing.
  const told = ({ result, heard: { logged, kept } }: { readonly result: Value; readonly heard: Heard }): Value => {
    const { heard } = receiver.failure;
    const all = { logged: logged || heard?.logged === true, kept: (kept && result.kind === "unit") || heard?.kept === true };
    return { ...receiver, failure: { ...receiver.failure, heard: all } };
  };
  switch (name) {
    case "unwrap":
    case "expect":
    case "ok_or":
    case "ok_or_else":
    case "unwrap_unchecked":
      return receiver.value;
    case "ok":
      return { ...receiver, failure: { ...receiver.failure, letGo: receiver.failure.letGo ?? here } };
    case "unwrap_or_default":
      drop();
      return either(receiver.value, nothing());
    case "unwrap_or":
    case "or":
      drop();
      return either(receiver.value, first ?? opaque("default"));
    case "unwrap_or_else":
    case "or_else": {
      const { result: fallback, heard } = asked(first);
      if (fallback.kind === "error") return receiver.value;
      drop(heard);
      return either(receiver.value, fallback);
    }
    case "map_err":
    case "inspect_err":
    case "tap_err":
      return told(asked(first));
    case "log_err":
    case "log_error":
    case "ok_or_log":
      return told({ result: UNIT, heard: { logged: true, kept: false } });
    case "map_or":
    case "map_or_else": {
      const { result: fallback, heard } = name === "map_or" ? { result: first ?? opaque("default"), heard: undefined } : asked(first);
      drop(heard);
      return either(machine.applyCallable(second ?? opaque("closure"), [receiver.value], frame), fallback);
    }
    case "is_ok":
    case "is_err":
    case "is_some":
    case "is_none":
      return {
        ...opaque(textOf(frame, expression.span), { parts: [receiver], taint: TAINT.error }),
        origin: placeOf(frame, expression.span),
      };
    case "map":
    case "inspect": {
      const result = machine.applyCallable(first ?? opaque("closure"), [receiver], frame);
      return name === "inspect" ? receiver : result;
    }
    case "and_then": {
      const result = machine.applyCallable(first ?? opaque("closure"), [receiver.value], frame);
      return result.kind === "fallible" || result.kind === "choice" ? result : { ...receiver, value: result };
    }
    case "for_each":
    case "try_for_each":
      return machine.applyCallable(first ?? opaque("closure"), [receiver], frame);
    case "flatten":
      drop();
      return swallow(receiver.value);
    case "filter_map":
    case "flat_map":
      return filtered(machine, receiver, call);
    case "err":
      return receiver;
  }
  if (TRANSPARENT_METHODS.has(name) || name === "clone") return receiver;
  const result = machine.dispatch(receiver.value, call);
  return result.kind === "fallible" || (result.kind === "opaque" && !FIRST_ONLY.has(name)) ? result : { ...receiver, value: result };
}

/** `filter_map(Result::ok)`, `filter_map(|it| it.ok())`: what could not be read is left out without a word. */
export function filtered(machine: Machine, element: Value, call: MethodCall): Value {
  const { expression, values, frame } = call;
  const [first] = values;
  const here = placeOf(frame, expression.nameSpan);
  if (first === undefined) return element;
  const failure = element.kind === "fallible" ? element.failure : undefined;
  if (first.kind === "foreign" || first.kind === "name") {
    if (failure !== undefined) dropFailure(machine, failure, here, frame);
    return swallow(examine(element));
  }
  const result = machine.applyCallable(first, [element], frame);
  const left = result.kind === "fallible" ? result.failure : undefined;
  if (left !== undefined) {
    dropFailure(machine, left, here, frame);
    return swallow(examine(result));
  }
  if (failure !== undefined && result.kind !== "object") swallow(examine(element));
  return withoutMissing(result);
}

/** Nothing is what is left out: the rest goes on. */
function withoutMissing(value: Value): Value {
  if (value.kind !== "choice") return value;
  const there = value.arms.filter((it) => it.value.kind !== "none" && it.value.kind !== "error");
  const [only] = there;
  return there.length === 1 && only !== undefined ? only.value : there.length === 0 ? value : { ...value, arms: there };
}

const nothing = (): Value => ({ kind: "collection", collection: { elements: [], open: false, checked: false } });

function either(value: Value, fallback: Value): Value {
  const other = examined(fallback);
  if (other.kind === "opaque" && other.parts.length === 0) return value;
  return {
    kind: "choice",
    arms: [
      { path: [], value },
      { path: [], value: fallback },
    ],
  };
}

export function verdictAtom(group: string, side: "accepted" | "refused", errors: readonly string[] = [], survival = true): Atom {
  return { group, alternative: side === "accepted" ? 0 : 1, alternatives: 2, survival, taint: TAINT.verdict, verdict: { side, errors } };
}

export function verdictMethod(machine: Machine, receiver: Extract<Value, { kind: "verdict" }>, call: MethodCall): Value {
  const { expression, values, frame } = call;
  const { name } = expression;
  const [first] = values;
  const accepted = verdictAtom(receiver.group, "accepted");
  const refused = verdictAtom(receiver.group, "refused");
  const apart = (yes: () => Value, no: () => Value): Value => {
    const arms: Arm[] = [];
    const good = under(frame, [accepted], yes);
    if (good !== undefined) arms.push({ path: [accepted], value: good });
    const bad = under(frame, [refused], no);
    if (bad !== undefined) arms.push({ path: [refused], value: bad });
    return choose(arms);
  };
  const applied = (): Value => machine.applyCallable(first ?? opaque("closure"), [opaque("error", { taint: TAINT.error })], frame);
  switch (name) {
    case "or_else":
    case "unwrap_or_else":
      return apart(() => ({ kind: "accepted" }), applied);
    case "or":
    case "unwrap_or":
      return apart(
        () => ({ kind: "accepted" }),
        () => first ?? opaque("default"),
      );
    case "and":
      return apart(
        () => first ?? opaque("value"),
        () => ({ kind: "error" }),
      );
    case "and_then":
    case "map": {
      return apart(applied, () => ({ kind: "error" }));
    }
    case "unwrap":
    case "expect":
      frame.path = [...frame.path, accepted];
      return { kind: "accepted" };
    case "is_ok":
      return { ...receiver, boolean: true };
    case "is_err":
      return { kind: "verdict", group: receiver.group, boolean: true, ...(receiver.negated === true ? {} : { negated: true as const }) };
    default:
      return receiver;
  }
}

/** A variable that held nothing holds it from here on. */
function put(target: Expression, value: Value, frame: Frame): Value {
  const [segment, ...more] = target.kind === "path" ? target.path.segments : [];
  if (segment !== undefined && more.length === 0) assignVariable(segment.name, value, frame);
  return value;
}

/** Methods of `None` and `Err`. */
export function missingMethod(machine: Machine, receiver: Value, call: MethodCall): Value {
  const { expression, values, frame } = call;
  const { name } = expression;
  const [first] = values;
  switch (name) {
    case "unwrap_or":
    case "or":
    case "map_or":
      return first ?? opaque("default");
    case "unwrap_or_else":
    case "or_else":
    case "map_or_else":
      return machine.applyCallable(first ?? opaque("closure"), [], frame);
    case "unwrap_or_default":
      return receiver.kind === "none" ? opaque("default") : nothing();
    case "is_some":
    case "is_ok":
      return { kind: "bool", value: false };
    case "is_none":
    case "is_err":
      return { kind: "bool", value: true };
    case "ok_or":
    case "ok_or_else":
      return { kind: "error" };
    case "ok":
      return { kind: "none" };
    case "unwrap":
    case "expect":
      frame.ended = "failure";
      return { kind: "error" };
    case "replace":
      put(expression.receiver, first ?? receiver, frame);
      return receiver;
    case "insert":
    case "get_or_insert":
      return put(expression.receiver, first ?? receiver, frame);
    case "get_or_insert_with":
    case "get_or_init":
      return put(expression.receiver, machine.applyCallable(first ?? opaque("closure"), [], frame), frame);
    default:
      return receiver;
  }
}
