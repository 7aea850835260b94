/** Which variable a name means while a body is lowered, across the closures that are open: the innermost declaration wins. */
import type { Macros } from "./expander.ts";

export interface Binding<Owner> {
  readonly owner: Owner;
  readonly local: number;
}

export class NameScopes<Owner> {
  readonly #macros: Macros;
  readonly #bindings = new Map<string, Binding<Owner>[]>();
  /** Names in the order of their declaration, and where each open scope begins among them. */
  readonly #declared: string[] = [];
  readonly #starts: number[] = [];

  constructor(macros: Macros) {
    this.#macros = macros;
  }

  open(): void {
    this.#starts.push(this.#declared.length);
  }

  close(): void {
    const start = this.#starts.pop() ?? 0;
    while (this.#declared.length > start) this.#bindings.get(this.#declared.pop() ?? "")?.pop();
  }

  /** `at`: where the name stands. */
  declare(name: string, at: number, owner: Owner, local: number): void {
    const key = hygienic(name, this.#macros.hygiene(at));
    const known = this.#bindings.get(key);
    if (known === undefined) this.#bindings.set(key, [{ owner, local }]);
    else known.push({ owner, local });
    this.#declared.push(key);
  }

  /** What a macro names and does not declare stands around the macro. */
  find(name: string, at: number): Binding<Owner> | undefined {
    const made = this.#macros.hygiene(at);
    const own = made === 0 ? undefined : this.#bindings.get(hygienic(name, made))?.at(-1);
    return own ?? this.#bindings.get(name)?.at(-1);
  }
}

const hygienic = (name: string, made: number): string => (made === 0 ? name : `${name} ${made}`);
