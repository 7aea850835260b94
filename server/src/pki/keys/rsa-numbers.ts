/** Whether the numbers of an RSA key belong together (RFC 8017 §3.2): arithmetic with numbers that are all there, and quick. */
import { type DerReader, TAG } from "../der/der.ts";
import { readInteger } from "../der/primitives.ts";
import { numberOf, remainder } from "./numbers.ts";

export type RsaFault =
  /** Not the product of the two primes. */
  | "modulus"
  /** One does not undo the other. */
  | "exponents"
  /** What shortens the computation (d mod p - 1, d mod q - 1, 1/q mod p) is another key's. */
  | "remainders";

/** OpenSSL takes no larger moduli (`OPENSSL_RSA_MAX_MODULUS_BITS`). */
const MOST_BYTES = 16_384 / 8;

/** `inner`: behind modulus and exponent, whose contents these are. Undefined also where something is missing, negative or too long. */
export function rsaFault(inner: DerReader, modulus: Uint8Array, exponent: Uint8Array): RsaFault | undefined {
  const parts = [modulus, exponent];
  for (let left = 6; left > 0; left--) parts.push(readInteger(inner, "a number").bytes);
  if (inner.error !== undefined || inner.nextIs(TAG.sequence)) return undefined;
  if (parts.some((it) => it.length > MOST_BYTES + 1 || (it[0] ?? 0) >= 0x80)) return undefined;
  const [n = 0n, e = 0n, d = 0n, p = 0n, q = 0n, dp = 0n, dq = 0n, inverse = 0n] = parts.map((it) => numberOf(it));
  if (p < 2n || q < 2n || p * q !== n) return "modulus";
  if ((d * e - 1n) % (p - 1n) !== 0n || (d * e - 1n) % (q - 1n) !== 0n) return "exponents";
  const fits = remainder(d - dp, p - 1n) === 0n && remainder(d - dq, q - 1n) === 0n && remainder(inverse * q, p) === 1n;
  return fits ? undefined : "remainders";
}
