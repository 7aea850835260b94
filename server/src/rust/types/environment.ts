/** Local variables with their types, as far as they are known, in the blocks where they are in scope. */
import type { Path } from "../ast.ts";
import type { Module } from "../names/index.ts";
import type { Type } from "./type.ts";

export class Environment {
  /** Where names are looked up that are no variables: the block's items, then those around. */
  readonly module: Module;
  readonly #outer: Environment | undefined;
  readonly #variables = new Map<string, Type | undefined>();

  constructor(module: Module, outer?: Environment) {
    this.module = module;
    this.#outer = outer;
  }

  inside(module = this.module): Environment {
    return new Environment(module, this);
  }

  declare(name: string, type: Type | undefined): void {
    this.#variables.set(name, type);
  }

  /** A variable is a lone name. */
  ofPath({ segments, self, global }: Path): { readonly type: Type | undefined } | undefined {
    const [first, second] = segments;
    return first === undefined || second !== undefined || self !== undefined || global ? undefined : this.variable(first.name);
  }

  /** Undefined where it is no variable: it may be an item, and items of a block hide the variables around it. */
  variable(name: string): { readonly type: Type | undefined } | undefined {
    if (this.#variables.has(name)) return { type: this.#variables.get(name) };
    if (this.#outer === undefined) return undefined;
    const hidden = this.module !== this.#outer.module && this.module.names.has(name);
    return hidden ? undefined : this.#outer.variable(name);
  }
}
