/** What is left of a large number divided by each of many small ones, without large arithmetic: every RSA key is tried with all of them. */
import type { ByteRange } from "../der/der.ts";

/** Numbers are exact below 2^53: so many digits of 16 bit, each times a factor below 2^30, can be summed up. */
const DIGIT = 2 ** 16;
const PRODUCT_LIMIT = 2 ** 30;
const AT_ONCE = 128;

/**
 * Divisors share a product, whose rest has the rests of them all. Products are taken by eights, which share the reading of the digits:
 * one sum waits for its last addition, and eight keep the processor busy.
 */
const LANES = 8;

export class Residues {
  readonly #divisors: Int32Array;
  /** The product that each divisor is in. */
  readonly #places: Int32Array;
  readonly #products: Float64Array;
  /** By eight products, digit and product: the rest of the power of 2 that the digit stands for. The lowest digit is the first. */
  readonly #weights: readonly Float64Array[];
  readonly #digits: Float64Array;
  readonly #restsByProduct: Int32Array;
  readonly #rests: Int32Array;

  constructor(divisors: readonly number[], mostBits: number) {
    const products: number[] = [];
    const places: number[] = [];
    for (const divisor of divisors) {
      const last = products.at(-1);
      if (last !== undefined && last * divisor < PRODUCT_LIMIT) products[products.length - 1] = last * divisor;
      else products.push(divisor);
      places.push(products.length - 1);
    }
    while (products.length % LANES !== 0) products.push(1);
    const digits = Math.ceil(mostBits / 16);
    this.#divisors = Int32Array.from(divisors);
    this.#places = Int32Array.from(places);
    this.#products = Float64Array.from(products);
    this.#weights = Array.from({ length: products.length / LANES }, (_, eight) =>
      weightsOf(products.slice(eight * LANES, (eight + 1) * LANES), digits),
    );
    this.#digits = new Float64Array(digits);
    this.#restsByProduct = new Int32Array(products.length);
    this.#rests = new Int32Array(divisors.length);
  }

  /** Of the number in big-endian bytes, by divisor; valid until the next call. */
  of(bytes: Uint8Array, { start, end }: ByteRange): Int32Array {
    const [digits, divisors, places, rests] = [this.#digits, this.#divisors, this.#places, this.#rests];
    const count = Math.min(digits.length, (end - start + 1) >> 1);
    for (let index = 0, at = end - 1; index < count; index++, at -= 2)
      digits[index] = (bytes[at] ?? 0) | (at > start ? (bytes[at - 1] ?? 0) << 8 : 0);
    let first = 0;
    for (const weights of this.#weights) {
      this.#divide(count, weights, first);
      first += LANES;
    }
    for (let at = 0; at < rests.length; at++) rests[at] = (this.#restsByProduct[places[at] ?? 0] ?? 0) % (divisors[at] ?? 1);
    return rests;
  }

  #divide(count: number, weights: Float64Array, first: number): void {
    const digits = this.#digits;
    const rests = this.#restsByProduct;
    rests.fill(0, first, first + LANES);
    for (let from = 0; from < count; from += AT_ONCE) {
      const to = Math.min(count, from + AT_ONCE);
      let a = 0;
      let b = 0;
      let c = 0;
      let d = 0;
      let e = 0;
      let f = 0;
      let g = 0;
      let h = 0;
      for (let at = from, weight = from * LANES; at < to; at++, weight += LANES) {
        const digit = digits[at] ?? 0;
        a += digit * (weights[weight] ?? 0);
        b += digit * (weights[weight + 1] ?? 0);
        c += digit * (weights[weight + 2] ?? 0);
        d += digit * (weights[weight + 3] ?? 0);
        e += digit * (weights[weight + 4] ?? 0);
        f += digit * (weights[weight + 5] ?? 0);
        g += digit * (weights[weight + 6] ?? 0);
        h += digit * (weights[weight + 7] ?? 0);
      }
      this.#add(first, a);
      this.#add(first + 1, b);
      this.#add(first + 2, c);
      this.#add(first + 3, d);
      this.#add(first + 4, e);
      this.#add(first + 5, f);
      this.#add(first + 6, g);
      this.#add(first + 7, h);
    }
  }

  #add(at: number, sum: number): void {
    const product = this.#products[at] ?? 1;
    const all = (this.#restsByProduct[at] ?? 0) + sum;
    // Faster than the language's remainder; the quotient may be one too large.
    const rest = all - Math.floor(all / product) * product;
    this.#restsByProduct[at] = rest < 0 ? rest + product : rest;
  }
}

function weightsOf(products: readonly number[], digits: number): Float64Array {
  const weights = new Float64Array(digits * LANES);
  products.forEach((product, lane) => {
    for (let at = 0, weight = 1 % product; at < digits; at++, weight = (weight * DIGIT) % product) weights[at * LANES + lane] = weight;
  });
  return weights;
}
