/**
 * Types as far as methods need them: references are left out, for calls see through them, and a future is what it gives. Undefined stands
 * for what is not known.
 */
import type { Declared, External } from "../names/index.ts";

export type Type =
  /** A struct, enum, union or trait of the crates that are read, or a type of another one. */
  | { readonly kind: "named"; readonly definition: Declared | External; readonly arguments: readonly (Type | undefined)[] }
  /** A type parameter, or `Self` in a trait. */
  | { readonly kind: "parameter"; readonly name: string; readonly bounds: readonly Type[] }
  /** `dyn A + B`, `impl A + B`. */
  | { readonly kind: "bounds"; readonly bounds: readonly Type[] }
  | { readonly kind: "tuple"; readonly elements: readonly (Type | undefined)[] }
  | { readonly kind: "slice"; readonly element: Type | undefined }
  /** A closure, or a function as a value. */
  | { readonly kind: "function"; readonly returns: Type | undefined };

export type Substitution = ReadonlyMap<string, Type | undefined>;

export const NO_BINDINGS: Substitution = new Map();

export const named = (definition: Declared | External, args: readonly (Type | undefined)[] = []): Type => ({
  kind: "named",
  definition,
  arguments: args,
});

/** A type with its parameters replaced; one that is not known stays a parameter, for its bounds tell methods. */
export function substitute(type: Type | undefined, by: Substitution): Type | undefined {
  if (type === undefined || by.size === 0) return type;
  switch (type.kind) {
    case "parameter":
      return by.get(type.name) ?? type;
    case "named":
      return type.arguments.length === 0 ? type : { ...type, arguments: type.arguments.map((it) => substitute(it, by)) };
    case "tuple":
      return { kind: "tuple", elements: type.elements.map((it) => substitute(it, by)) };
    case "slice":
      return { kind: "slice", element: substitute(type.element, by) };
    case "function":
      return { kind: "function", returns: substitute(type.returns, by) };
    default:
      return type;
  }
}

/** What the parameters in `written` must be for it to be `actual`. */
export function bind(written: Type | undefined, actual: Type | undefined, into: Map<string, Type | undefined>): void {
  if (written === undefined || actual === undefined) return;
  switch (written.kind) {
    case "parameter":
      if (!into.has(written.name)) into.set(written.name, actual);
      return;
    case "named":
      if (actual.kind === "named" && actual.definition === written.definition)
        for (const [at, it] of written.arguments.entries()) bind(it, actual.arguments[at], into);
      return;
    case "tuple":
      if (actual.kind === "tuple") for (const [at, it] of written.elements.entries()) bind(it, actual.elements[at], into);
      return;
    case "slice":
      bind(written.element, actual.kind === "slice" ? actual.element : undefined, into);
      return;
    case "function":
      bind(written.returns, actual.kind === "function" ? actual.returns : undefined, into);
  }
}

/** The path of a type of another crate, as text. */
export const externalPath = (type: Type | undefined): string | undefined =>
  type?.kind === "named" && type.definition.sort === "external" ? type.definition.path.join("::") : undefined;
