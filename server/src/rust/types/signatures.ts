/** What functions, constructors and fields give, with the types that a call binds their parameters to. */
import type { FieldDeclaration, FunctionItem } from "../ast.ts";
import type { Declared, Variant } from "../names/index.ts";
import { genericsOf } from "./generics.ts";
import type { TypeLowering } from "./lowering.ts";
import { bind, named, type Substitution, substitute, type Type } from "./type.ts";

export interface Bound {
  /** The type that it is called on, or by: `Type::f`. */
  readonly self: Type | undefined;
  /** Written behind it: `f::<T>`. */
  readonly generics: readonly (Type | undefined)[];
  readonly arguments: readonly (Type | undefined)[];
}

export class Signatures {
  readonly #types: TypeLowering;

  constructor(types: TypeLowering) {
    this.#types = types;
  }

  /** What a call gives. */
  returns(declared: Declared, bindings: Substitution): Type | undefined {
    const { lowered } = declared;
    if (lowered?.kind !== "function") return undefined;
    return substitute(this.#types.lower(lowered.returns, this.#types.scopeOf(declared)), bindings);
  }

  /** What a call makes of the parameters of a function, and of what it stands in. */
  bindings(declared: Declared, bound: Bound): Substitution {
    const by = new Map<string, Type | undefined>();
    const { lowered } = declared;
    if (lowered?.kind !== "function") return by;
    if (bound.self !== undefined) {
      bind(this.#types.scopeOf(declared).self, bound.self, by);
      by.set("Self", bound.self);
    }
    for (const [at, { name }] of genericsOf(declared).entries()) if (bound.generics[at] !== undefined) by.set(name, bound.generics[at]);
    for (const [at, type] of this.parameters(declared, lowered).entries()) bind(type, bound.arguments[at], by);
    return by;
  }

  /** Without `self`. */
  parameters(declared: Declared, lowered: FunctionItem): readonly (Type | undefined)[] {
    const scope = this.#types.scopeOf(declared);
    return lowered.parameters.map((it) => this.#types.lower(it.type, scope));
  }

  /** `A { … }`, `A(…)`, `E::V(…)`: parameters are what the values of the fields are. */
  constructed(made: Declared | Variant, given: ReadonlyMap<string, Type | undefined>, self: Type | undefined): Type | undefined {
    const owner = made.sort === "variant" ? made.of : made;
    if (self?.kind === "named" && self.definition === owner && self.arguments.length > 0) return self;
    const scope = this.#types.scopeOf(owner);
    const by = new Map<string, Type | undefined>();
    for (const field of fieldsOf(made)) bind(this.#types.lower(field.type, scope), given.get(field.name), by);
    return named(
      owner,
      genericsOf(owner).map(({ name }) => by.get(name)),
    );
  }

  /** Of a record that is known. */
  field(of: Type | undefined, name: string, variant?: Variant): Type | undefined {
    if (of?.kind === "tuple") return of.elements[Number(name)];
    if (of?.kind !== "named" || of.definition.sort !== "item") return undefined;
    const owner = of.definition;
    const field = fieldsOf(variant ?? owner).find((it) => it.name === name);
    if (field === undefined) return undefined;
    const by = new Map(genericsOf(owner).map((it, at) => [it.name, of.arguments[at]]));
    return substitute(this.#types.lower(field.type, this.#types.scopeOf(owner)), by);
  }
}

function fieldsOf(made: Declared | Variant): readonly FieldDeclaration[] {
  if (made.sort === "item") return made.lowered?.kind === "struct" ? made.lowered.fields : [];
  const { lowered } = made.of;
  return lowered?.kind === "enum" ? (lowered.variants.find((it) => it.name === made.name)?.fields ?? []) : [];
}
