/** What a call needs to know of whatever it may lead to, which the engine answers. */
import type { TypeGiven } from "./names.ts";
import type { RowIndex } from "./row-index.ts";
import type { Summary } from "./summary.ts";
import type { Condition, FunctionId, Target, Value } from "./value.ts";

export interface Callee {
  readonly summary: Summary;
  /** Inputs that are written through. */
  readonly references: ReadonlySet<number>;
  /** The caller is among those that it calls. */
  readonly recurs: boolean;
}

export interface Callees {
  /** Undefined while a cycle of calls has not come round. */
  summary(id: FunctionId): Callee | undefined;
  /** A trait has it, so that a call may mean another one. */
  isOfTrait(id: FunctionId): boolean;
  /** A call is made by what is known of it; `given`: what it is made with, references followed. */
  enters(id: FunctionId, given: () => readonly Value[]): void;
  /** A callee asks for an atom, which is this condition here. */
  asks(id: FunctionId, key: string, here: Condition): void;
  readonly rows: RowIndex;
  /** What a call, whose name stands at `start`, gives for a type parameter. */
  typeGiven(start: number, callee: FunctionId, name: string): TypeGiven | undefined;
  /** Whether there is a method of that name at all, so that callers may resolve what is not resolved here. */
  mayMean(name: string, args: number): boolean;
  /** `held` is what the receiver leads to. */
  method(name: string, start: number, receiver: Value, held: Value): Target;
}

export function isDispatched(target: Target, callees: Callees): boolean {
  if (target.kind === "any") return target.of.some((it) => isDispatched(it.target, callees));
  return target.kind === "function" && callees.isOfTrait(target.id);
}
