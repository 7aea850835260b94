/**
 * A look at a text before anything is lexed: whether it has one of some names as a word, in code or not. Every name that the token scan
 * finds is a run of letters and digits, or has one of other letters in it; so what has none of the words has none of the names.
 */
import { classOf, DIGIT, LETTER } from "../syntax/characters.ts";
import { finished, OFFSET, PRIME } from "./name-hash.ts";

/** Few enough bits to stay near, and enough that most words stop there. */
const SLOTS = 1 << 14;

export class WordFilter {
  readonly #hashes: ReadonlySet<number>;
  readonly #slots = new Uint8Array(SLOTS);

  /** By the hashes of their names. */
  constructor(hashes: Iterable<number>) {
    this.#hashes = new Set(hashes);
    for (const it of this.#hashes) this.#slots[slotOf(it)] = 1;
  }

  finds(text: string): boolean {
    let hash = OFFSET;
    let inside = false;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if ((classOf(unit) & (LETTER | DIGIT)) !== 0) {
        hash = Math.imul(hash ^ unit, PRIME);
        inside = true;
      } else if (inside) {
        if (this.#has(finished(hash))) return true;
        hash = OFFSET;
        inside = false;
      }
    }
    return inside && this.#has(finished(hash));
  }

  #has(hash: number): boolean {
    return this.#slots[slotOf(hash)] === 1 && this.#hashes.has(hash);
  }
}

const slotOf = (hash: number): number => (hash >>> 2) & (SLOTS - 1);
