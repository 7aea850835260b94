/** Who has made of a summary what holds of a call. Of functions that call each other, whoever calls one from outside calls them all. */
import type { FunctionId } from "./value.ts";

export class Callers {
  readonly #known = new Map<FunctionId, Set<FunctionId>>();
  readonly #cycles = new Map<FunctionId, readonly FunctionId[]>();
  /** Of whole cycles, as long as nothing is added. */
  readonly #ofAll = new Map<readonly FunctionId[], ReadonlySet<FunctionId>>();

  of(id: FunctionId): ReadonlySet<FunctionId> {
    const cycle = this.#cycles.get(id);
    if (cycle === undefined) return this.#known.get(id) ?? NOBODY;
    const found = this.#ofAll.get(cycle) ?? new Set(cycle.flatMap((it) => [...(this.#known.get(it) ?? NOBODY)]));
    this.#ofAll.set(cycle, found);
    return found;
  }

  add(id: FunctionId, caller: FunctionId): void {
    const known = this.#known.get(id);
    if (known?.has(caller) === true) return;
    this.#ofAll.clear();
    if (known === undefined) this.#known.set(id, new Set([caller]));
    else known.add(caller);
  }

  /** They call each other. */
  join(cycle: readonly FunctionId[]): void {
    for (const it of cycle) this.#cycles.set(it, cycle);
  }

  /** A function, with those that it calls and that call it in turn. */
  cycleOf(id: FunctionId): readonly FunctionId[] {
    return this.#cycles.get(id) ?? [id];
  }

  /** What it calls is asked again; `called` may be more than that. */
  forget(id: FunctionId, called: Iterable<FunctionId>): void {
    this.#cycles.delete(id);
    this.#ofAll.clear();
    for (const it of called) this.#known.get(it)?.delete(id);
  }
}

const NOBODY: ReadonlySet<FunctionId> = new Set();
