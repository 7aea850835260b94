/** Which variable a name means while a body is lowered, across the closures that are open: the innermost declaration wins. */

export interface Binding<Owner> {
  readonly owner: Owner;
  readonly local: number;
}

export class NameScopes<Owner> {
  readonly #bindings = new Map<string, Binding<Owner>[]>();
  /** Names in the order of their declaration, and where each open scope begins among them. */
  readonly #declared: string[] = [];
  readonly #starts: number[] = [];

  open(): void {
    this.#starts.push(this.#declared.length);
  }

  close(): void {
    const start = this.#starts.pop() ?? 0;
    while (this.#declared.length > start) this.#bindings.get(this.#declared.pop() ?? "")?.pop();
  }

  declare(name: string, owner: Owner, local: number): void {
    const known = this.#bindings.get(name);
    if (known === undefined) this.#bindings.set(name, [{ owner, local }]);
    else known.push({ owner, local });
    this.#declared.push(name);
  }

  find(name: string): Binding<Owner> | undefined {
    return this.#bindings.get(name)?.at(-1);
  }
}
