/** Which function a method call means: the receiver's own, those of its traits, then those of what it points to. */
import { DEEPEST_TYPE } from "../bounds.ts";
import type { Crate, Declared, Definition, DefinitionMaps, External, Module } from "../names/index.ts";
import { TypeLowering } from "./lowering.ts";
import { MemberIndex } from "./member-index.ts";
import { POINTERS, type StdRow, VEC } from "./std-rows.ts";
import { rowOf } from "./std-terms.ts";
import { bind, externalPath, type Type } from "./type.ts";

export interface Method {
  readonly function: Declared | External;
  /** As it is after pointers were followed. */
  readonly receiver: Type;
}

interface Standard {
  readonly row: StdRow;
  readonly receiver: Type;
  readonly of: External;
}

export class Methods {
  readonly types: TypeLowering;
  readonly members: MemberIndex;
  readonly #maps: DefinitionMaps;
  readonly #reached = new Map<Crate, Set<Crate>>();
  readonly #candidates = new Map<Module, Map<string, readonly Declared[]>>();
  #taken = 0;
  readonly #traitsInScope = new Map<Module, ReadonlySet<Definition>>();

  constructor(maps: DefinitionMaps) {
    this.#maps = maps;
    this.types = new TypeLowering(maps);
    this.members = new MemberIndex(maps, (alias) => {
      const type = this.types.ofDeclared(alias, []);
      return type?.kind === "named" ? type.definition : undefined;
    });
    this.types.implsOf = (type) => this.members.implsOfType(type);
  }

  /** Undefined: the receiver is not known well enough. Several where `cfg` decides. */
  of(receiver: Type | undefined, name: string): readonly Method[] | undefined {
    for (const current of this.behind(receiver)) {
      const own = this.associated(current, name, true);
      if (own.length > 0) return own.map((it) => ({ function: it, receiver: current }));
    }
    const known = this.#pointee(receiver);
    // A type of another crate has methods that are not here; what a wrapper of ours derefs to may be anything.
    return known === undefined || receiver === undefined || this.#wraps(receiver) ? undefined : [{ function: known.child(name), receiver }];
  }

  /** The row of the standard library that a call means, if no function of the crates does. */
  standard(receiver: Type | undefined, name: string): Standard | undefined {
    for (const current of this.behind(receiver)) {
      const row = rowOf(current, name);
      if (row !== undefined && current.kind === "named" && current.definition.sort === "external")
        return { row, receiver: current, of: current.definition };
      if (this.associated(current, name, true).length > 0) return undefined;
    }
    return undefined;
  }

  /** A type and those that it points to, one behind the other. */
  *behind(first: Type | undefined): Iterable<Type> {
    let type = first;
    for (let step = 0; step < DEEPEST_TYPE && type !== undefined; step++) {
      yield type;
      type = this.#target(type);
    }
  }

  /** `Type::name`; `method`: called on a value, so that it takes one. Own ones hide those of traits. */
  associated(type: Type, name: string, method: boolean): readonly Declared[] {
    const fitting = (all: readonly Declared[]): readonly Declared[] =>
      all.filter((it) => it.name === name && (method ? isMethod(it) : it.kind === "function" || it.kind === "const"));
    if (type.kind === "parameter" || type.kind === "bounds")
      return unique(this.#traitsIn(type.bounds).flatMap((it) => fitting(it.members)));
    if (type.kind !== "named") return this.#byBlanket(type, fitting);
    const { definition } = type;
    if (definition.sort === "item" && definition.kind === "trait") {
      return unique(this.#traitsIn([type]).flatMap((it) => fitting(it.members)));
    }
    const impls = this.members.implsOfType(definition).filter((it) => this.#fits(it, type));
    const inherent = impls.filter((it) => it.tree.implements?.trait === undefined).flatMap((it) => fitting(it.members));
    if (inherent.length > 0) return inherent;
    const ofTraits = impls.filter((it) => it.tree.implements?.trait !== undefined);
    const given = ofTraits.flatMap((it) => fitting(it.members));
    if (given.length > 0) return given;
    const defaults = ofTraits.flatMap((it) => {
      const trait = this.members.traitOf(it);
      return trait?.sort === "item" ? fitting(trait.members) : [];
    });
    return defaults.length > 0 ? unique(defaults) : this.#byBlanket(type, fitting);
  }

  /** `impl A for Wrapper<u8>` says nothing of `Wrapper<Config>`, nor does one for `Arc<dyn B>`. */
  #fits(impl: Declared, type: Type): boolean {
    const written = this.types.scopeOf(impl).self;
    if (written?.kind !== "named" || type.kind !== "named") return true;
    return written.arguments.every((it, at) => this.#mayBe(it, type.arguments[at]));
  }

  #mayBe(written: Type | undefined, actual: Type | undefined): boolean {
    if (actual?.kind !== "named") return true;
    switch (written?.kind) {
      case "named":
        return written.definition === actual.definition;
      case "bounds":
        return actual.definition.sort === "item" && actual.definition.kind === "trait";
      case "parameter":
        return this.#satisfies(actual, written.bounds);
      default:
        return true;
    }
  }

  #byBlanket(type: Type, fitting: (all: readonly Declared[]) => readonly Declared[]): readonly Declared[] {
    return this.members.blanketImpls().flatMap((impl) => {
      const parameter = this.types.scopeOf(impl).self;
      if (parameter?.kind !== "parameter") return [];
      const trait = this.members.traitOf(impl);
      const given = fitting(impl.members);
      const found = given.length > 0 ? given : trait?.sort === "item" ? fitting(trait.members) : [];
      return found.length > 0 && this.#satisfies(type, parameter.bounds) ? found : [];
    });
  }

  /** As far as traits of the crates that are read tell; others are taken to hold. */
  #satisfies(type: Type, bounds: readonly Type[]): boolean {
    return bounds.every((it) => {
      if (it.kind !== "named" || it.definition.sort !== "item" || type.kind !== "named") return true;
      const trait = it.definition;
      const impls = [...this.members.implsOfType(type.definition), ...this.members.blanketImpls()];
      return impls.some((impl) => this.members.traitOf(impl) === trait);
    });
  }

