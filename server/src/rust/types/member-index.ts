/** Which impls a type and a trait have, and which functions have a name: grows as crates and blocks are brought in. */
import { type Crate, type Declared, type Definition, type DefinitionMaps, TYPES } from "../names/index.ts";

export class MemberIndex {
  readonly #maps: DefinitionMaps;
  readonly #byType = new Map<Definition, Declared[]>();
  readonly #byTrait = new Map<Definition, Declared[]>();
  #blanket: Declared[] = [];
  readonly #traitOf = new Map<Declared, Definition | undefined>();
  readonly #typeOf = new Map<Declared, Definition>();
  readonly #functions = new Map<string, Declared[]>();
  readonly #done = new Map<Crate, number>();
  #seen = 0;
  #taken = 0;
  /** What an alias stands for is for others to say. */
  readonly #aliased: (alias: Declared) => Definition | undefined;

  constructor(maps: DefinitionMaps, aliased: (alias: Declared) => Definition | undefined) {
    this.#maps = maps;
    this.#aliased = aliased;
  }

  implsOfType(type: Definition): readonly Declared[] {
    this.#update();
    return this.#byType.get(type) ?? NONE;
  }

  implsOfTrait(trait: Definition): readonly Declared[] {
    this.#update();
    return this.#byTrait.get(trait) ?? NONE;
  }

  /** `impl<T: A> B for T`. */
  blanketImpls(): readonly Declared[] {
    this.#update();
    return this.#blanket;
  }

  /** Undefined for an impl of a type's own, and where the trait's name leads nowhere. */
  traitOf(impl: Declared): Definition | undefined {
    this.#update();
    return this.#traitOf.get(impl);
  }

  /** Undefined for `impl<T> A for T`, and where the name leads nowhere. */
  typeOf(impl: Declared): Definition | undefined {
    this.#update();
    return this.#typeOf.get(impl);
  }

  /** Those of impls and traits among them. */
  functionsNamed(name: string): readonly Declared[] {
    this.#update();
    return this.#functions.get(name) ?? NONE;
  }

  #update(): void {
    if (this.#taken !== this.#maps.taken) this.#begin();
    if (this.#seen === this.#maps.items) return;
    this.#seen = this.#maps.items;
    for (const crate of this.#maps.crates) {
      let at = this.#done.get(crate) ?? 0;
      for (; at < crate.items.length; at++) {
        const item = crate.items[at];
        if (item?.kind === "impl") this.#impl(item);
        else if (item?.kind === "function") append(this.#functions, item.name, item);
      }
      this.#done.set(crate, at);
    }
  }

  /** Anew, since some are gone, and others stand where they stood. */
  #begin(): void {
    this.#taken = this.#maps.taken;
    this.#seen = -1;
    for (const known of [this.#byType, this.#byTrait, this.#traitOf, this.#typeOf, this.#functions, this.#done]) known.clear();
    this.#blanket = [];
  }

  #impl(impl: Declared): void {
    const head = impl.tree.implements;
    if (head === undefined) return;
    const type = this.#definitionOf(head.type, impl);
    if (type !== undefined) {
      append(this.#byType, type, impl);
      this.#typeOf.set(impl, type);
    } else if (head.type.length === 1 && head.trait !== undefined) this.#blanket.push(impl);
    if (head.trait === undefined) return;
    const trait = this.#definitionOf(head.trait, impl);
    this.#traitOf.set(impl, trait);
    if (trait !== undefined) append(this.#byTrait, trait, impl);
  }

  #definitionOf(path: readonly string[], { module }: Declared): Definition | undefined {
    const { found, rest } = this.#maps.resolve(path, module);
    const definition = rest.length > 0 ? undefined : found.find(({ namespaces }) => (namespaces & TYPES) !== 0)?.definition;
    return definition?.sort === "item" && definition.kind === "type" ? (this.#aliased(definition) ?? definition) : definition;
  }
}

const NONE: readonly Declared[] = [];

function append<K>(lists: Map<K, Declared[]>, key: K, value: Declared): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
