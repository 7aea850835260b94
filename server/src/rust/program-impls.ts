/** The impl blocks of the crates that are read together: those of a type or trait, and what they give it. */
import type { Item, Path } from "./ast.ts";
import { DEEPEST_QUESTION } from "./bounds.ts";
import { ImplIndex, pathOf } from "./impl-index.ts";
import { implsIn } from "./impls.ts";
import { membersOf } from "./name-tables.ts";
import { deeper, start, type Walk } from "./question.ts";
import type { ScopeTree } from "./scope-tree.ts";
import type { Definition, Scope } from "./scopes.ts";
import { sameItem, type Target } from "./targets.ts";

export class ProgramImpls {
  readonly #tree: ScopeTree;
  readonly #resolve: (path: Path, scope: Scope, walk: Walk) => readonly Target[];
  readonly #byType = new WeakMap<Item, readonly Definition[]>();
  #all: readonly Definition[] | undefined;
  #index: ImplIndex | undefined;
  /** Questions that wait for the answer to another one. */
  #asking = 0;

  constructor(tree: ScopeTree, resolve: (path: Path, scope: Scope, walk: Walk) => readonly Target[]) {
    this.#tree = tree;
    this.#resolve = resolve;
  }

  all(): readonly Definition[] {
    this.#all ??= this.#tree.modules().flatMap((scope) => implsIn(scope, this.#tree));
    return this.#all;
  }

  of(type: Definition): readonly Definition[] {
    const known = this.#byType.get(type.item);
    if (known !== undefined) return known;
    // The answers in between would not be whole, and are not kept.
    if (this.#asking >= DEEPEST_QUESTION) return [];
    this.#asking++;
    // An impl for a type that is named through an impl (`impl A for B::C`) would ask for itself.
    this.#byType.set(type.item, []);
    if (this.#asking === 1) this.#index ??= new ImplIndex(this.all(), (path, scope) => this.#resolve(path, scope, start()));
    const found = this.#find(type);
    this.#asking--;
    this.#byType.set(type.item, found);
    return found;
  }

  #find(type: Definition): readonly Definition[] {
    if (!("name" in type.item) || type.item.name === undefined) return [];
    return (this.#index?.candidates(type) ?? this.all()).filter(({ item, scope }) => {
      const path = item.kind !== "impl" ? undefined : type.item.kind === "trait" ? item.trait : pathOf(item.type);
      const targets = path === undefined ? [] : this.#resolve(path, scope, start());
      return targets.some((it) => it.kind === "local" && it.definition.variant === undefined && sameItem(it.definition, type));
    });
  }

  /** Functions and other members of that name: those of the type itself first, then those of traits, last what traits give by default. */
  associated(type: Definition, name: string, trait: string | undefined, walk: Walk): readonly Definition[] {
    const inherent: Definition[] = [];
    const ofTraits: Definition[] = [];
    const defaults: Definition[] = [];
    for (const { item, scope } of this.of(type)) {
      if (item.kind !== "impl" || (trait !== undefined && item.trait?.segments.at(-1)?.name !== trait)) continue;
      const inside = this.#tree.child(scope, item);
      const own = membersOf(item, name);
      (item.trait === undefined ? inherent : ofTraits).push(...own.map((it) => ({ item: it, scope: inside, owner: type })));
      if (item.trait === undefined || own.length > 0 || walk.visited.has(item)) continue;
      for (const target of this.#resolve(item.trait, scope, deeper(walk, item))) {
        if (target.kind !== "local" || target.definition.item.kind !== "trait") continue;
        const given = membersOf(target.definition.item, name);
        const within = this.#tree.child(target.definition.scope, target.definition.item);
        defaults.push(...given.map((it) => ({ item: it, scope: within, owner: type })));
      }
    }
    return [...inherent, ...ofTraits, ...defaults];
  }
}
