/** Who is told what flow sees, while it evaluates bodies. */
import type { Operation } from "../rust/bodies/index.ts";
import type { FunctionId, Value } from "./value.ts";

/** Told what each operation gives, as often as it is evaluated: the last time is what holds. `load` follows references as they lead there. */
export type Observer = (owner: FunctionId, operation: Operation, value: Value, load: (reference: Value) => Value) => void;

/** Told which functions and closures a body was seen to call, and with what, captures of closures first. */
export type CallObserver = (owner: FunctionId, callee: FunctionId, given: readonly Value[]) => void;
