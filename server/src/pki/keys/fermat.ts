/** Fermat's method: a product of two numbers near its root is a difference of squares, and found by looking for the larger one from the root on. */

import type { ByteRange } from "../der/der.ts";
import { numberOf } from "./numbers.ts";
import { Digits } from "./square-root.ts";

/** As many rounds as CA/Browser Forum Baseline Requirements 6.1.1.3 ask for. */
const ROUNDS = 100;

/** What is a square leaves few rests; the first sieve takes all rounds, the second what is left of them. */
const FIRST = 3 * 3 * 5 * 7 * 11 * 13;
const squaresBelow = (modulus: number): Uint8Array => {
  const squares = new Uint8Array(modulus);
  for (let it = 0; it < modulus; it++) squares[(it * it) % modulus] = 1;
  return squares;
};
const SQUARES_64 = squaresBelow(64);
const SQUARES = squaresBelow(FIRST);

const SECOND = [
  [17, 19, 23, 29],
  [31, 37, 41, 43],
].map((primes) => ({
  product: primes.reduce((product, prime) => product * prime, 1),
  sieves: primes.map((prime) => ({ prime, squares: squaresBelow(prime) })),
}));
const MODULI = [FIRST, ...SECOND.map((it) => it.product)];

/** Made when the first key is looked at, and kept: every RSA key is tried. */
let kept: Digits | undefined;

/** The modulus in big-endian bytes, at most `mostBits` long for all calls. */
export function hasClosePrimes(bytes: Uint8Array, range: ByteRange, mostBits: number): boolean {
  kept ??= new Digits(mostBits, MODULI);
  const digits = kept;
  digits.take(bytes, range);
  // Off by one at most, in either direction: the first round is that of the number before, the last that of ROUNDS after the next.
  const root64 = digits.lowestOfRoot & 63;
  const number64 = bytes[range.end - 1] ?? 0;
  const root = digits.restOfRoot(0);
  const number = digits.restOfNumber(0);
  for (let round = -1; round < ROUNDS + 2; round++) {
    if (SQUARES_64[((root64 + round) * (root64 + round) - number64) & 63] !== 1) continue;
    const near = root + round;
    if (SQUARES[(near * near + FIRST - number) % FIRST] !== 1 || !isSquareAt(digits, round)) continue;
    if (isFactored(numberOf(bytes, range.start, range.end), digits.root + BigInt(round))) return true;
  }
  return false;
}

/** The second sieve, which lets one in two hundred through. */
function isSquareAt(digits: Digits, round: number): boolean {
  for (const [index, { sieves }] of SECOND.entries()) {
    const root = digits.restOfRoot(index + 1) + round;
    const number = digits.restOfNumber(index + 1);
    for (const { prime, squares } of sieves) {
      const rest = (root + prime) % prime;
      if (squares[(rest * rest + prime - (number % prime)) % prime] !== 1) return false;
    }
  }
  return true;
}

/** Whether the square lies by another square above the modulus, and within the rounds. */
function isFactored(modulus: bigint, root: bigint): boolean {
  const side = root * root - modulus;
  return side >= 0n && floorRoot(side) ** 2n === side && (root - BigInt(ROUNDS)) ** 2n < modulus;
}

/** Newton's method, from above. */
function floorRoot(value: bigint): bigint {
  if (value === 0n) return 0n;
  let root = 1n << BigInt(value.toString(16).length * 2);
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
