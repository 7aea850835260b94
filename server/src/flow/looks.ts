/**
 * Whose bodies and places are looked at while somebody reads, and which names are looked for in all bodies: what follows from summaries alone is
 * the same wherever these stand.
 */
import type { Steps } from "../base/steps.ts";
import type { FunctionId } from "./value.ts";

export interface Looked {
  readonly at: ReadonlySet<FunctionId>;
  /** Whose summaries were asked for. */
  readonly asked: ReadonlySet<FunctionId>;
  readonly names: ReadonlySet<string>;
}

interface Open {
  readonly at: Set<FunctionId>;
  readonly asked: Set<FunctionId>;
  readonly names: Set<string>;
}

export class Looks {
  #open: Open | undefined;

  at(id: FunctionId): void {
    this.#open?.at.add(id);
  }

  forSummary(id: FunctionId): void {
    this.#open?.asked.add(id);
  }

  forName(name: string): void {
    this.#open?.names.add(name);
  }

  /** What others look at while it pauses is not noted. */
  *during<T>(read: Steps<T>): Steps<Looked & { readonly result: T }> {
    const looked: Open = { at: new Set(), asked: new Set(), names: new Set() };
    for (;;) {
      const step = this.#noting(looked, () => read.next());
      if (step.done === true) return { result: step.value, ...looked };
      yield;
    }
  }

  #noting<T>(looked: Open, act: () => T): T {
    this.#open = looked;
    try {
      return act();
    } finally {
      this.#open = undefined;
    }
  }
}
