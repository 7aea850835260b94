/** Who looks on while one body is evaluated once more. */
import type { Operation } from "../rust/bodies/index.ts";
import type { Evaluation } from "./evaluation.ts";

/** As often as an operation is evaluated: the last time is what holds. */
export interface Watcher {
  before?(evaluation: Evaluation, operation: Operation): void;
  after?(evaluation: Evaluation, operation: Operation): void;
}
