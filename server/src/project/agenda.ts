/** What is left to do while a program grows: names to follow, callers to look for, connections to find. */
import type { BodyOutline, Link } from "../reading/index.ts";
import type { RustEntry } from "./rust-entry.ts";

/** What a body or a type in a file names, and has to be followed. */
export interface Step {
  readonly entry: RustEntry;
  readonly links: readonly Link[];
  /** How many calls are left for what these use. */
  readonly left: number;
}

/** A body that says something, or calls one that does. */
export interface Chosen {
  readonly entry: RustEntry;
  readonly body: BodyOutline;
  /** How many calls lie between it and a body that says something. */
  readonly distance: number;
}

/** Where the package of a file makes or takes connections: by words, or by functions whose names have a form. */
export interface Connecting {
  readonly entry: RustEntry;
  readonly by: readonly string[];
  readonly form?: RegExp;
}

/**
 * What is left to do, the nearest first: where the bounds cut a program off, what a body itself names is in it, and what lies many
 * names away is not.
 */
export class Agenda {
  readonly #levels: { readonly uses: Step[]; readonly callers: Chosen[]; readonly connecting: Connecting[] }[] = [];

  use(step: Step, level: number): void {
    this.#level(level).uses.push(step);
  }

  ask(chosen: Chosen, level: number): void {
    this.#level(level).callers.push(chosen);
  }

  connect(connecting: Connecting, level: number): void {
    this.#level(level).connecting.push(connecting);
  }

  next(): { readonly use?: Step; readonly ask?: Chosen; readonly connect?: Connecting; readonly level: number } | undefined {
    for (const [level, { uses, callers, connecting }] of this.#levels.entries()) {
      const use = uses.shift();
      if (use !== undefined) return { use, level };
      const ask = callers.shift();
      if (ask !== undefined) return { ask, level };
      const connect = connecting.shift();
      if (connect !== undefined) return { connect, level };
    }
    return undefined;
  }

  #level(level: number): { readonly uses: Step[]; readonly callers: Chosen[]; readonly connecting: Connecting[] } {
    while (this.#levels.length <= level) this.#levels.push({ uses: [], callers: [], connecting: [] });
    return this.#levels[level] ?? { uses: [], callers: [], connecting: [] };
  }
}
