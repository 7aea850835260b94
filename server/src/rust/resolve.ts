/** Resolution of paths over the modules of crates that are read together. */
import type { Import, Item, Path, Type } from "./ast.ts";
import { type Entry, HOLDERS, isModule, membersOf, NameTables, takesIn } from "./name-tables.ts";
import { PRELUDE, PRIMITIVES, STANDARD } from "./prelude.ts";
import { ProgramImpls } from "./program-impls.ts";
import { deeper, isTooFar, start, type Walk } from "./question.ts";
import { ScopeTree } from "./scope-tree.ts";
import type { CrateSources, Definition, Resolution, Scope, Scopes } from "./scopes.ts";
import { type NamesInSight, shortest } from "./shortest.ts";
import { librariesOf, MOST_TARGETS, only, resolution, same, type Target, unique } from "./targets.ts";

export class Program implements Scopes {
  readonly #tree: ScopeTree;
  readonly #tables = new NameTables();
  readonly #resolved = new WeakMap<Scope, Map<string, readonly Target[]>>();
  readonly #impls: ProgramImpls;

  constructor(crates: readonly CrateSources[]) {
    this.#tree = new ScopeTree(crates);
    this.#impls = new ProgramImpls(this.#tree, (path, scope, walk) => this.#ofPath(path, scope, walk));
  }

  get roots(): readonly Scope[] {
    return this.#tree.roots;
  }

  declarations(root: Scope): readonly Definition[] {
    return this.#tree.declarations(root);
  }

  within(scope: Scope, items: readonly Item[]): Scope {
    return this.#tree.within(scope, items);
  }

  child(scope: Scope, item: Item): Scope {
    return this.#tree.child(scope, item);
  }

