/**
 * Where the links of files may lead: asked again and again while programs grow, and the same for all of them. What a program knows
 * so far is not in it.
 */
import type { BodyOutline, Link, Outline } from "../reading/index.ts";
import type { RustEntry } from "./rust-entry.ts";
import type { RustIndex } from "./rust-index.ts";
import { sees } from "./sight.ts";

/** Methods of traits that are called without being named: by `into()`, `parse()`, `..Default::default()`, `*value`. */
export const IMPLIED: ReadonlySet<string> = new Set(["default", "from", "try_from", "from_str", "into", "try_into", "deref", "deref_mut"]);
const STANDARD: ReadonlySet<string> = new Set(["std", "core", "alloc", "proc_macro"]);

/** Of an index that stays as it is meanwhile. */
export class Leads {
  readonly #index: RustIndex;
  readonly #foreign = new Map<RustEntry, Map<string, boolean>>();
  readonly #open = new Map<RustEntry, boolean>();
  readonly #seen = new Map<RustEntry, Map<string, readonly RustEntry[]>>();
  readonly #only = new Map<string, boolean>();

  constructor(index: RustIndex) {
    this.#index = index;
  }

  /** Whether a path that begins so leads out of the workspace. */
  isForeign(root: string, entry: RustEntry): boolean {
    if (STANDARD.has(root)) return true;
    return recall(within(this.#foreign, entry), root, () => {
      const dependency = entry.owner?.facts.dependencies.get(root);
      return dependency !== undefined && !this.#index.holdsPackage(dependency.package) && !this.#index.declares(entry, root);
    });
  }

  /** Names that nobody imports by name may come from elsewhere: by a glob, or because the file is included in another. */
  isOpen(entry: RustEntry, own: Outline | undefined): boolean {
    return recall(
      this.#open,
      entry,
      () =>
        entry.placed.some((it) => it.name === undefined) ||
        this.#index.placeOf(entry) !== entry.place ||
        [...(own?.imports.globs ?? [])].some((it) => !this.isForeign(it, entry)),
    );
  }

  /** The files that may declare what a link in a file means; `own`: that file's outline. */
  declaring({ name, method, after, root }: Link, entry: RustEntry, own: Outline | undefined): readonly RustEntry[] {
    if (root !== undefined && this.isForeign(root, entry)) return NONE;
    const macro = name.endsWith("!");
    const near = root === undefined && after === undefined && !method && !macro;
    if (near && !this.isOpen(entry, own)) return NONE;
    const word = macro ? name.slice(0, -1) : name;
    return recall(within(this.#seen, entry), method ? `.${word}` : word, () => {
      const found = this.#index.declaring(word).filter((it) => sees(entry, it, method, this.#index));
      return found.length === 0 ? NONE : found;
    });
  }

  /** The module that a name is imported from, where it is another file of the workspace. */
  importedFrom(path: readonly string[], entry: RustEntry): RustEntry | undefined {
    const found = this.#module(path.slice(0, -1), entry);
    return found === entry ? undefined : found;
  }

  #module([root = "", ...rest]: readonly string[], entry: RustEntry): RustEntry | undefined {
    const { crate, modulePath } = this.#index.placeOf(entry);
    const own = entry.owner;
    if (own === undefined) return undefined;
    const within = (path: readonly string[]): RustEntry | undefined => this.#index.module(own.folder, crate, path);
    if (root === "crate") return within(rest);
    if (root === "self") return within([...modulePath, ...rest]);
    if (root === "super") {
      const down = rest.filter((it) => it !== "super");
      return within([...modulePath.slice(0, down.length - rest.length - 1), ...down]);
    }
    if (root === own.facts.name.replaceAll("-", "_")) return this.#index.module(own.folder, "src", rest);
    const dependency = own.facts.dependencies.get(root);
    if (dependency === undefined) return within([...modulePath, root, ...rest]);
    const folder = this.#index.folderOfPackage(dependency.package);
    return folder === undefined ? undefined : this.#index.module(folder, "src", rest);
  }

  /** Whether one file alone declares the name. */
  isOnly(name: string): boolean {
    return recall(this.#only, name, () => this.#index.declaring(name).length === 1);
  }
}

const NONE: readonly RustEntry[] = [];
const within = <V>(known: Map<RustEntry, Map<string, V>>, entry: RustEntry): Map<string, V> =>
  recall(known, entry, () => new Map<string, V>());

function recall<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  known.set(key, made);
  return made;
}

/** The bodies that a link of that name may mean: those that are called so, and what is called without being named, by its type. */
export function bodiesNamed(outline: Outline, name: string): readonly BodyOutline[] {
  let named = byName.get(outline);
  if (named === undefined) {
    named = new Map();
    for (const body of outline.bodies) {
      append(named, body.name, body);
      if (IMPLIED.has(body.name) && body.trait !== undefined && body.type !== undefined && body.type !== body.name)
        append(named, body.type, body);
    }
    byName.set(outline, named);
  }
  return named.get(name) ?? [];
}

const byName = new WeakMap<Outline, Map<string, BodyOutline[]>>();

function append(lists: Map<string, BodyOutline[]>, key: string, body: BodyOutline): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [body]);
  else list.push(body);
}
