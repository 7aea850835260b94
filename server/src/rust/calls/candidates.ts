/**
 * Items that may call a function, by the names that they write: resolution has to look at no others. A method is written behind a dot, or
 * in a path like all else; what belongs to a type is written in a path that begins with one of the type's names.
 */
import { hashOfName, MEMBER, withoutWriting, writingOf } from "../items/index.ts";
import type { Declared, DefinitionMaps } from "../names/index.ts";
import type { NameIndex } from "./name-index.ts";

export class Candidates {
  readonly #maps: DefinitionMaps;
  readonly #index: NameIndex;
  readonly #typeNames = new Map<string, ReadonlySet<string>>();
  /** Of functions with one name, type and way to be written they are the same: a file may hold many. */
  readonly #known = new Map<string, readonly Declared[]>();
  #seen = 0;

  constructor(maps: DefinitionMaps, index: NameIndex) {
    this.#maps = maps;
    this.#index = index;
  }

  of(to: Declared): readonly Declared[] {
    // Blocks bring in items and imports of their own while they are walked through. Both only get more.
    const seen = this.#maps.items + this.#maps.declarations;
    if (this.#seen !== seen) this.forget();
    this.#seen = seen;
    const [type, isMethod] = [ownTypeOf(to), hasReceiver(to)];
    const key = `${to.name} ${isMethod} ${type ?? ""}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const found = this.#written(to.name, type, isMethod);
    this.#known.set(key, found);
    return found;
  }

  /** The items of a file are to be others. */
  forget(): void {
    this.#known.clear();
  }

  #written(called: string, type: string | undefined, isMethod: boolean): readonly Declared[] {
    const hashes = [...this.#imported(called)].map(hashOfName);
    const types = type === undefined ? undefined : this.#namesOf(type);
    const typeHashes = types && new Set([...types].map(hashOfName));
    const found = new Set(hashes.flatMap((hash) => this.#index.naming(hash).filter((it) => isWritten(it, hash, isMethod, typeHashes))));
    // `Self` is a name of it within its own impls.
    if (types !== undefined)
      for (const hash of hashes)
        for (const it of this.#index.naming(hash)) if (types.has(it.holder?.tree.implements?.type.at(-1) ?? "")) found.add(it);
    for (const it of found) if (it.kind === "macro-rules") for (const caller of this.#callersOf(it)) found.add(caller);
    return [...found];
  }

  /** Of a macro: what it makes stands where it is called. */
  #callersOf({ name }: Declared): readonly Declared[] {
    return [...this.#imported(name)].flatMap((it) => this.#index.naming(hashOfName(it)));
  }

  #imported(name: string): ReadonlySet<string> {
    const names = new Set([name]);
    for (const it of names) for (const alias of this.#maps.aliasesOf(it)) names.add(alias);
    return names;
  }

  /** Its own, those under which it is imported, and those of type aliases that name it. */
  #namesOf(type: string): ReadonlySet<string> {
    const known = this.#typeNames.get(type);
    if (known !== undefined) return known;
    const names = new Set([type]);
    for (const it of names) {
      for (const alias of this.#maps.aliasesOf(it)) names.add(alias);
      for (const item of this.#index.naming(hashOfName(it))) if (item.kind === "type") names.add(item.name);
    }
    this.#typeNames.set(type, names);
    return names;
  }
}

/** The type whose own it is; undefined for what traits may dispatch, and for what is no type's. */
function ownTypeOf({ holder }: Declared): string | undefined {
  if (holder?.kind !== "impl" || holder.tree.implements?.trait !== undefined) return undefined;
  return holder.tree.implements?.type.at(-1);
}

const hasReceiver = ({ kind, holder, lowered }: Declared): boolean =>
  kind === "function" && holder !== undefined && lowered?.kind === "function" && lowered.receiver !== undefined;

function isWritten({ kind, fragment, tree }: Declared, hash: number, isMethod: boolean, types: ReadonlySet<number> | undefined): boolean {
  let inPath = false;
  // A macro may be given the type.
  let hasType = types === undefined || kind === "macro-rules";
  for (const name of fragment.scanned.namesIn(tree.index)) {
    const of = withoutWriting(name);
    if (of === hash) {
      if (writingOf(name) !== MEMBER) inPath = true;
      else if (isMethod) return true;
    }
    if (types?.has(of) === true) hasType = true;
    if (inPath && hasType) return true;
  }
  return false;
}
