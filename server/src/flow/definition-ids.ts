/** Definitions under the texts by which flow knows them: functions and constants by ids, types and variants by paths. */
import { folderOfAll } from "../base/path.ts";
import type { EnumItem } from "../rust/ast.ts";
import type { Crate, Declared, Definition, DefinitionMaps, External, Module } from "../rust/names/index.ts";
import type { FunctionId } from "./value.ts";

const NO_VARIANTS: EnumItem["variants"] = [];

export class DefinitionIds {
  readonly #maps: DefinitionMaps;
  readonly #ids = new Map<Declared, FunctionId>();
  readonly #declared = new Map<FunctionId, Declared>();
  readonly #types = new Map<string, Definition>();
  readonly #indexed = new Map<Crate, number>();
  /** How many have a path. */
  readonly #counts = new Map<string, number>();
  readonly #crates = new Map<string, Crate>();
  readonly #paths = new Map<Module, string>();
  /** Where all crates lie is part of no id: values are put in order by ids, and what is found is the same in each checkout. */
  readonly #folder: string;

  constructor(maps: DefinitionMaps) {
    this.#maps = maps;
    this.#folder = folderOfAll(maps.crates.map(({ node }) => node.folder));
  }

  /** Of a function, constant or static. */
  id(declared: Declared): FunctionId {
    this.#update(declared.module.crate);
    return this.#ids.get(declared) ?? this.path(declared);
  }

  declared(id: FunctionId): Declared | undefined {
    if (!this.#declared.has(id)) this.#updateAll();
    return this.#declared.get(id);
  }

  isOfTrait(id: FunctionId): boolean {
    const holder = this.declared(id)?.holder;
    return holder?.kind === "trait" || holder?.tree.implements?.trait !== undefined;
  }

  /** All that has a body, as far as blocks were walked through. */
  bodies(): Iterable<FunctionId> {
    this.#updateAll();
    return this.#declared.keys();
  }

  items(): readonly Declared[] {
    return this.#maps.crates.flatMap((it) => it.items);
  }

  /** All of the crates that these files are of is here. */
  isWhole(files: ReadonlySet<string>): boolean {
    const crates = this.#maps.crates.filter(({ fragments }) => fragments.some((it) => files.has(it.path)));
    return crates.every(({ cuts, modules }) => cuts.length === 0 && !modules.some((it) => it.isAbsent));
  }

  #updateAll(): void {
    for (const it of this.#maps.crates) this.#update(it);
  }

  path(definition: Definition): string {
    const path = this.#written(definition);
    if (definition.sort !== "external") this.#types.set(path, definition);
    return path;
  }

  /** What a path was given for, of what is here. */
  known(path: string): Definition | undefined {
    return this.#types.get(path);
  }

  /** The variants of an enum that is here: the same list each time. */
  variantsOf(path: string): EnumItem["variants"] {
    const of = this.#types.get(path);
    return of?.sort === "item" && of.lowered?.kind === "enum" ? of.lowered.variants : NO_VARIANTS;
  }

  /** The type that a path was given for, or one that is not here; of a variant its enum. */
  type(path: string): Declared | External | undefined {
    const known = this.#types.get(path);
    if (known !== undefined) return known.sort === "variant" ? known.of : known.sort === "module" ? undefined : known;
    const segments = path === "str" ? ["std", "primitive", "str"] : path.split("::");
    return this.#maps.names.externalAt(segments.slice(-2).every(isTypeName) ? segments.slice(0, -1) : segments);
  }

  #written(definition: Definition): string {
    switch (definition.sort) {
      case "external": {
        const { path } = definition;
        return path[1] === "primitive" ? path.slice(2).join("::") : path.join("::");
      }
      case "variant":
        return `${this.path(definition.of)}::${definition.name}`;
      case "module":
        return this.#module(definition);
      case "item": {
        const { holder, module, fragment, name } = definition;
        const around = module.isBlock ? `${this.#module(module.enclosing)}::{${fragment.shift}}` : this.#module(module);
        const type = holder?.kind === "impl" ? holder.tree.implements?.type.at(-1) : holder?.name;
        return [around, ...(type === undefined || type === "" ? [] : [type]), name].join("::");
      }
    }
  }

  #module(module: Module): string {
    const known = this.#paths.get(module);
    if (known !== undefined) return known;
    const made = module.parent === undefined ? this.#crate(module.crate) : `${this.#module(module.parent)}::${module.name}`;
    this.#paths.set(module, made);
    return made;
  }

  /** Of several with one name the others are known by what tells them apart. */
  #crate(crate: Crate): string {
    const { name, id, root } = crate.node;
    const short = name === "" ? this.#below(root) : name;
    const first = this.#crates.get(short) ?? crate;
    this.#crates.set(short, first);
    return first === crate ? short : this.#below(id);
  }

  /** Of a path the file's name is anybody's: behind a bar stands a closure. */
  #below(path: string): string {
    const below = path.startsWith(this.#folder) ? path.slice(this.#folder.length) : path;
    return below.replaceAll("%", "%25").replaceAll("|", "%7C");
  }

  /** Of several with one path (`cfg` twins, impls of one trait with several arguments) the later ones are numbered. */
  #update(crate: Crate): void {
    for (let at = this.#indexed.get(crate) ?? 0; at < crate.items.length; at++) {
      this.#indexed.set(crate, at + 1);
      const item = crate.items[at];
      if (item === undefined || !HAS_BODY.has(item.kind)) continue;
      const path = this.#written(item);
      const count = (this.#counts.get(path) ?? 0) + 1;
      this.#counts.set(path, count);
      const id = count === 1 ? path : `${path}'${count}`;
      this.#ids.set(item, id);
      this.#declared.set(id, item);
    }
  }
}

/** By the convention that rustc enforces: constants have no small letters, functions and modules no capitals. */
export const isTypeName = (name: string): boolean => /^\p{Lu}.*\p{Ll}/u.test(name);

export const HAS_BODY: ReadonlySet<Declared["kind"]> = new Set(["function", "const", "static"]);
