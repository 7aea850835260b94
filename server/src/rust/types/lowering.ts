/** From types as they are written to types: paths resolved, aliases followed, parameters known by their bounds. */
import type { GenericParameter, Path, Type as Written } from "../ast.ts";
import { DEEPEST_TYPE } from "../bounds.ts";
import { type Declared, type DefinitionMaps, type External, type Module, TYPES } from "../names/index.ts";
import { genericsOf, supertraitsOf } from "./generics.ts";
import { named, type Substitution, substitute, type Type } from "./type.ts";

/** What names of types mean at a place beside what the module says. */
export interface TypeScope {
  readonly module: Module;
  readonly self: Type | undefined;
  readonly parameters: Substitution;
}

export class TypeLowering {
  readonly #maps: DefinitionMaps;
  readonly #scopes = new Map<Declared, TypeScope>();
  readonly #asking = new Set<Declared>();

  constructor(maps: DefinitionMaps) {
    this.#maps = maps;
  }

  /** Inside of an item. */
  scopeOf(declared: Declared): TypeScope {
    const known = this.#scopes.get(declared);
    if (known !== undefined) return known;
    const around = declared.holder === undefined ? undefined : this.scopeOf(declared.holder);
    const { module } = declared;
    const parameters = new Map(around?.parameters ?? []);
    const scope: TypeScope = { module, self: around?.self, parameters };
    // Bounds may name the parameters, and the impl itself.
    this.#scopes.set(declared, scope);
    this.#addParameters(genericsOf(declared), scope, parameters);
    const whole = { ...scope, self: this.#selfOf(declared, scope) ?? scope.self };
    this.#scopes.set(declared, whole);
    return whole;
  }

  #selfOf(declared: Declared, scope: TypeScope): Type | undefined {
    switch (declared.kind) {
      case "impl": {
        const { lowered } = declared;
        return lowered?.kind === "impl" ? this.lower(lowered.type, scope) : undefined;
      }
      case "trait":
        return { kind: "parameter", name: "Self", bounds: [named(declared)] };
      case "struct":
      case "enum":
      case "union":
        return named(declared, this.#own(declared, scope));
      default:
        return undefined;
    }
  }

  /** Its own parameters, in order. */
  #own(declared: Declared, scope: TypeScope): readonly (Type | undefined)[] {
    return genericsOf(declared).map(({ name }) => scope.parameters.get(name));
  }

  #addParameters(generics: readonly GenericParameter[], scope: TypeScope, into: Map<string, Type | undefined>): void {
    for (const { name } of generics) into.set(name, { kind: "parameter", name, bounds: [] });
    for (const { name, bounds } of generics) {
      const known = bounds.flatMap((it) => this.lower(it, scope) ?? []);
      if (known.length > 0) into.set(name, { kind: "parameter", name, bounds: known });
    }
  }

  /** The traits that a trait asks for. */
  supertraits(trait: Declared): readonly Type[] {
    const scope = this.scopeOf(trait);
    return supertraitsOf(trait).flatMap((it) => this.lower(it, scope) ?? []);
  }

  lower(written: Written | undefined, scope: TypeScope): Type | undefined {
    switch (written?.kind) {
      case "path":
        return this.ofPath(written.path, scope);
      case "reference":
        return this.lower(written.inner, scope);
      case "tuple":
        return { kind: "tuple", elements: written.elements.map((it) => this.lower(it, scope)) };
      case "slice":
        return { kind: "slice", element: this.lower(written.inner, scope) };
      case "bounds":
        return { kind: "bounds", bounds: written.bounds.flatMap((it) => this.lower(it, scope) ?? []) };
      default:
        return undefined;
    }
  }

  ofPath(path: Path, scope: TypeScope): Type | undefined {
    const [first] = path.segments;
    if (first === undefined) return undefined;
    if (path.self !== undefined) return this.#associatedType(this.lower(path.self, scope), path.segments.at(-1)?.name ?? "");
    if (first.name === "Self" || (scope.parameters.has(first.name) && !path.global)) {
      const type = first.name === "Self" ? scope.self : scope.parameters.get(first.name);
      const [, second, third] = path.segments;
      if (second === undefined) return type;
      return third === undefined ? this.#associatedType(type, second.name) : undefined;
    }
    const { found, rest } = this.#maps.resolve(
      path.segments.map((it) => it.name),
      scope.module,
      path.global,
    );
    const definition = found.find(({ namespaces }) => (namespaces & TYPES) !== 0)?.definition;
    if (definition === undefined || (definition.sort !== "item" && definition.sort !== "external")) return undefined;
    const last = path.segments[path.segments.length - 1 - rest.length];
    const args = (last?.generics ?? []).map((it) => this.lower(it, scope));
    const type = definition.sort === "item" ? this.ofDeclared(definition, args) : named(this.#aliasOfStd(definition), args);
    return rest.length === 0 ? type : this.#associatedType(type, rest[0] ?? "");
  }

  /** An alias is what it stands for. */
  ofDeclared(declared: Declared, args: readonly (Type | undefined)[]): Type | undefined {
    if (declared.kind !== "type") return named(declared, args);
    const { lowered } = declared;
    if (lowered?.kind !== "type-alias" || this.#asking.has(declared) || this.#asking.size >= DEEPEST_TYPE) return named(declared, args);
    this.#asking.add(declared);
    const type = this.lower(lowered.type, this.scopeOf(declared));
    this.#asking.delete(declared);
    const by = new Map(genericsOf(declared).map(({ name }, at) => [name, args[at]]));
    return type === undefined ? named(declared, args) : substitute(type, by);
  }

  /** Libraries have a `Result` of their own that fixes the error: `io::Result<T>`, `anyhow::Result<T>`. */
  #aliasOfStd(external: External): External {
    return external.path.at(-1) === "Result" ? this.#maps.names.externalAt(["std", "result", "Result"]) : external;
  }

  /** `Self::Output` where an impl says what that is. */
  #associatedType(type: Type | undefined, name: string): Type | undefined {
    if (type?.kind !== "named" || this.#asking.size >= DEEPEST_TYPE) return undefined;
    const impls = this.implsOf(type.definition);
    const member = impls.flatMap((it) => it.members).find((it) => it.kind === "type" && it.name === name);
    return member === undefined || this.#asking.has(member) ? undefined : this.ofDeclared(member, []);
  }

  /** Told by who indexes them. */
  implsOf: (type: Declared | External) => readonly Declared[] = () => [];
}
