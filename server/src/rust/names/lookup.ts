/** What a path means in a module, as far as names are known: rustc's order of scopes, one segment after the other. */
import { PRELUDE, PRIMITIVES, STANDARD } from "../prelude.ts";
import type { CrateNode } from "./crate-graph.ts";
import {
  ALL_NAMESPACES,
  type Crate,
  type Declared,
  type Definition,
  type Entries,
  External,
  type Found,
  MACROS,
  type Module,
  TYPES,
  VALUES,
  type Waiting,
} from "./definitions.ts";
import { markedCrate } from "./expansions.ts";

export interface Lookup {
  /** Several where `cfg` decides, or where one name means a type and a value. */
  readonly found: readonly Found[];
  /** Segments behind a type: associated items are for who knows types. */
  readonly rest: readonly string[];
}

const NOTHING: Lookup = { found: [], rest: [] };

/** Who asks while names are still being found out. */
export interface Asking {
  readonly waiting: Waiting;
  /** It must not find itself. */
  readonly name: string | undefined;
  readonly module: Module;
  /** An import of a name on the way has led nowhere yet: it may lead elsewhere still. */
  isPartial: boolean;
}

export class Names {
  readonly crates: Crate[] = [];
  readonly byId = new Map<string, Crate>();
  readonly #externals = new Map<string, External>();
  /** Names settle no more: what may come from a glob of a crate that is not here, does. */
  settled = false;

  external(crate: string): External {
    const known = this.#externals.get(crate);
    if (known !== undefined) return known;
    const made = new External([crate]);
    this.#externals.set(crate, made);
    return made;
  }

  externalAt([crate = "", ...rest]: readonly string[]): External {
    return rest.reduce((it, name) => it.child(name), this.external(crate));
  }

  /** A path as it is written. */
  path(segments: readonly string[], module: Module, global: boolean, isImport: boolean, asking?: Asking): Lookup {
    const [first, ...rest] = segments;
    const { crate } = module;
    const fromRoot = crate.node.edition === "2015" && (global || isImport);
    if (first === undefined) return { found: [{ definition: module.enclosing, namespaces: TYPES }], rest: [] };
    const marked = markedCrate(first);
    if (marked !== undefined) return this.#along(this.crates[marked]?.root, rest, asking);
    if (first === "crate") return this.#fromRoot(crate, rest, asking);
    if (first === "self" || first === "super") return this.#upwards(segments, module, asking);
    if (fromRoot) {
      const inRoot = this.#along(crate.root, segments, asking);
      return inRoot.found.length > 0 ? inRoot : this.#along(this.crateNamed(first, crate), rest, asking);
    }
    if (global) return this.#along(this.crateNamed(first, crate), rest, asking);
    const known = this.first(first, module, rest.length > 0 || isImport, asking);
    // Without a manifest what is imported is a crate's rather than what a glob of another crate may hold.
    const isCrate =
      isImport && rest.length > 0 && crate.node.dependencies === undefined && !/^\p{Lu}/u.test(first) && isOfGlob(known, module);
    const found = isCrate ? [{ definition: this.external(first), namespaces: TYPES }] : known;
    return rest.length === 0 ? { found, rest } : this.#alongAll(found, rest, asking);
  }

  /** A lone name, or the first of a path (`leads`): that may be a crate. */
  first(name: string, module: Module, leads: boolean, asking?: Asking): readonly Found[] {
    const found: Found[] = [];
    let missing = ALL_NAMESPACES;
    const take = (all: readonly Found[]): void => {
      let taken = 0;
      for (const { definition, namespaces } of all) {
        if ((namespaces & missing) === 0) continue;
        found.push({ definition, namespaces: namespaces & missing });
        taken |= namespaces & missing;
      }
      missing &= ~taken;
    };
    let level: Module | undefined = module;
    const levels: Module[] = [];
    while (level !== undefined) {
      levels.push(level);
      take(this.within(level, name, asking));
      level = level.isBlock ? level.parent : undefined;
    }
    const crate = (missing & TYPES) === 0 || !leads ? undefined : this.crateNamed(name, module.crate, true);
    if (crate !== undefined) take([{ definition: crate, namespaces: TYPES }]);
    for (const { root } of module.crate.macrosFrom)
      take(this.within(root, name, asking).flatMap((it) => ((it.namespaces & MACROS) === 0 ? [] : [{ ...it, namespaces: MACROS }])));
    take(this.#standard(name, module.crate.node));
    if (found.length > 0) return found;
    const settled = asking === undefined || this.settled;
    const globbed = settled ? levels.flatMap((it) => this.#byExternalGlobs(it, name)) : [];
    if (globbed.length > 0 || !leads || module.crate.node.dependencies !== undefined) return globbed;
    // Without a manifest any name that is known from nowhere may be a crate's; types are not.
    return settled && !/^\p{Lu}/u.test(name) ? [{ definition: this.external(name), namespaces: TYPES }] : [];
  }

  /** What one module or block says itself, or by its globs. */
  within(module: Module, name: string, asking?: Asking): readonly Found[] {
    if (asking === undefined) {
      const entries = module.names.get(name);
      return entries === undefined ? [] : [...entries.named, ...entries.globbed];
    }
    const entries = module.entries(name);
    entries.waiting.add(asking.waiting);
    if (this.settled) return [...entries.named, ...entries.globbed];
    asking.isPartial ||= this.#isUndecided(module, name, asking);
    return unsettled(entries, module, name, asking) > 0 ? entries.named : [...entries.named, ...entries.globbed];
  }

  /** Whether an import of that name has led nowhere yet, there or where its globs come from. */
  #isUndecided(module: Module, name: string, asking: Asking): boolean {
    const seen = new Set([module]);
    for (const it of seen) {
      const entries = it.names.get(name);
      if (entries !== undefined && unsettled(entries, it, name, asking) > 0) {
        entries.waiting.add(asking.waiting);
        return true;
      }
      for (const from of it.globs) seen.add(from);
    }
    return false;
  }

  /** By the name that a crate's code has for it. */
  crateNamed(name: string, from: Crate, knownOnly = false): Definition | undefined {
    const extern = from.externs.get(name);
    if (extern !== undefined) return extern;
    const dependency = from.node.dependencies?.get(name);
    if (dependency !== undefined) {
      if ("external" in dependency) return this.external(dependency.external);
      const loaded = this.byId.get(dependency.id);
      if (loaded !== undefined) return loaded.root;
    }
    const standard = STANDARD.get(name);
    if (standard !== undefined) return this.external(standard);
    return knownOnly || from.node.dependencies !== undefined ? undefined : this.external(name);
  }

  #standard(name: string, { edition }: CrateNode): readonly Found[] {
    const path = PRELUDE.get(name);
    if (path !== undefined && !isLater(name, edition)) return [{ definition: this.externalAt(path), namespaces: TYPES | VALUES }];
    return PRIMITIVES.has(name) ? [{ definition: this.externalAt(["std", "primitive", name]), namespaces: TYPES }] : [];
  }

