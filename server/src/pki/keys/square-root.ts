/**
 * The square root of a number of a thousand bits and more, in floating-point digits and without a large integer: every RSA key is asked
 * for it, and large integers cost more in memory than in arithmetic.
 */
import type { ByteRange } from "../der/der.ts";

/**
 * A product of two digits has 44 bits, and hundreds of them can be summed up below 2^53: what is carried from digit to digit is carried
 * once, when a digit becomes the highest.
 */
const BITS = 22;
const BASE = 2 ** BITS;

/** A number and its root, by digits, the highest first. One object serves one number after the other. */
export class Digits {
  readonly #number: Float64Array;
  readonly #root: Float64Array;
  readonly #moduli: readonly number[];
  /** By modulus: the rest of each power of the base, the lowest first. */
  readonly #weights: readonly Float64Array[];
  /** Digits of the root; the number has twice as many. */
  #count = 0;

  /** `moduli`: below 2^21.5. */
  constructor(mostBits: number, moduli: readonly number[]) {
    const count = Math.ceil(mostBits / (2 * BITS));
    this.#number = new Float64Array(2 * count);
    this.#root = new Float64Array(count);
    this.#moduli = moduli;
    this.#weights = moduli.map((modulus) => {
      const weights = new Float64Array(2 * count);
      for (let at = 0, weight = 1; at < weights.length; at++, weight = (weight * BASE) % modulus) weights[at] = weight;
      return weights;
    });
  }

  /** Big-endian bytes, the first of which may be zero; of 160 bits and more. */
  take(bytes: Uint8Array, { start, end }: ByteRange): void {
    const first = bytes[start] === 0 ? start + 1 : start;
    const bits = 8 * (end - first - 1) + 32 - Math.clz32(bytes[first] ?? 0);
    this.#count = Math.ceil(bits / (2 * BITS));
    this.#split(bytes, first, end);
    this.#extract();
  }

  /** Modulo a power of two up to that of the base. It may be negative. */
  get lowestOfRoot(): number {
    return this.#root[this.#count - 1] ?? 0;
  }
  /** Off by one at most. */
  get root(): bigint {
    return this.#root.subarray(0, this.#count).reduce((sum, digit) => sum * BigInt(BASE) + BigInt(digit), 0n);
  }
  restOfRoot(modulus: number): number {
    return this.#restOf(this.#root, this.#count, modulus);
  }
  restOfNumber(modulus: number): number {
    return this.#restOf(this.#number, 2 * this.#count, modulus);
  }

  #restOf(digits: Float64Array, count: number, index: number): number {
    const weights = this.#weights[index] ?? digits;
    const modulus = this.#moduli[index] ?? 1;
    let sum = 0;
    for (let at = 0, weight = count - 1; at < count; at++, weight--) sum += (digits[at] ?? 0) * (weights[weight] ?? 0);
    const rest = sum % modulus;
    return rest < 0 ? rest + modulus : rest;
  }

  #split(bytes: Uint8Array, start: number, end: number): void {
    const number = this.#number;
    let digit = 0;
    let bits = 0;
    let to = 2 * this.#count - 1;
    for (let at = end - 1; at >= start; at--) {
      digit |= (bytes[at] ?? 0) << bits;
      bits += 8;
      if (bits < BITS) continue;
      number[to--] = digit & (BASE - 1);
      digit >>>= BITS;
      bits -= BITS;
    }
    for (; to >= 0; to--, digit = 0) number[to] = digit;
  }

  /**
   * By hand, as one divides: two digits of the number give one of the root, estimated from the highest digits of what is left. An
   * estimate may be off by one, and the next digit is then negative or as large as the base.
   */
  #extract(): void {
    const [number, root, count] = [this.#number, this.#root, this.#count];
    const [n0 = 0, n1 = 0, n2 = 0, n3 = 0, n4 = 0, n5 = 0] = number;
    const start = Math.floor(Math.sqrt(((n0 * BASE + n1) * BASE + n2) * BASE + n3));
    const r0 = Math.floor(start / BASE);
    const r1 = start - r0 * BASE;
    root[0] = r0;
    root[1] = r1;
    let r2 = 0;
    let lead = 2 * (r0 * BASE + r1);
    // What is left at the present digit with all before it, and at each of the next three, as far as the root is known.
    let high = (n0 * BASE + n1 - r0 * r0) * BASE + n2 - 2 * r0 * r1;
    let first = n3 - r1 * r1;
    let second = n4;
    let third = n5;
    for (let next = 2; next < count; next++) {
      high = high * BASE + first;
      const digit = Math.floor((high * BASE + second + third / BASE) / lead);
      root[next] = digit;
      high -= 2 * digit * r0;
      first = second - 2 * digit * r1;
      if (next === 2) {
        r2 = digit;
        lead += (2 * r2) / BASE;
        second = third - r2 * r2;
      } else second = third - 2 * digit * r2;
      third = (number[next + 4] ?? 0) - squareAt(root, next);
    }
  }
}

/** Of the square the digit that the last known digit of the root makes with the fourth, and all pairs between them. */
function squareAt(root: Float64Array, last: number): number {
  let one = 0;
  let other = 0;
  let low = 3;
  let high = last;
  for (; low + 1 < high - 1; low += 2, high -= 2) {
    one += (root[low] ?? 0) * (root[high] ?? 0);
    other += (root[low + 1] ?? 0) * (root[high - 1] ?? 0);
  }
  for (; low < high; low++, high--) one += (root[low] ?? 0) * (root[high] ?? 0);
  return 2 * (one + other) + (low === high ? (root[low] ?? 0) ** 2 : 0);
}
