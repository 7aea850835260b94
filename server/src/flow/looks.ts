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
  /** What was given that had been made before. */
  readonly given: Set<Looked>;
}

/** With what was looked at when it was made. */
interface Noted<T> extends Looked {
  readonly result: T;
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

  /** What is looked at meanwhile is noted by itself. */
  noting<T>(make: () => T): Noted<T> {
    const looked = opened();
    const result = this.#noting(looked, make);
    const { at, asked, names } = looked;
    return { result, at, asked, names };
  }

  /** Whoever is given what was kept has looked at the same. */
  given<T>(kept: Noted<T>): T {
    const open = this.#open;
    if (open === undefined || open.given.has(kept)) return kept.result;
    open.given.add(kept);
    for (const it of kept.at) open.at.add(it);
    for (const it of kept.asked) open.asked.add(it);
    for (const it of kept.names) open.names.add(it);
    return kept.result;
  }

  /** What others look at while it pauses is not noted. */
  *during<T>(read: Steps<T>): Steps<Noted<T>> {
    const looked = opened();
    for (;;) {
      const step = this.#noting(looked, () => read.next());
      if (step.done === true) return { result: step.value, ...looked };
      yield;
    }
  }

  #noting<T>(looked: Open, act: () => T): T {
    const outer = this.#open;
    this.#open = looked;
    try {
      return act();
    } finally {
      this.#open = outer;
    }
  }
}

/** What is made once for all who read: each of them has looked at what it was made of. */
export class Once<K, V> {
  readonly #looks: Looks;
  readonly #known = new Map<K, Noted<V>>();

  constructor(looks: Looks) {
    this.#looks = looks;
  }

  /** `meanwhile`: for whoever asks for the same while it is made. */
  get(key: K, make: () => V, meanwhile?: V): V {
    const known = this.#known.get(key);
    if (known !== undefined) return this.#looks.given(known);
    if (meanwhile !== undefined)
      this.#known.set(
        key,
        this.#looks.noting(() => meanwhile),
      );
    const made = this.#looks.noting(make);
    this.#known.set(key, made);
    return this.#looks.given(made);
  }
}

const opened = (): Open => ({ at: new Set(), asked: new Set(), names: new Set(), given: new Set() });
