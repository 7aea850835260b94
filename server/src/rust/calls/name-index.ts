/** In which items a name stands as code. It grows as crates, and blocks with items of their own, are brought in. */
import { withoutWriting } from "../items/index.ts";
import type { Crate, Declared, DefinitionMaps } from "../names/index.ts";

export class NameIndex {
  readonly #maps: DefinitionMaps;
  readonly #naming = new Map<number, Declared[]>();
  readonly #done = new Map<Crate, number>();

  constructor(maps: DefinitionMaps) {
    this.#maps = maps;
  }

  /** `hash`: of the name, without how it is written. */
  naming(hash: number): readonly Declared[] {
    this.#update();
    return this.#naming.get(hash) ?? NONE;
  }

  #update(): void {
    for (const crate of this.#maps.crates) {
      for (let at = this.#done.get(crate) ?? 0; at < crate.items.length; at++) {
        this.#done.set(crate, at + 1);
        const item = crate.items[at];
        if (item !== undefined) this.#add(item);
      }
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
