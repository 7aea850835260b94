/**
 * Whose bodies and places are looked at while somebody reads, and which names are looked for in all bodies: what follows from summaries alone is
 * the same wherever these stand.
 */
import type { FunctionId } from "./value.ts";

export interface Looked {
  readonly at: ReadonlySet<FunctionId>;
  /** Whose summaries were asked for. */
  readonly asked: ReadonlySet<FunctionId>;
  readonly names: ReadonlySet<string>;
}

export class Looks {
  #open: { readonly at: Set<FunctionId>; readonly asked: Set<FunctionId>; readonly names: Set<string> } | undefined;

  at(id: FunctionId): void {
    this.#open?.at.add(id);
  }

  forSummary(id: FunctionId): void {
    this.#open?.asked.add(id);
  }

  forName(name: string): void {
    this.#open?.names.add(name);
  }

  during<T>(read: () => T): Looked & { readonly result: T } {
    const looked = { at: new Set<FunctionId>(), asked: new Set<FunctionId>(), names: new Set<string>() };
    this.#open = looked;
    try {
      return { result: read(), ...looked };
    } finally {
      this.#open = undefined;
    }
  }
}
