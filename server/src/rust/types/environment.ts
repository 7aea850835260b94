/** Local variables with their types, as far as they are known, in the blocks where they are in scope. */
import type { Path } from "../ast.ts";
import type { Module } from "../names/index.ts";
import type { Type } from "./type.ts";

/** Of a place, which call of a macro has written what stands there; 0 for what nobody but the program has. */
export type Hygiene = (position: number) => number;

const hygienic = (name: string, made: number): string => (made === 0 ? name : `${name} ${made}`);

export class Environment {
  /** Where names are looked up that are no variables: the block's items, then those around. */
  readonly module: Module;
  readonly #hygiene: Hygiene;
  readonly #outer: Environment | undefined;
  readonly #variables = new Map<string, Type | undefined>();

  constructor(module: Module, hygiene: Hygiene, outer?: Environment) {
    this.module = module;
    this.#hygiene = hygiene;
    this.#outer = outer;
  }

  inside(module = this.module): Environment {
    return new Environment(module, this.#hygiene, this);
  }

  /** The same variables, and other items. */
  with(module: Module): Environment {
    return module === this.module ? this : this.inside(module);
  }

  /** `at`: where the name stands. */
  declare(name: string, type: Type | undefined, at: number): void {
    this.#variables.set(hygienic(name, this.#hygiene(at)), type);
  }

  /** A variable is a lone name. */
  ofPath({ segments, self, global }: Path): { readonly type: Type | undefined } | undefined {
    const [first, second] = segments;
    return first === undefined || second !== undefined || self !== undefined || global ? undefined : this.#named(first);
  }

  /** What a macro names and does not declare stands around the macro. */
  #named({ name, span }: Path["segments"][number]): { readonly type: Type | undefined } | undefined {
    const made = this.#hygiene(span.start);
    return (made === 0 ? undefined : this.variable(hygienic(name, made))) ?? this.variable(name);
  }

  /** Undefined where it is no variable: it may be an item, and items of a block hide the variables around it. */
  variable(name: string): { readonly type: Type | undefined } | undefined {
    if (this.#variables.has(name)) return { type: this.#variables.get(name) };
    if (this.#outer === undefined) return undefined;
    const hidden = this.module !== this.#outer.module && this.module.names.has(name);
    return hidden ? undefined : this.#outer.variable(name);
  }
}
