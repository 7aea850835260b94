/**
 * Names as numbers: a hash and how the name is written. A name in a comment or a string is none; a string within an attribute is code.
 * Two names may have one hash, so what is found by it is a candidate.
 */
import { classOf, DIGIT, LETTER } from "../syntax/characters.ts";
import { DOT, END, HASH, LAST_SEGMENT, NAME, PATH_SEPARATOR, type Tokens } from "../syntax/tokens.ts";
import { type Units, unitAt } from "../syntax/units.ts";

/** `name`, alone or in front of anything but `::`. */
export const ALONE = 0;
/** `name::…`. */
export const PATH_START = 1;
/** `…::name`. */
export const PATH_REST = 2;
/** `.name`: a method or a field. */
export const MEMBER = 3;
const WRITING = 3;

export const OFFSET = 0x811c9dc5 | 0;
export const PRIME = 0x01000193;

/** The last units must reach the bits that are kept; the lowest two are free. */
export const finished = (hash: number): number => (hash ^ (hash >>> 15)) & ~WRITING;

/** Of the units of a name. */
function hashOf(units: Units, start: number, end: number): number {
  let hash = OFFSET;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ unitAt(units, at), PRIME);
  return finished(hash);
}

export function hashOfName(name: string): number {
  let hash = OFFSET;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), PRIME);
  return finished(hash);
}

export const withoutWriting = (name: number): number => name & ~WRITING;
export const writingOf = (name: number): number => name & WRITING;

/** The names of the items of a file, one after the other, in arrays that are used again for the next file. */
export class NameSink {
  #names = new Int32Array(1 << 14);
  /** By some bits of a name: the last one that was added, and for which item; most repetitions are left out by that. */
  readonly #recent = new Int32Array(SLOTS);
  readonly #recentItem = new Int32Array(SLOTS);
  /** Grows from file to file, so that nothing has to be cleared. */
  #item = 0;
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** The names among some tokens, as those of one more item; whether there are attributes among them. */
  add({ kinds, starts, ends, units }: Tokens, from: number, to: number): boolean {
    if (this.#names.length < this.#count + to - from) {
      const grown = new Int32Array((this.#count + to - from) * 2);
      grown.set(this.#names.subarray(0, this.#count));
      this.#names = grown;
    }
    const names = this.#names;
    const recent = this.#recent;
    const recentItem = this.#recentItem;
    const item = ++this.#item;
    let attributes = false;
    let count = this.#count;
    let before = from === 0 ? END : (kinds[from - 1] ?? END);
    for (let at = from; at < to; at++) {
      const kind = kinds[at] ?? END;
      if (kind >= NAME && kind <= LAST_SEGMENT) {
        const writing =
          before === PATH_SEPARATOR ? PATH_REST : kinds[at + 1] === PATH_SEPARATOR ? PATH_START : before === DOT ? MEMBER : ALONE;
        const name = hashOf(units, starts[at] ?? 0, ends[at] ?? 0) | writing;
        const slot = (name >>> 2) & (SLOTS - 1);
        if (recent[slot] !== name || recentItem[slot] !== item) {
          recent[slot] = name;
          recentItem[slot] = item;
          names[count++] = name;
        }
      } else if (kind === HASH) attributes = true;
      before = kind;
    }
    this.#count = count;
    return attributes;
  }

  /** The words of a string that is code. */
  addWords(units: Units, from: number, to: number): void {
    let start = from;
    for (let at = from; at <= to; at++) {
      if (at < to && (classOf(unitAt(units, at)) & (LETTER | DIGIT)) !== 0) continue;
      if (at > start) this.#push(hashOf(units, start, at) | PATH_REST);
      start = at + 1;
    }
  }

  #push(name: number): void {
    if (this.#count === this.#names.length) {
      const grown = new Int32Array(this.#count * 2);
      grown.set(this.#names);
      this.#names = grown;
    }
    this.#names[this.#count++] = name;
  }

  finish(): Int32Array {
    const all = this.#names.slice(0, this.#count);
    this.#count = 0;
    return all;
  }
}

const SLOTS = 1 << 12;
