/** What is alike in many files, of which each file is compared with some: no more is kept than that takes, whichever file asks. */
import type { NeighbourFile } from "../../rules/rule.ts";

/** What others have in common with a file, and whether there is more of it. */
export interface Compared<T> {
  readonly found: readonly T[];
  readonly cut: boolean;
}

export class Alike<T extends NeighbourFile> {
  readonly #most: number;
  /** At most as many of one file, and twice as many in all: whichever file is left out, enough are left. */
  readonly #kept: T[] = [];
  /** Of the file whose contents are being added: one comes after the other. */
  #latest = { path: "", count: 0 };
  /** The file of what is not kept; without a path there are several. */
  #dropped: { readonly path?: string } | undefined;

  constructor(most: number) {
    this.#most = most;
  }

  add(it: T): void {
    const { path } = it;
    if (this.#latest.path !== path) this.#latest = { path, count: 0 };
    if (this.#latest.count < this.#most && this.#kept.length < 2 * this.#most) {
      this.#kept.push(it);
      this.#latest.count++;
    } else this.#dropped = this.#dropped === undefined || this.#dropped.path === path ? { path } : {};
  }

  /** Of all files but this one. */
  beside(path: string): Compared<T> {
    const others = this.#kept.filter((it) => it.path !== path);
    const dropped = this.#dropped !== undefined && this.#dropped.path !== path;
    return { found: others.slice(0, this.#most), cut: others.length > this.#most || dropped };
  }
}

/** By what they have in common: mostly there is one of a kind, which stands by itself. */
export class AlikeBy<T extends NeighbourFile> {
  readonly #most: number;
  readonly #groups = new Map<string, T | Alike<T>>();

  constructor(most: number) {
    this.#most = most;
  }

  get size(): number {
    return this.#groups.size;
  }

  add(key: string, it: T): void {
    const known = this.#groups.get(key);
    if (known === undefined) this.#groups.set(key, it);
    else if (known instanceof Alike) known.add(it);
    else {
      const group = new Alike<T>(this.#most);
      group.add(known);
      group.add(it);
      this.#groups.set(key, group);
    }
  }

  beside(path: string, key: string): Compared<T> {
    const known = this.#groups.get(key);
    if (known instanceof Alike) return known.beside(path);
    return known === undefined || known.path === path ? NOTHING : { found: [known], cut: false };
  }
}
const NOTHING = { found: [], cut: false } as const;
