/** What each operation of a body gives, and what holds wherever it is evaluated. */
import type { Operation } from "../rust/bodies/index.ts";
import type { Evaluation } from "./evaluation.ts";
import type { Condition, Value } from "./value.ts";
import type { Watcher } from "./watcher.ts";

export interface OperationGiven {
  readonly value: Value;
  readonly under: Condition;
}

export class OperationsGiven implements Watcher {
  readonly #of = new Map<Operation, OperationGiven>();

  /** Undefined where nothing leads there. */
  of(operation: Operation): OperationGiven | undefined {
    return this.#of.get(operation);
  }

  after({ frame, condition }: Evaluation, operation: Operation): void {
    this.#of.set(operation, { value: frame.load(frame.local(operation.to)), under: condition });
  }
}
