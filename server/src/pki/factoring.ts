/** RSA moduli that can be factored at once: two primes next to each other, a small prime, or the shape of CVE-2017-15361. */
import type { PublicKey } from "./algorithms.ts";
import { DerReader, TAG, toHex } from "./der.ts";
import { KEYS } from "./oids.ts";
import { readBitString, readInteger } from "./primitives.ts";

export type Weakness = "close primes" | "small prime" | "ROCA";

/** Answers are kept by the key: the search takes a fraction of a millisecond, and the same key is seen again and again. */
const known = new Map<string, Weakness | undefined>();
const KEPT = 4096;

/** `der`: what holds the key. Moduli beyond 8192 bit are left alone: nobody has them, but for attackers who want us to compute. */
export function looksFactorable(der: Uint8Array, key: PublicKey): Weakness | undefined {
  if (key.algorithm.oid !== KEYS.rsa || key.bits === undefined || key.bits < 512 || key.bits > 8192) return undefined;
  if (known.has(key.pin)) return known.get(key.pin);
  const reader = new DerReader(der, key);
  const outer = reader.inside(reader.read(TAG.sequence, "a public key"));
  outer.read(TAG.sequence, "the key's algorithm");
  const bits = readBitString(outer, "the key");
  const numbers = reader.apart({ start: bits.start, end: bits.start + bits.bytes.length });
  const modulus = readInteger(numbers.inside(numbers.read(TAG.sequence, "an RSA key")), "the modulus").bytes;
  const found = reader.error === undefined && numbers.error === undefined ? weaknessOf(numberOf(modulus)) : undefined;
  if (known.size >= KEPT) known.clear();
  known.set(key.pin, found);
  return found;
}

const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x0${toHex(bytes)}`);

function weaknessOf(modulus: bigint): Weakness | undefined {
  if (hasSmallPrime(modulus)) return "small prime";
  if (hasRocaShape(modulus)) return "ROCA";
  return hasClosePrimes(modulus) ? "close primes" : undefined;
}

/** The primes up to 751, as CA/Browser Forum Baseline Requirements 6.1.6 want them tried. */
const PRIMES = primesUpTo(751);
/** Products of primes that are exact as numbers: one division of the modulus serves several primes. */
const GROUPS = groupsOf(PRIMES);
function groupsOf(primes: readonly number[]): { readonly product: bigint; readonly primes: readonly number[] }[] {
  const groups: { product: number; primes: number[] }[] = [];
  for (const prime of primes) {
    const last = groups.at(-1);
    if (last === undefined || last.product * prime > Number.MAX_SAFE_INTEGER) groups.push({ product: prime, primes: [prime] });
    else {
      last.product *= prime;
      last.primes.push(prime);
    }
  }
  return groups.map(({ product, primes: together }) => ({ product: BigInt(product), primes: together }));
}

function hasSmallPrime(modulus: bigint): boolean {
  return GROUPS.some(({ product, primes }) => {
    const rest = Number(modulus % product);
    return primes.some((prime) => rest % prime === 0);
  });
}

/** Nemec et al., "The Return of Coppersmith's Attack" (CCS 2017): n is a power of 65537 modulo each of these primes. */
const ROCA_PRIMES = PRIMES.filter((it) => it >= 3 && it <= 167);
const ROCA_POWERS = ROCA_PRIMES.map((prime) => {
  const powers = new Set<number>();
  for (let power = 1; !powers.has(power); power = (power * 65537) % prime) powers.add(power);
  return powers;
});
function hasRocaShape(modulus: bigint): boolean {
  return ROCA_PRIMES.every((prime, index) => ROCA_POWERS[index]?.has(Number(modulus % BigInt(prime))));
}

/** Fermat's method, as many rounds as the Baseline Requirements 6.1.1.3 ask for. */
const ROUNDS = 100;
function hasClosePrimes(modulus: bigint): boolean {
  let root = squareRoot(modulus);
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
      const side = squareRoot(exact);
      if (side * side === exact) return true;
    }
    rest64 = (rest64 + 2 * root64 + 1) & 63;
    root64 = (root64 + 1) & 63;
    restM = (restM + 2 * rootM + 1) % MODULUS;
    rootM = (rootM + 1) % MODULUS;
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

/** Newton's method, from above. */
function squareRoot(value: bigint): bigint {
  if (value < 2n) return value;
  let root = 1n << BigInt((value.toString(16).length * 4) / 2 + 1);
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

function primesUpTo(limit: number): number[] {
  const primes: number[] = [];
  for (let candidate = 2; candidate <= limit; candidate++) if (primes.every((it) => candidate % it !== 0)) primes.push(candidate);
  return primes;
}
