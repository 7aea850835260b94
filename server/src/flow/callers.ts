/** Who has made of a summary what holds of a call. Of functions that call each other, whoever calls one from outside calls them all. */
import type { FunctionId } from "./value.ts";

export class Callers {
  readonly #known = new Map<FunctionId, Set<FunctionId>>();

  of(id: FunctionId): ReadonlySet<FunctionId> {
    return this.#of(id);
  }

  #of(id: FunctionId): Set<FunctionId> {
    const known = this.#known.get(id) ?? new Set();
    this.#known.set(id, known);
    return known;
  }

  add(id: FunctionId, caller: FunctionId): void {
    this.#of(id).add(caller);
  }

  /** They call each other. */
  join(cycle: readonly FunctionId[]): void {
    const all = new Set(cycle.flatMap((it) => [...this.#of(it)]));
    for (const it of cycle) this.#known.set(it, all);
  }

  /** Whoever has called one of these is among them. */
  forget(gone: ReadonlySet<FunctionId>): void {
    for (const id of gone) this.#known.delete(id);
    for (const ids of this.#known.values()) for (const id of gone) ids.delete(id);
  }
}
