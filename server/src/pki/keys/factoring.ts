/** RSA moduli that can be factored at once: two primes next to each other, a small prime, or the shape of CVE-2017-15361. */

import type { ByteRange } from "../der/der.ts";
import { KEYS } from "../der/oids.ts";
import type { PublicKey } from "../x509/algorithms.ts";
import { hasClosePrimes } from "./fermat.ts";
import { Residues } from "./residues.ts";

export type Weakness = "close primes" | "small prime" | "ROCA";

/** Moduli beyond this size are left alone: nobody has them, but for attackers who want us to compute. */
const MOST_BITS = 8192;

/** `der`: what holds the key. */
export function looksFactorable(der: Uint8Array, { algorithm, bits, modulus }: PublicKey): Weakness | undefined {
  if (algorithm.oid !== KEYS.rsa || modulus === undefined || bits === undefined || bits < 512 || bits > MOST_BITS) return undefined;
  return weaknessOf(der, modulus);
}

function weaknessOf(der: Uint8Array, modulus: ByteRange): Weakness | undefined {
  residues ??= new Residues(PRIMES, MOST_BITS);
  const rests = residues.of(der, modulus);
  if (rests.includes(0)) return "small prime";
  if (ROCA_POWERS.every(([index, powers]) => powers.has(rests[index] ?? 0))) return "ROCA";
  return hasClosePrimes(der, modulus, MOST_BITS) ? "close primes" : undefined;
}

/** The primes up to 751, as CA/Browser Forum Baseline Requirements 6.1.6 want them tried. */
const PRIMES = primesUpTo(751);
/** Made when the first key is looked at. */
let residues: Residues | undefined;

/** Nemec et al., "The Return of Coppersmith's Attack" (CCS 2017): n is a power of 65537 modulo each of these primes. */
const ROCA_POWERS: readonly (readonly [index: number, powers: ReadonlySet<number>])[] = PRIMES.flatMap((prime, index) => {
  if (prime < 3 || prime > 167) return [];
  const powers = new Set<number>();
  for (let power = 1; !powers.has(power); power = (power * 65537) % prime) powers.add(power);
  return [[index, powers] as const];
});

function primesUpTo(limit: number): number[] {
  const primes: number[] = [];
  for (let candidate = 2; candidate <= limit; candidate++) if (primes.every((it) => candidate % it !== 0)) primes.push(candidate);
  return primes;
}