  resolve(path: Path, scope: Scope): Resolution {
    return resolution(this.#ofPath(path, scope, start()), namesOf(path));
  }

  resolveSegments(segments: readonly string[], scope: Scope, global = false): Resolution {
    return resolution(this.#ofSegments(segments, scope, global, start()), segments);
  }

  definitions(path: Path, scope: Scope): readonly Definition[] {
    return this.#ofPath(path, scope, start()).flatMap((it) =>
      it.kind === "external" || it.definition === undefined ? [] : [it.definition],
    );
  }

  associated(type: Definition, name: string, trait?: string): readonly Definition[] {
    return this.#impls.associated(type, name, trait, start());
  }

  implsOf(type: Definition): readonly Definition[] {
    return this.#impls.of(type);
  }

  allImpls(): readonly Definition[] {
    return this.#impls.all();
  }

  spelled(canonical: readonly string[], scope: Scope): string | undefined {
    return shortest(
      canonical,
      this.#tree.levels(scope).map((level): NamesInSight => {
        const { named, globs } = this.#tables.of(level);
        return {
          named: [...named].flatMap(([name, entries]) =>
            entries.map((entry) => ({ name, path: only(this.#ofEntry(entry, level, start())) })),
          ),
          globs: globs.map((glob) => only(this.#ofImport(glob, level, start()))),
        };
      }),
    );
  }

  #ofPath(path: Path, scope: Scope, walk: Walk): readonly Target[] {
    const names = namesOf(path);
    if (path.self === undefined) return this.#ofSegments(names, scope, path.global, walk);
    return this.#along(this.#ofType(path.self, scope, walk), names, walk);
  }

  #ofType(type: Type, scope: Scope, walk: Walk): readonly Target[] {
    if (type.kind === "reference") return this.#ofType(type.inner, scope, walk);
    return type.kind === "path" ? this.#ofPath(type.path, scope, walk) : [];
  }

  /** Kept for questions from outside; half-way through a walk the answer depends on what was visited. */
  #ofSegments(segments: readonly string[], scope: Scope, global: boolean, walk: Walk): readonly Target[] {
    if (walk.depth > 0) return this.#found(segments, scope, global, walk);
    let kept = this.#resolved.get(scope);
    if (kept === undefined) {
      kept = new Map();
      this.#resolved.set(scope, kept);
    }
    const key = `${global ? "::" : ""}${segments.join("::")}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const targets = this.#found(segments, scope, global, walk);
    kept.set(key, targets);
    return targets;
  }

  #found(segments: readonly string[], scope: Scope, global: boolean, walk: Walk): readonly Target[] {
    const [first, ...rest] = segments;
    if (first === undefined || isTooFar(walk)) return [];
    if (global) return this.#along(this.#crate(first, scope), rest, walk);
    if (first === "crate" || first === "self" || first === "super") return this.#fromModule(segments, scope, walk);
    if (first === "Self") return this.#along(this.#selfType(scope, walk), rest, walk);
    // A lone name is rarely a crate: it is a local variable that the caller has not found.
    return this.#along(this.#first(first, scope, rest.length > 0, walk), rest, walk);
  }

  #fromModule(segments: readonly string[], scope: Scope, walk: Walk): readonly Target[] {
    let path = scope.modulePath;
    let at = 0;
    if (segments[0] === "crate") path = ["crate"];
    if (segments[0] !== "super") at = 1;
    for (; segments[at] === "super"; at++) path = path.slice(0, -1);
    const inner = this.#tree.levels(scope).at(-1);
    const own = inner !== undefined && same(inner.modulePath, path) ? [inner] : [];
    const others = this.#tree.modulesAt(path, scope).filter((it) => it !== inner);
    // Two roots (a library and a binary) share the path `crate`: names of the own file come first.
    const scopes = [...own, ...others].sort((a, b) => Number(b.file === scope.file) - Number(a.file === scope.file));
    return this.#along([{ kind: "module", scopes, definition: undefined }], segments.slice(at), walk);
  }

  #selfType(scope: Scope, walk: Walk): readonly Target[] {
    for (let current: Scope | undefined = scope; current !== undefined; current = current.parent) {
      const kind = this.#tree.kindOf(current);
      if (kind === undefined || kind === "module") return [];
      if (kind === "block" || current.parent === undefined) continue;
      if (kind.owner.kind === "impl") return this.#ofType(kind.owner.type, current.parent, deeper(walk, kind.owner));
      return [{ kind: "local", definition: { item: kind.owner, scope: current.parent } }];
    }
    return [];
  }

  #first(name: string, scope: Scope, more: boolean, walk: Walk): readonly Target[] {
    const levels = this.#tree.levels(scope);
    for (const level of levels) {
      const targets = this.#direct(name, level, more, walk);
      if (targets.length > 0) return targets;
    }
    // Before `::`, a dependency's name that is also in a glob would be ambiguous to the compiler, too.
    const dependencies = this.#tree.dependenciesOf(scope);
    const crate = more && dependencies !== undefined ? this.#crate(name, scope) : [];
    if (crate.length > 0) return crate;
    const globbed = levels.flatMap((level) => this.#globbed(name, level, walk));
    const local = globbed.filter((it) => it.kind !== "external");
    if (local.length > 0) return local;
    const prelude = PRELUDE.get(name);
    if (prelude !== undefined) return [{ kind: "external", path: prelude }];
    if (PRIMITIVES.has(name)) return [{ kind: "external", path: ["std", "primitive", name] }];
    const included = this.#included(name, levels.at(-1), { more, known: globbed.length > 0 }, walk);
    if (included.length > 0) return included;
    if (!more) return globbed;
    return dependencies === undefined && !/^\p{Lu}/u.test(name) ? [...this.#crate(name, scope), ...globbed] : globbed;
  }

  /**
   * What `include!` takes in stands in a file of its own, in the same module. Where a glob of another crate may have the name (`known`),
   * it comes first only if the module's text names the file: a library and a binary share a module's path, too.
   */
  #included(
    name: string,
    module: Scope | undefined,
    of: { readonly more: boolean; readonly known: boolean },
    walk: Walk,
  ): readonly Target[] {
    if (module === undefined) return [];
    const twins = this.#tree.modulesAt(module.modulePath, module).filter((it) => it !== module && (!of.known || takesIn(module, it.file)));
    return unique(twins.flatMap((it) => this.#direct(name, it, of.more, walk)));
  }

  #crate(name: string, from: Scope): readonly Target[] {
    const dependencies = this.#tree.dependenciesOf(from);
    const standard = STANDARD.get(name);
    const own = dependencies === undefined ? name : dependencies.get(name);
    const crate = (own === undefined || dependencies === undefined ? (standard ?? own) : own)?.replaceAll("-", "_");
    if (crate === undefined) return [];
    const sources = dependencies === undefined ? undefined : this.#tree.crateNamed(crate);
    return sources === undefined
      ? [{ kind: "external", path: [crate] }]
      : [{ kind: "module", scopes: librariesOf(sources.modules), definition: undefined }];
  }

  /** Items and imports of that name; before `::` only what can hold names. */
  #direct(name: string, scope: Scope, more: boolean, walk: Walk): readonly Target[] {
    const entries = this.#tables.of(scope).named.get(name) ?? [];
    const fitting = entries.filter((it) => it.kind === "import" || (more ? HOLDERS.has(it.item.kind) : true));
    // A function and a module may share a name; alone, the name means the function.
    const ordered = more ? fitting : fitting.toSorted((a, b) => Number(isModule(a)) - Number(isModule(b)));
    return unique(ordered.flatMap((entry) => this.#ofEntry(entry, scope, walk)));
  }

  #ofEntry(entry: Entry, scope: Scope, walk: Walk): readonly Target[] {
    if (entry.kind === "import") return this.#ofImport(entry.import, scope, walk);
    const definition: Definition = { item: entry.item, scope };
    switch (entry.item.kind) {
      case "module":
        return [{ kind: "module", scopes: this.#scopesOf(entry.item, scope), definition }];
      case "extern-crate":
        return entry.item.crate === "self" ? this.#fromModule(["crate"], scope, walk) : this.#externCrate(entry.item.crate, scope);
      case "type-alias":
        return this.#ofAlias(entry.item.type, definition, walk);
      default:
        return [{ kind: "local", definition }];
    }
  }

  #externCrate(name: string, scope: Scope): readonly Target[] {
    const known = this.#crate(name, scope);
    return known.length > 0 ? known : [{ kind: "external", path: [name] }];
  }

  #scopesOf(item: Item, scope: Scope): readonly Scope[] {
    if (item.kind !== "module") return [];
    if (item.items !== undefined) return [this.child(scope, item)];
    return this.#tree.modulesAt([...scope.modulePath, item.name], scope);
  }

  /** What the alias stands for, or the alias itself where that is no path. */
  #ofAlias(type: Type, definition: Definition, walk: Walk): readonly Target[] {
    const itself: Target = { kind: "local", definition };
    if (type.kind !== "path" || walk.visited.has(definition.item)) return [itself];
    const targets = this.#ofPath(type.path, definition.scope, deeper(walk, definition.item));
    return targets.length === 0 ? [itself] : targets;
  }

  #ofImport(one: Import, scope: Scope, walk: Walk): readonly Target[] {
    const [first, ...rest] = one.path;
    if (walk.visited.has(one) || isTooFar(walk) || walk.steps.left <= 0) return [];
    const next = deeper(walk, one);
    if (first === undefined) return one.global ? [] : this.#fromModule(["self"], scope, next);
    if (one.global || first === "crate" || first === "self" || first === "super" || first === "Self") {
      return this.#found(one.path, scope, one.global, next);
    }
    const local = this.#along(this.#first(first, scope, true, next), rest, next);
    if (local.length > 0) return local;
    // Edition 2015 reads imports from the root of the crate.
    const module = this.#fromModule(["crate", ...one.path], scope, next);
    return module.length > 0 ? module : this.#along(this.#crate(first, scope), rest, next);
  }

  #globbed(name: string, scope: Scope, walk: Walk): readonly Target[] {
    const found: Target[] = [];
    for (const glob of this.#tables.of(scope).globs) {
      if (walk.visited.has(glob) || found.length >= MOST_TARGETS) continue;
      const next = deeper(walk, glob);
      for (const target of this.#ofImport(glob, scope, walk)) {
        // A glob takes variants from an enum, and nothing from a struct.
        if (target.kind === "local" && target.definition.item.kind !== "enum") continue;
        found.push(...this.#step(target, name, false, next));
      }
    }
    return unique(found);
  }

  #along(targets: readonly Target[], names: readonly string[], walk: Walk): readonly Target[] {
    let current = targets;
    for (const [at, name] of names.entries()) {
      current = unique(current.flatMap((it) => this.#step(it, name, at < names.length - 1, walk)));
    }
    return current;
  }

  #step(target: Target, name: string, more: boolean, walk: Walk): readonly Target[] {
    if (isTooFar(walk)) return [];
    if (target.kind === "external") return [{ kind: "external", path: [...target.path, name] }];
    if (target.kind === "module") {
      const direct = target.scopes.flatMap((scope) => this.#direct(name, scope, more, walk));
      if (direct.length > 0) return unique(direct);
      const [parent] = target.scopes;
      const submodules = parent === undefined ? [] : this.#tree.modulesAt([...parent.modulePath, name], parent);
      if (submodules.length > 0) return [{ kind: "module", scopes: submodules, definition: undefined }];
      return unique(target.scopes.flatMap((scope) => this.#globbed(name, scope, walk)));
    }
    const { definition } = target;
    const { item, scope } = definition;
    if (item.kind === "enum" && item.variants.some((it) => it.name === name)) {
      return [{ kind: "local", definition: { item, scope, owner: definition, variant: name } }];
    }
    if (item.kind === "trait") {
      const inside = this.child(scope, item);
      const found = membersOf(item, name);
      return found.map((it) => ({ kind: "local", definition: { item: it, scope: inside, owner: definition } }));
    }
    return this.#impls
      .associated(definition, name, undefined, walk)
      .flatMap((it): readonly Target[] =>
        it.item.kind === "type-alias" ? this.#ofAlias(it.item.type, it, walk) : [{ kind: "local", definition: it }],
      );
  }
}

const namesOf = (path: Path): string[] => path.segments.map((it) => it.name);
