/** The modules, blocks and impls of crates as nested scopes: what is inside of what, before any name is resolved. */
import type { Item } from "./ast.ts";
import { expanded } from "./name-tables.ts";
import type { CrateSources, Definition, Scope } from "./scopes.ts";

type ScopeKind = "module" | "block" | { readonly owner: Item };

/** The modules of one crate, by path; `cfg` twins and several roots share one. */
interface Crate {
  readonly dependencies: ReadonlyMap<string, string> | undefined;
  readonly modules: Map<string, Scope[]>;
}

export class ScopeTree {
  readonly roots: readonly Scope[];
  readonly #crates: readonly Crate[];
  readonly #byName = new Map<string, Crate>();
  readonly #crateOf = new WeakMap<Scope, Crate>();
  readonly #kinds = new WeakMap<Scope, ScopeKind>();
  readonly #children = new WeakMap<object, Scope>();

  constructor(crates: readonly CrateSources[]) {
    const roots: Scope[] = [];
    this.#crates = crates.map(({ name, files, dependencies }) => {
      const crate: Crate = { dependencies, modules: new Map() };
      if (name !== undefined) this.#byName.set(name.replaceAll("-", "_"), crate);
      for (const { name: file, file: source, modulePath } of files) {
        const path = modulePath[0] === "crate" ? modulePath : ["crate", ...modulePath];
        const scope: Scope = { file, modulePath: path, items: source.items, source };
        this.#register(scope, crate);
        roots.push(scope);
      }
      return crate;
    });
    this.roots = roots;
  }

  declarations(root: Scope): readonly Definition[] {
    const path = root.modulePath;
    return path.flatMap((name, at): readonly Definition[] => {
      const [declaration, twin] = this.modulesAt(path.slice(0, at), root).flatMap((scope) =>
        expanded(scope.items).flatMap((item) =>
          item.kind === "module" && item.items === undefined && item.name === name ? [{ item, scope }] : [],
        ),
      );
      // Declared twice (by a library and a program, by `cfg` twins), it is there under either condition.
      return declaration === undefined || twin !== undefined ? [] : [declaration];
    });
  }

  within(scope: Scope, items: readonly Item[]): Scope {
    if (items.length === 0) return scope;
    return this.#childOf(items, scope, scope.modulePath, items, "block");
  }

  child(scope: Scope, item: Item): Scope {
    if (item.kind === "impl" || item.kind === "trait") {
      return this.#childOf(item, scope, scope.modulePath, item.items, { owner: item });
    }
    if (item.kind !== "module") return scope;
    const path = [...scope.modulePath, item.name];
    if (item.items !== undefined) return this.#childOf(item, scope, path, item.items, "module");
    return this.modulesAt(path, scope)[0] ?? this.#childOf(item, scope, path, [], "module");
  }

  modules(): readonly Scope[] {
    return this.#crates.flatMap(({ modules }) => [...new Set([...modules.values()].flat())]);
  }

  kindOf(scope: Scope): ScopeKind | undefined {
    return this.#kinds.get(scope);
  }

  /** Undefined where no manifest tells. */
  dependenciesOf(scope: Scope): ReadonlyMap<string, string> | undefined {
    return this.#crateOf.get(scope)?.dependencies;
  }

  crateNamed(name: string): Crate | undefined {
    return this.#byName.get(name);
  }

  /** The scopes whose names are in sight, from the inside out: blocks, then the module. Impls and traits are none. */
  levels(scope: Scope): Scope[] {
    const levels: Scope[] = [];
    for (let current: Scope | undefined = scope; current !== undefined; current = current.parent) {
      const kind = this.#kinds.get(current) ?? "module";
      if (kind === "module" || kind === "block") levels.push(current);
      if (kind === "module") break;
    }
    return levels;
  }

  #register(scope: Scope, crate: Crate): void {
    this.#kinds.set(scope, "module");
    this.#crateOf.set(scope, crate);
    const key = scope.modulePath.join("::");
    const twins = crate.modules.get(key);
    if (twins === undefined) crate.modules.set(key, [scope]);
    else twins.push(scope);
    for (const item of scope.items) {
      if (item.kind === "module" && item.items !== undefined) this.#register(this.child(scope, item), crate);
    }
  }

  /** The modules of that path in the crate of a scope. */
  modulesAt(path: readonly string[], within: Scope): readonly Scope[] {
    return this.#crateOf.get(within)?.modules.get(path.join("::")) ?? [];
  }

  #childOf(key: object, parent: Scope, modulePath: readonly string[], items: readonly Item[], kind: ScopeKind): Scope {
    const known = this.#children.get(key);
    if (known !== undefined) return known;
    const scope: Scope = { file: parent.file, parent, modulePath, items, source: parent.source };
    this.#children.set(key, scope);
    this.#kinds.set(scope, kind);
    const crate = this.#crateOf.get(parent);
    if (crate !== undefined) this.#crateOf.set(scope, crate);
    return scope;
  }
}
