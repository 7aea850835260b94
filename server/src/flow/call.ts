/** One call, as it is made. */
import type { CallForm } from "./rows.ts";
import type { Condition, Value } from "./value.ts";

export interface Call {
  /** The receiver first; references stay references. */
  readonly arguments: readonly Value[];
  /** The operation that makes it: see `chain.ts`. */
  readonly site: string;
  /** Where the name of what is called stands, as long as it is the call that is written there. */
  readonly named?: number | undefined;
  readonly condition: Condition;
  /** Written as a method call: the first argument is the receiver. */
  readonly form: CallForm;
  /** Made by a function that its caller is called by. */
  readonly recurs?: boolean;
  /** The arguments that are written as mutable references. */
  readonly through?: readonly number[] | undefined;
}
