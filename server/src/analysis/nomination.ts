/** Nomination: which bodies may say something about TLS by themselves, by the names that they write. It over-approximates. */
import { HEADER_TRIGGERS } from "../models/identity-headers.ts";
import { codeNames, type Declared } from "../rust/index.ts";
import { hashOfName, withoutWriting } from "../rust/items/index.ts";
import type { ModelIndex } from "./model-index.ts";

export class Nomination {
  readonly #models: ModelIndex;
  readonly #hashes: ReadonlySet<number>;
  /** Of methods that show a secret by a key. */
  readonly #showing: ReadonlySet<number>;
  readonly #headers = new Map<string, boolean>();

  constructor(models: ModelIndex) {
    this.#models = models;
    this.#hashes = hashesOf(models.triggers);
    this.#showing = hashesOf(models.secretKeys);
  }

  nominates(declared: Declared): boolean {
    const { fragment, tree, start, end } = declared;
    const isHeader = this.namesHeaders(declared);
    const names = fragment.scanned.namesIn(tree.index);
    if (!isHeader && !mayName(names, this.#hashes) && !mayName(names, this.#showing)) return false;
    const text = fragment.text.slice(start - fragment.shift, end - fragment.shift);
    if (mayName(names, this.#showing) && this.#writesKey(text)) return true;
    // The hashes don't tell what is called from what is a variable.
    for (const name of codeNames(text)) if (this.#models.isTrigger(name, fragment.path) || (isHeader && HEADER.test(name))) return true;
    return false;
  }

  /** A key that stands for a secret, as a text or a constant. */
  #writesKey(text: string): boolean {
    const lower = text.toLowerCase();
    return [...this.#models.secretKeys.values()].some((keys) => [...keys].some((it) => lower.includes(it)));
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

/** Of the same names for every program, which the models give. */
const hashes = new WeakMap<ReadonlyMap<string, unknown>, ReadonlySet<number>>();

/** Of the words with which the names begin. */
function hashesOf(names: ReadonlyMap<string, unknown>): ReadonlySet<number> {
  const known = hashes.get(names);
  if (known !== undefined) return known;
  const made = new Set([...names.keys()].map((it) => hashOfName(/^\w*/.exec(it)?.[0] ?? it)));
  hashes.set(names, made);
  return made;
}

function mayName(names: Int32Array, hashes: ReadonlySet<number>): boolean {
  for (const name of names) if (hashes.has(withoutWriting(name))) return true;
  return false;
}

const HEADER = /header/i;
