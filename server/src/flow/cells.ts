/** What the variables of a body and the contents of objects hold at one point: an immutable array whose versions share what is equal. */
import type { Value } from "./value.ts";

const BITS = 4;
const WIDTH = 1 << BITS;
type Chunk = readonly (Chunk | Value | undefined)[];

export class Cells {
  readonly #root: Chunk;
  readonly #levels: number;

  constructor(root: Chunk = [], levels = 1) {
    this.#root = root;
    this.#levels = levels;
  }

  get(index: number): Value | undefined {
    if (index >= WIDTH ** this.#levels) return undefined;
    let at: Chunk | Value | undefined = this.#root;
    for (let level = this.#levels - 1; level >= 0; level--) {
      if (!isChunk(at)) return undefined;
      at = at[(index >> (level * BITS)) & (WIDTH - 1)];
    }
    return at === undefined || isChunk(at) ? undefined : at;
  }

  with(index: number, value: Value): Cells {
    let { root, levels } = { root: this.#root, levels: this.#levels };
    for (; index >= WIDTH ** levels; levels++) root = [root];
    return new Cells(replaced(root, levels - 1, index, value), levels);
  }

  /** Each cell of which the two differ. */
  *differing(other: Cells): Generator<number> {
    const levels = Math.max(this.#levels, other.#levels);
    yield* different(raised(this.#root, this.#levels, levels), raised(other.#root, other.#levels, levels), levels - 1, 0);
  }
}

const isChunk = (it: Chunk | Value | undefined): it is Chunk => Array.isArray(it);

function raised(root: Chunk, from: number, to: number): Chunk {
  let chunk = root;
  for (let level = from; level < to; level++) chunk = [chunk];
  return chunk;
}

function replaced(chunk: Chunk, level: number, index: number, value: Value): Chunk {
  const copy = [...chunk];
  const at = (index >> (level * BITS)) & (WIDTH - 1);
  const inner = copy[at];
  copy[at] = level === 0 ? value : replaced(isChunk(inner) ? inner : [], level - 1, index, value);
  return copy;
}

function* different(a: Chunk, b: Chunk, level: number, base: number): Generator<number> {
  for (let at = 0; at < WIDTH; at++) {
    const [left, right] = [a[at], b[at]];
    if (left === right) continue;
    const index = base + (at << (level * BITS));
    if (level === 0) yield index;
    else yield* different(isChunk(left) ? left : [], isChunk(right) ? right : [], level - 1, index);
  }
}
