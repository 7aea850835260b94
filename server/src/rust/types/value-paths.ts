/** What a path in an expression or a pattern means: a definition, an associated item of a type, a path of another crate. */
import type { Path } from "../ast.ts";
import { type Declared, type DefinitionMaps, External, Module, VALUES, Variant } from "../names/index.ts";
import type { TypeLowering, TypeScope } from "./lowering.ts";
import type { Methods } from "./methods.ts";
import { named, type Type } from "./type.ts";

export interface Meaning {
  readonly definitions: readonly (Declared | External | Variant)[];
  /** `Type` in `Type::f`, or the type that a constructor makes. */
  readonly self: Type | undefined;
}

const NOTHING: Meaning = { definitions: [], self: undefined };

export class ValuePaths {
  readonly #maps: DefinitionMaps;
  readonly #methods: Methods;
  readonly #types: TypeLowering;

  constructor(maps: DefinitionMaps, methods: Methods) {
    this.#maps = maps;
    this.#methods = methods;
    this.#types = methods.types;
  }

  of(path: Path, scope: TypeScope, namespaces = VALUES): Meaning {
    const names = path.segments.map((it) => it.name);
    const [first, second, ...more] = names;
    if (first === undefined) return NOTHING;
    if (path.self !== undefined) return this.#associated(this.#types.lower(path.self, scope), names.at(-1) ?? "");
    if (first === "Self" || (scope.parameters.has(first) && second !== undefined && !path.global)) {
      const self = first === "Self" ? scope.self : scope.parameters.get(first);
      if (second === undefined) return self?.kind === "named" ? { definitions: [self.definition], self } : NOTHING;
      return more.length > 0 ? NOTHING : this.#associated(self, second);
    }
    const { found, rest } = this.#maps.resolve(names, scope.module, path.global);
    if (rest.length > 1) return NOTHING;
    const [name] = rest;
    if (name === undefined) {
      const definitions = found.flatMap((it) =>
        (it.namespaces & namespaces) === 0 || it.definition instanceof Module ? [] : [it.definition],
      );
      return { definitions, self: this.#made(definitions[0], path, scope) };
    }
    let derived = NOTHING;
    for (const { definition } of found) {
      if (definition.sort !== "item") continue;
      const args = path.segments.at(-2)?.generics.map((it) => this.#types.lower(it, scope)) ?? [];
      const meaning = this.#associated(this.#types.ofDeclared(definition, args), name);
      if (meaning.definitions.length > 0) return meaning;
      derived = meaning;
    }
    return derived;
  }

  /** The type that a constructor is of, with arguments that are written at it. */
  #made(definition: Declared | External | Variant | undefined, path: Path, scope: TypeScope): Type | undefined {
    if (definition === undefined) return undefined;
    if (definition.sort === "external") return this.#written(definition, path, scope);
    const of = definition instanceof Variant ? definition.of : definition;
    if (of.kind !== "struct" && of.kind !== "enum" && of.kind !== "union" && of.kind !== "type") return undefined;
    const at = definition.sort === "variant" ? -2 : -1;
    const args = path.segments.at(at)?.generics.map((it) => this.#types.lower(it, scope)) ?? [];
    return this.#types.ofDeclared(of, args);
  }

  /** Of a type of another crate no more is known than the arguments that are written: `Manager::<Connection>::new`. */
  #written({ path: names }: External, path: Path, scope: TypeScope): Type | undefined {
    const generics = path.segments.at(-2)?.generics ?? [];
    if (generics.length === 0) return undefined;
    return named(
      new External(names.slice(0, -1)),
      generics.map((it) => this.#types.lower(it, scope)),
    );
  }

  #associated(type: Type | undefined, name: string): Meaning {
    if (type === undefined) return NOTHING;
    if (type.kind === "named" && type.definition.sort === "item") {
      const variant = type.definition.variant(name);
      if (variant !== undefined) return { definitions: [variant], self: type };
    }
    const found = this.#methods.associated(type, name, false);
    if (found.length > 0) return { definitions: found, self: type };
    if (type.kind === "named" && type.definition.sort === "external") return { definitions: [type.definition.child(name)], self: type };
    // What a derive or a trait of another crate gives.
    return { definitions: [], self: type };
  }

  typeOf(definition: Declared | External | Variant | undefined, self: Type | undefined): Type | undefined {
    if (definition === undefined || definition.sort === "external") return undefined;
    if (definition.sort === "variant") return self ?? named(definition.of);
    const { lowered } = definition;
    if (lowered?.kind === "const" || lowered?.kind === "static") return this.#types.lower(lowered.type, this.#types.scopeOf(definition));
    return definition.kind === "struct" ? (self ?? named(definition)) : undefined;
  }
}
