/** In which items a name stands as code. It grows as crates, and blocks with items of their own, are brought in. */
import { withoutWriting } from "../items/index.ts";
import type { Crate, Declared, DefinitionMaps } from "../names/index.ts";

export class NameIndex {
  readonly #maps: DefinitionMaps;
  readonly #naming = new Map<number, Declared[]>();
  readonly #done = new Map<Crate, number>();
  #seen = 0;
  /** Of files that got other texts: in their crates items may stand in front of those that were counted. */
  readonly #known = new Map<Crate, Set<Declared>>();

  constructor(maps: DefinitionMaps) {
    this.#maps = maps;
  }

  /** `hash`: of the name, without how it is written. */
  naming(hash: number): readonly Declared[] {
    this.#update();
    return this.#naming.get(hash) ?? NONE;
  }

  /** To be called while a file still has its text: it is to have another one, in which the same is declared outside of bodies. */
  forget(path: string): void {
    this.#update();
    for (const crate of this.#maps.crates) {
      const gone = new Set(crate.items.filter((it) => it.fragment.path === path));
      if (gone.size === 0) continue;
      const hashes = new Set<number>();
      for (const { fragment, tree } of gone) for (const name of fragment.scanned.namesIn(tree.index)) hashes.add(withoutWriting(name));
      for (const hash of hashes) {
        const left = (this.#naming.get(hash) ?? []).filter((it) => !gone.has(it));
        this.#naming.set(hash, left);
      }
      this.#known.set(crate, new Set(crate.items.filter((it) => !gone.has(it))));
      this.#done.delete(crate);
    }
  }

  #update(): void {
    if (this.#seen === this.#maps.items && this.#known.size === 0) return;
    this.#seen = this.#maps.items;
    for (const crate of this.#maps.crates) {
      const known = this.#known.get(crate);
      for (let at = this.#done.get(crate) ?? 0; at < crate.items.length; at++) {
        this.#done.set(crate, at + 1);
        const item = crate.items[at];
        if (item !== undefined && known?.has(item) !== true) this.#add(item);
      }
      this.#known.delete(crate);
    }
  }

  #add(item: Declared): void {
    for (const name of item.fragment.scanned.namesIn(item.tree.index)) {
      const hash = withoutWriting(name);
      const known = this.#naming.get(hash);
      if (known === undefined) this.#naming.set(hash, [item]);
      else if (known[known.length - 1] !== item) known.push(item);
    }
  }
}

const NONE: readonly Declared[] = [];
