/** RSA moduli that can be factored at once: two primes next to each other, a small prime, or the shape of CVE-2017-15361. */

import type { PublicKey } from "./algorithms.ts";
import { toHex } from "./characters.ts";
import { DerReader, TAG } from "./der.ts";
import { KEYS } from "./oids.ts";
import { readBitString, readIntegerElement } from "./primitives.ts";

export type Weakness = "close primes" | "small prime" | "ROCA";

/** `der`: what holds the key. Moduli beyond 8192 bit are left alone: nobody has them, but for attackers who want us to compute. */
export function looksFactorable(der: Uint8Array, key: PublicKey): Weakness | undefined {
  if (key.algorithm.oid !== KEYS.rsa || key.bits === undefined || key.bits < 512 || key.bits > 8192) return undefined;
  const reader = new DerReader(der, key);
  const outer = reader.inside(reader.read(TAG.sequence, "a public key"));
  outer.read(TAG.sequence, "the key's algorithm");
  const bits = readBitString(outer, "the key");
  const numbers = reader.apart({ start: bits.start, end: bits.element.end });
  const modulus = readIntegerElement(numbers.inside(numbers.read(TAG.sequence, "an RSA key")), "the modulus");
  if (reader.error !== undefined || numbers.error !== undefined) return undefined;
  return weaknessOf(BigInt(`0x0${toHex(der, modulus.content, modulus.end)}`), key.bits);
}

function weaknessOf(modulus: bigint, bits: number): Weakness | undefined {
  const rests = restsOf(modulus);
  if (rests.includes(0)) return "small prime";
  if (hasRocaShape(rests)) return "ROCA";
  return hasClosePrimes(modulus, bits) ? "close primes" : undefined;
}

/** The primes up to 751, as CA/Browser Forum Baseline Requirements 6.1.6 want them tried. */
const PRIMES = primesUpTo(751);

/** Products of primes, halved down to those that are exact as numbers: the rest by a product has the rests by all its primes. */
interface Product {
  readonly value: bigint;
  readonly parts: readonly [Product, Product] | readonly number[];
}
const ALL_PRIMES = productOf(PRIMES);
function productOf(primes: readonly number[]): Product {
  const value = primes.reduce((product, prime) => product * BigInt(prime), 1n);
  if (value <= Number.MAX_SAFE_INTEGER) return { value, parts: primes };
  const half = primes.length >> 1;
  return { value, parts: [productOf(primes.slice(0, half)), productOf(primes.slice(half))] };
}

/** Of the division by each of the primes. */
function restsOf(modulus: bigint): readonly number[] {
  const rests: number[] = [];
  const divide = (number: bigint, { value, parts }: Product): void => {
    const rest = number % value;
    if (isHalves(parts)) for (const it of parts) divide(rest, it);
    else {
      // In two halves: integers of 32 bits divide several times as fast as others.
      const exact = Number(rest);
      const upper = Math.floor(exact / HALF);
      const lower = exact - upper * HALF;
      for (const prime of parts) rests.push(((upper % prime) * (HALF % prime) + lower) % prime);
    }
  };
  divide(modulus, ALL_PRIMES);
  return rests;
}
const HALF = 2 ** 26;
const isHalves = (parts: Product["parts"]): parts is readonly [Product, Product] => typeof parts[0] === "object";

/** Nemec et al., "The Return of Coppersmith's Attack" (CCS 2017): n is a power of 65537 modulo each of these primes. */
const ROCA_POWERS: readonly (ReadonlySet<number> | undefined)[] = PRIMES.map((prime) => {
  if (prime < 3 || prime > 167) return undefined;
  const powers = new Set<number>();
  for (let power = 1; !powers.has(power); power = (power * 65537) % prime) powers.add(power);
  return powers;
});
const hasRocaShape = (rests: readonly number[]): boolean => ROCA_POWERS.every((powers, index) => powers?.has(rests[index] ?? 0) ?? true);

/** Fermat's method, as many rounds as the Baseline Requirements 6.1.1.3 ask for. */
const ROUNDS = 100;
function hasClosePrimes(modulus: bigint, bits: number): boolean {
  let root = squareRoot(modulus, bits);
  if (root * root < modulus) root++;
  const rest = root * root - modulus;
  // Squares leave few remainders, and those of each round follow from the last one's; the exact test is for what is left.
  let rest64 = Number(BigInt.asUintN(6, rest));
  let root64 = Number(BigInt.asUintN(6, root));
  let restM = Number(rest % BigInt(MODULUS));
  let rootM = Number(root % BigInt(MODULUS));
  for (let round = 0; round < ROUNDS; round++) {
    if (SQUARES_64[rest64] === 1 && SQUARES[restM] === 1) {
      const moved = root + BigInt(round);
      const exact = moved * moved - modulus;
      const side = squareRoot(exact, exact.toString(16).length * 4);
      if (side * side === exact) return true;
    }
    rest64 = (rest64 + 2 * root64 + 1) & 63;
    root64 = (root64 + 1) & 63;
    restM = restM + 2 * rootM + 1;
    while (restM >= MODULUS) restM -= MODULUS;
    rootM = rootM + 1 === MODULUS ? 0 : rootM + 1;
  }
  return false;
}

const MODULUS = 45_045;
const squaresBelow = (modulus: number): Uint8Array => {
  const squares = new Uint8Array(modulus);
  for (let it = 0; it < modulus; it++) squares[(it * it) % modulus] = 1;
  return squares;
};
const SQUARES_64 = squaresBelow(64);
const SQUARES = squaresBelow(MODULUS);

/** Of as many bits a floating-point root is off by one at most. */
const SMALL_BITS = 96;

/** Newton's method with as many digits as are right already: each round doubles them. `bits`: its length, or hardly more. */
function squareRoot(value: bigint, bits: number): bigint {
  if (bits <= SMALL_BITS) return exactRoot(value, BigInt(Math.floor(Math.sqrt(Number(value)))));
  const quarter = Math.floor(bits / 4);
  const upper = squareRoot(value >> BigInt(2 * quarter), bits - 2 * quarter);
  return exactRoot(value, (upper << BigInt(quarter - 1)) + (value >> BigInt(quarter + 1)) / upper);
}

/** `near`: off by a little. */
function exactRoot(value: bigint, near: bigint): bigint {
  let root = near;
  while (root * root > value) root--;
  while ((root + 1n) * (root + 1n) <= value) root++;
  return root;
}

function primesUpTo(limit: number): number[] {
  const primes: number[] = [];
  for (let candidate = 2; candidate <= limit; candidate++) if (primes.every((it) => candidate % it !== 0)) primes.push(candidate);
  return primes;
}
