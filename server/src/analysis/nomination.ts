/** Nomination: which bodies may say something about TLS by themselves, by the names that they write. It over-approximates. */
import { HEADER_TRIGGERS } from "../models/identity-headers.ts";
import { codeNames, type Declared } from "../rust/index.ts";
import { hashOfName, withoutWriting } from "../rust/items/index.ts";
import type { ModelIndex } from "./model-index.ts";

export class Nomination {
  readonly #models: ModelIndex;
  readonly #hashes: ReadonlySet<number>;
  readonly #headers = new Map<string, boolean>();

  constructor(models: ModelIndex) {
    this.#models = models;
    this.#hashes = new Set([...models.triggers.keys()].map((it) => hashOfName(/^\w*/.exec(it)?.[0] ?? it)));
  }

  nominates(declared: Declared): boolean {
    const { fragment, tree, start, end } = declared;
    const isHeader = this.namesHeaders(declared);
    if (!isHeader && !this.#mayName(fragment.scanned.namesIn(tree.index))) return false;
    // The hashes don't tell what is called from what is a variable.
    for (const name of codeNames(fragment.text.slice(start - fragment.shift, end - fragment.shift)))
      if (this.#models.isTrigger(name, fragment.path) || (isHeader && HEADER.test(name))) return true;
    return false;
  }

  #mayName(names: Int32Array): boolean {
    for (const name of names) if (this.#hashes.has(withoutWriting(name))) return true;
    return false;
  }

  /** Its file names a header that stands for who a client is. */
  namesHeaders({ fragment: { path, text } }: Declared): boolean {
    const known = this.#headers.get(path);
    if (known !== undefined) return known;
    const found = HEADER_TRIGGERS.some((it) => text.includes(it));
    this.#headers.set(path, found);
    return found;
  }
}

const HEADER = /header/i;