  #byExternalGlobs(module: Module, name: string): readonly Found[] {
    return module.externalGlobs.map(({ external }) => ({ definition: external.child(name), namespaces: ALL_NAMESPACES }));
  }

  #upwards(segments: readonly string[], from: Module, asking: Asking | undefined): Lookup {
    let module: Module | undefined = from.enclosing;
    let at = segments[0] === "self" ? 1 : 0;
    for (; segments[at] === "super"; at++) module = module?.parent?.enclosing;
    return this.#along(module, segments.slice(at), asking);
  }

  #fromRoot(crate: Crate, rest: readonly string[], asking: Asking | undefined): Lookup {
    const own = this.#along(crate.root, rest, asking);
    const around = crate.node.within === undefined || own.found.length > 0 ? undefined : this.byId.get(crate.node.within);
    return around === undefined ? own : this.#along(around.root, rest, asking);
  }

  #along(from: Definition | undefined, names: readonly string[], asking: Asking | undefined): Lookup {
    return from === undefined ? NOTHING : this.#alongAll([{ definition: from, namespaces: TYPES }], names, asking);
  }

  #alongAll(from: readonly Found[], names: readonly string[], asking: Asking | undefined): Lookup {
    let current = from;
    for (const [at, name] of names.entries()) {
      const holders = current.filter(({ namespaces }) => (namespaces & TYPES) !== 0);
      const next = unique(holders.flatMap(({ definition }) => this.#step(definition, name, asking)));
      if (next.length === 0) {
        const types = holders.filter(({ definition }) => definition.sort === "item" && HOLDS_ASSOCIATED.has(definition.kind));
        return types.length === 0 ? NOTHING : { found: types, rest: names.slice(at) };
      }
      current = next;
    }
    return { found: current, rest: [] };
  }

  #step(definition: Definition, name: string, asking: Asking | undefined): readonly Found[] {
    switch (definition.sort) {
      case "external":
        return [{ definition: definition.child(name), namespaces: ALL_NAMESPACES }];
      case "module": {
        const found = this.within(definition, name, asking);
        return found.length > 0 || !(asking === undefined || this.settled) ? found : this.#byExternalGlobs(definition, name);
      }
      case "item": {
        const variant = definition.variant(name);
        return variant === undefined ? [] : [{ definition: variant, namespaces: TYPES | VALUES }];
      }
      default:
        return [];
    }
  }
}

/** Without the import that asks. */
const unsettled = (entries: Entries, module: Module, name: string, asking: Asking): number =>
  entries.unsettled - (asking.name === name && asking.module === module ? 1 : 0);

const HOLDS_ASSOCIATED: ReadonlySet<Declared["kind"]> = new Set(["struct", "enum", "union", "trait", "type"]);

const isOfGlob = (found: readonly Found[], { externalGlobs }: Module): boolean =>
  found.length > 0 &&
  found.every(
    ({ definition }) =>
      definition.sort === "external" && externalGlobs.some((it) => it.external.child(definition.path.at(-1) ?? "") === definition),
  );

/** Names that preludes got with later editions. */
function isLater(name: string, edition: CrateNode["edition"]): boolean {
  if (name === "Future" || name === "IntoFuture") return edition !== "2024";
  return (name === "TryFrom" || name === "TryInto" || name === "FromIterator") && (edition === "2015" || edition === "2018");
}

function unique(all: readonly Found[]): readonly Found[] {
  if (all.length < 2) return all;
  const seen = new Map<Definition, number>();
  for (const { definition, namespaces } of all) seen.set(definition, (seen.get(definition) ?? 0) | namespaces);
  return [...seen].map(([definition, namespaces]) => ({ definition, namespaces }));
}
