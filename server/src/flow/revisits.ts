/**
 * Operations of blocks that a loop comes back to: what one gave and wrote holds again as long as all that it read does. Whatever else it
 * told (events, what was given away, who calls whom) was told the first time.
 */

import { keyOf } from "./conditions.ts";
import type { Evaluation } from "./evaluation.ts";
import type { Condition, Value } from "./value.ts";

interface Visit {
  readonly under: Condition;
  readonly after: Condition;
  readonly read: readonly (readonly [cell: number, value: Value | undefined])[];
  readonly written: readonly (readonly [cell: number, value: Value])[];
  readonly result: Value | undefined;
}

export class Revisits {
  readonly #evaluation: Evaluation;
  readonly #last = new Map<string, Visit>();

  constructor(evaluation: Evaluation) {
    this.#evaluation = evaluation;
  }

  /** What the operation at a site gives: `run`, unless that would do once more what it did the last time. */
  value(site: string, run: () => Value | undefined): Value | undefined {
    const { frame, condition: under } = this.#evaluation;
    const last = this.#last.get(site);
    if (last !== undefined && this.#holds(last)) {
      for (const [cell, value] of last.written) frame.cells = frame.cells.with(cell, value);
      this.#evaluation.condition = last.after;
      return last.result;
    }
    const before = frame.cells;
    const watched = new Set<number>();
    frame.watched = watched;
    const result = run();
    frame.watched = undefined;
    const written = [...frame.cells.differing(before)].flatMap((cell) => {
      const value = frame.cells.get(cell);
      return value === undefined ? [] : [[cell, value] as const];
    });
    const read = [...watched].map((cell) => [cell, before.get(cell)] as const);
    this.#last.set(site, { under, after: this.#evaluation.condition, read, written, result });
    return result;
  }

  #holds({ under, read }: Visit): boolean {
    const { frame, condition } = this.#evaluation;
    return (under === condition || keyOf(under) === keyOf(condition)) && read.every(([cell, value]) => frame.cells.get(cell) === value);
  }
}
