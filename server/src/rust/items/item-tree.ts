/**
 * What a file declares, without bodies. Nothing in a tree depends on positions or on what stands in bodies, so that an edit inside one
 * leaves it equal; where things are, and which names bodies write, is kept beside it.
 */

export type ItemKind =
  | "function"
  | "struct"
  | "enum"
  | "union"
  | "trait"
  | "impl"
  | "module"
  | "use"
  | "const"
  | "static"
  | "type"
  | "extern-crate"
  | "foreign"
  | "macro-rules"
  | "macro-call";

export interface TreeItem {
  readonly kind: ItemKind;
  /** Empty for `impl`, `use` and foreign modules; of a macro call the macro's, as a path. */
  readonly name: string;
  /** Among those of its kind and name beside it, from 0: with both, what an item is known by. */
  readonly ordinal: number;
  /** In the order of the file, and the key to what is kept beside the tree. */
  readonly index: number;
  /** `pub`, `pub(crate)`; empty where it is private. */
  readonly visibility: string;
  /** What stands within `#[…]`. */
  readonly attributes: readonly string[];
  /** From the keyword to the body or the end, blanks as written: a signature, the head of an `impl`. Empty where it says nothing more. */
  readonly head: string;
  /** Undefined for `mod name;` and for what holds no items. */
  readonly items: readonly TreeItem[] | undefined;
  /** The leaves of a `use`; what an `extern crate` brings. */
  readonly imports: readonly ImportLeaf[] | undefined;
  /** Of an `impl`. */
  readonly implements: ImplHead | undefined;
}

export interface ImplHead {
  readonly trait: readonly string[] | undefined;
  readonly type: readonly string[];
}

export interface ImportLeaf {
  /** As written, a `self` leaf dropped. */
  readonly path: readonly string[];
  /** It begins with `::`. */
  readonly global: boolean;
  /** Under which it is known here, `_` for none; undefined for a glob. */
  readonly name: string | undefined;
}

export interface ItemTree {
  /** Inner attributes of the file. */
  readonly attributes: readonly string[];
  readonly items: readonly TreeItem[];
}

/** Where the items of a tree are. */
export class ItemSpans {
  /** For each item four numbers: start (attributes included), end, name and body; relative to the start of the item around it. */
  readonly #numbers: Int32Array;
  readonly #around: Int32Array;

  constructor(numbers: Int32Array, around: Int32Array) {
    this.#numbers = numbers;
    this.#around = around;
  }

  get count(): number {
    return this.#around.length;
  }

  start(index: number): number {
    let at = 0;
    for (let it = index; it >= 0; it = this.#around[it] ?? -1) at += this.#numbers[it * 4] ?? 0;
    return at;
  }

  end(index: number): number {
    return this.start(index) + (this.#numbers[index * 4 + 1] ?? 0);
  }

  /** Where its name begins. */
  name(index: number): number {
    return this.start(index) + (this.#numbers[index * 4 + 2] ?? 0);
  }

  /** Where the brace of its body, its items or its fields opens; undefined without one. */
  body(index: number): number | undefined {
    const body = this.#numbers[index * 4 + 3] ?? -1;
    return body < 0 ? undefined : this.start(index) + body;
  }

  /** The item directly around one, by index; -1 for none. */
  around(index: number): number {
    return this.#around[index] ?? -1;
  }
}
