/** `if`, `if let` and `let … else`: one side where the condition is decided, both with guards where not. */
import type { Block, Expression, ExpressionOf, Pattern } from "../../rust/index.ts";
import { polarityOfPattern } from "../guards.ts";
import { type Frame, type Machine, placeOf } from "../machine.ts";
import { dropFailure } from "../results.ts";
import { examined, taintOf, UNIT, type Value } from "../values.ts";
import { bound, branch, decidedBranch, isNothing, join, leaveOut } from "./branches.ts";
import { decide, decideLet } from "./decisions.ts";

export function evaluateIf(machine: Machine, expression: ExpressionOf<"if">, frame: Frame): Value {
  const decided = decide(machine, expression.condition, frame);
  const { otherwise } = expression;
  if (decided.known === true)
    return decidedBranch(machine, decided, () => bound(decided, frame, () => machine.evaluateBlock(expression.then, frame)));
  if (decided.known === false)
    return otherwise === undefined ? UNIT : decidedBranch(machine, decided, () => machine.evaluate(otherwise, frame));
  const yes = branch(machine, frame, decided.yes, () => bound(decided, frame, () => machine.evaluateBlock(expression.then, frame)));
  markChecked(expression.condition, yes.ended, machine, frame);
  const no =
    otherwise === undefined
      ? branch(machine, frame, decided.no, () => UNIT)
      : branch(machine, frame, decided.no, () => machine.evaluate(otherwise, frame));
  const { failure } = decided;
  if (failure !== undefined) {
    const failed = failure.failedSide === "yes" ? yes : no;
    const swallowed =
      failure.of.nothingWithout !== true && failed.ended !== "failure" && failed.ended !== "return" && isNothing(failed.value);
    const place = failure.of.letGo ?? failure.place ?? placeOf(frame, expression.condition.span);
    if (swallowed) dropFailure(machine, failure.of, place, frame, failed.heard);
  }
  return join(frame, [
    { atoms: decided.yes, ...yes },
    { atoms: decided.no, ...no },
  ]);
}

/** `let PATTERN = value else { … }`. */
export function letElse(machine: Machine, pattern: Pattern, value: Value, otherwise: Block, text: string, frame: Frame): void {
  const decided = decideLet(
    machine,
    pattern,
    value,
    { text, polarity: polarityOfPattern(pattern), place: placeOf(frame, pattern.span), taint: taintOf(value) },
    frame,
  );
  if (decided.known !== true) {
    const no = branch(machine, frame, decided.no, () => machine.evaluateBlock(otherwise, frame));
    if (decided.failure !== undefined && decided.failure.of.nothingWithout !== true && no.ended === "round")
      dropFailure(machine, decided.failure.of, placeOf(frame, pattern.span), frame, no.heard);
    if (decided.known === undefined) leaveOut(frame, decided.yes, [no]);
  }
  for (const { name, value: one } of decided.bindings) frame.environment.declare(name, one, frame.path);
}

/** `if list.is_empty() { return Err(…) }`: from here on the list holds something. */
function markChecked(condition: Expression, ended: Frame["ended"], machine: Machine, frame: Frame): void {
  if (ended !== "failure") return;
  for (const part of condition.kind === "binary" && condition.operator === "||" ? [condition.left, condition.right] : [condition]) {
    if (part.kind !== "method" || part.name !== "is_empty") continue;
    const value = examined(machine.evaluate(part.receiver, frame));
    if (value.kind === "collection") value.collection.checked = true;
    if (value.kind === "object") value.object.checked = true;
    if (value.kind === "choice" && part.receiver.kind === "path") {
      const variable = frame.environment.find(part.receiver.path.segments.at(-1)?.name ?? "");
      const left = value.arms.filter(
        (it) => !(it.value.kind === "collection" && it.value.collection.elements.length === 0 && !it.value.collection.open),
      );
      if (variable !== undefined && left.length > 0 && left.length < value.arms.length)
        variable.value = left.length === 1 && left[0] !== undefined ? left[0].value : { ...value, arms: left };
    }
  }
}
