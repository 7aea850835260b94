/** Decisions from the text of a seed, one byte each: the same seed is the same chain. */
import { noise } from "../certificates/build.ts";
import type { Bytes } from "./chain.ts";

export class Dice {
  readonly #bytes: Bytes;
  #at = 0;
  constructor(seed: string) {
    this.#bytes = noise(seed, 400);
  }
  below(count: number): number {
    return (this.#bytes[this.#at++ % this.#bytes.length] ?? 0) % count;
  }
  /** Of a hundred. */
  chance(percent: number): boolean {
    return ((this.#bytes[this.#at++ % this.#bytes.length] ?? 0) * 100) / 256 < percent;
  }
  /** The first, but for one in eight. */
  mostly<T>(items: readonly [T, ...T[]]): T {
    return this.chance(88) ? items[0] : this.one(items);
  }
  one<T>(items: readonly [T, ...T[]]): T {
    return items[this.below(items.length)] ?? items[0];
  }
}