  /** With their supertraits. */
  #traitsIn(bounds: readonly Type[]): readonly Declared[] {
    const found = new Set<Declared>();
    const waiting = [...bounds];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (next.kind !== "named" || next.definition.sort !== "item" || found.has(next.definition)) continue;
      if (next.definition.kind !== "trait") continue;
      found.add(next.definition);
      waiting.push(...this.types.supertraits(next.definition));
    }
    return [...found];
  }

  /** What a pointer points to. */
  #target(type: Type): Type | undefined {
    if (type.kind !== "named") return undefined;
    const path = externalPath(type);
    if (path !== undefined) return POINTERS.has(path) ? type.arguments[0] : undefined;
    for (const impl of this.members.implsOfType(type.definition)) {
      if (impl.tree.implements?.trait?.at(-1) !== "Deref") continue;
      const target = impl.members.find((it) => it.kind === "type" && it.name === "Target");
      if (target === undefined) continue;
      const by = new Map<string, Type | undefined>();
      bind(this.types.scopeOf(impl).self, type, by);
      return this.types.ofDeclared(target, []);
    }
    return undefined;
  }

  /** The last of another crate that pointers lead to: those of the standard library have no methods of their own to speak of. */
  #pointee(receiver: Type | undefined): External | undefined {
    let found: External | undefined;
    for (const type of this.behind(receiver)) {
      if (type.kind === "slice") return this.#maps.names.externalAt(VEC.split("::"));
      if (type.kind !== "named" || type.definition.sort !== "external") return found;
      found = type.definition;
    }
    return found;
  }

  /** A generic type of another crate may deref to what it holds: `web::Data<Config>`. */
  #wraps(type: Type): boolean {
    return type.kind === "named" && !isStd(type) && type.arguments.some((it) => it?.kind === "named" && it.definition.sort === "item");
  }

  /** Functions of that name that a value of unknown type may have: as many arguments, and the trait in scope. */
  candidates(name: string, args: number, module: Module): readonly Declared[] {
    return this.#among(`${name} ${args}`, name, module, (it) => {
      const { lowered, holder } = it;
      if (lowered?.kind !== "function" || lowered.receiver === undefined || lowered.parameters.length !== args) return false;
      const trait = holder?.kind === "trait" ? holder : holder && this.members.traitOf(holder);
      return trait === undefined || this.#inScope(trait, module);
    });
  }

  /** What a path that leads nowhere may mean, and a name in tokens that are no expressions. */
  functionsNamed(name: string, module: Module): readonly Declared[] {
    // What a block declares is known in it alone.
    return this.#among(name, name, module, (it) => !it.module.isBlock || module.isWithin(it.module));
  }

  #among(key: string, name: string, module: Module, fits: (it: Declared) => boolean): readonly Declared[] {
    const all = this.members.functionsNamed(name);
    if (all.length === 0) return all;
    if (this.#taken !== this.#maps.taken) this.#candidates.clear();
    this.#taken = this.#maps.taken;
    const known = this.#candidates.get(module) ?? new Map<string, readonly Declared[]>();
    this.#candidates.set(module, known);
    const whole = `${key} of ${all.length}`;
    const found = known.get(whole) ?? all.filter((it) => this.#reaches(module.crate, it.module.crate) && fits(it));
    known.set(whole, found);
    return found;
  }

  /** A crate has values of the types of those alone that it depends on. */
  #reaches(from: Crate, to: Crate): boolean {
    let reached = this.#reached.get(from);
    if (reached === undefined) {
      reached = new Set([from]);
      for (const it of reached)
        for (const dependency of it.node.dependencies?.values() ?? []) {
          const crate = "id" in dependency ? this.#maps.names.byId.get(dependency.id) : undefined;
          if (crate !== undefined) reached.add(crate);
        }
      this.#reached.set(from, reached);
    }
    return reached.has(to);
  }

  #inScope(trait: Definition, module: Module): boolean {
    for (let level: Module | undefined = module; level !== undefined; level = level.isBlock ? level.parent : undefined)
      if (this.#traits(level).has(trait)) return true;
    // Preludes and globs of other crates bring traits in that nobody sees.
    return trait.sort === "external" && (trait.path[0] === "std" || module.enclosing.externalGlobs.length > 0);
  }

  #traits(module: Module): ReadonlySet<Definition> {
    const known = this.#traitsInScope.get(module);
    if (known !== undefined) return known;
    const found = new Set<Definition>();
    for (const { named, globbed } of module.names.values())
      for (const { definition } of [...named, ...globbed])
        if (definition.sort === "external" || (definition.sort === "item" && definition.kind === "trait")) found.add(definition);
    this.#traitsInScope.set(module, found);
    return found;
  }
}

const isStd = (type: Type): boolean => externalPath(type)?.startsWith("std::") === true;

function isMethod({ kind, lowered }: Declared): boolean {
  return kind === "function" && lowered?.kind === "function" && lowered.receiver !== undefined;
}

const unique = <T>(all: readonly T[]): readonly T[] => [...new Set(all)];
