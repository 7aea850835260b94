/** Who is told what flow sees, while it evaluates bodies. */
import type { Operation } from "../rust/bodies/index.ts";
import type { FunctionId, Value } from "./value.ts";

export interface Observer {
  /** A body is evaluated anew, or is there no more: what was told of it does not hold. */
  begins(owner: FunctionId): void;
  /** What an operation gives, as often as it is evaluated: the last time is what holds. `load` follows references as they lead there. */
  gives(owner: FunctionId, operation: Operation, value: Value, load: (reference: Value) => Value): void;
  /** Which function or closure a body was seen to call, and with what, captures of closures first. */
  called(owner: FunctionId, callee: FunctionId, given: readonly Value[]): void;
}
