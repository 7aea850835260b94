/**
 * Functions of a recursion that seem to have no way out. That is how it looks where of a call another method is meant than names tell (the
 * one of what a pointer leads to, say), and what follows must not be lost: they are taken to return something that nobody knows.
 */
import { ALWAYS } from "./conditions.ts";
import type { Summary } from "./summary.ts";
import type { FunctionId } from "./value.ts";
import type { Values } from "./values.ts";

export class Endless {
  readonly #ids = new Set<FunctionId>();

  /** Those that were not known to be such. */
  among(members: readonly FunctionId[], summaryOf: (id: FunctionId) => Summary | undefined): readonly FunctionId[] {
    const found = members.filter((it) => !this.#ids.has(it) && summaryOf(it)?.returns.length === 0);
    for (const it of found) this.#ids.add(it);
    return found;
  }

  returning(id: FunctionId, summary: Summary, values: Values): Summary {
    if (summary.returns.length > 0 || !this.#ids.has(id)) return summary;
    return { ...summary, result: values.unknown("built up by recursion"), returns: ALWAYS };
  }

  clear(): void {
    this.#ids.clear();
  }
}
