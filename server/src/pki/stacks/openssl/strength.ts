/** Security levels of OpenSSL: how many bits keys and signatures are worth, and how many a level asks for. */

import { TAG } from "../../der/der.ts";
import type { PublicKey, SignatureAlgorithm } from "../../x509/algorithms.ts";
import type { OpensslBehaviour } from "./versions.ts";

/** `SSL_CTX_set_security_level`(3). */
export const LEVEL_BITS = { 0: 0, 1: 80, 2: 112 } as const;

/** Undefined: a key that OpenSSL cannot decode. Explicit parameters are refused elsewhere. */
export function keyStrength({ type, bits, curve, algorithm }: PublicKey): number | undefined {
  switch (type) {
    case "RSA":
    case "RSA-PSS":
    case "DSA":
      return bits === undefined ? undefined : factoringStrength(bits);
    case "EC":
      if (curve === "explicit parameters") return algorithm.parameters?.tag === TAG.sequence ? LEVEL_BITS[2] : undefined;
      return bits === undefined ? undefined : ellipticStrength(bits);
    case "Ed25519":
    case "X25519":
      return 128;
    case "Ed448":
    case "X448":
      return 224;
    default:
      return postQuantumStrength(type);
  }
}

/** FIPS 203 and 204, table 1 each: categories 1 or 2, 3 and 5. */
const LATTICES: Readonly<Record<string, number>> = {
  "ML-DSA-44": 128,
  "ML-DSA-65": 192,
  "ML-DSA-87": 256,
  "ML-KEM-512": 128,
  "ML-KEM-768": 192,
  "ML-KEM-1024": 256,
};
/** What quantum computers do not break. Undefined: none of them. */
export const postQuantumStrength = (name: string): number | undefined =>
  LATTICES[name] ?? (name.startsWith("SLH-DSA-") ? Number(name.slice(-4, -1)) : undefined);

/** NIST SP 800-57 part 1 rev. 5 table 2, by the size of the curve. */
const CURVE_STRENGTHS = [
  [512, 256],
  [384, 192],
  [256, 128],
  [224, 112],
  [160, 80],
] as const;
const ellipticStrength = (bits: number): number => CURVE_STRENGTHS.find(([size]) => bits >= size)?.[1] ?? bits / 2;

/** NIST SP 800-56B rev. 2 appendix D, rounded to a multiple of eight, as `ossl_ifc_ffc_compute_security_bits` does. */
function factoringStrength(bits: number): number {
  if (bits < 8) return 0;
  const x = bits * Math.LN2;
  const exact = (1.923 * Math.cbrt(x) * Math.log(x) ** (2 / 3) - 4.69) / Math.LN2;
  return Math.floor((exact + 4) / 8) * 8;
}

/** Half the hash; since 3.0 SHA-1 and MD5 as their best known attacks (`x509_sig_info_init`). Undefined: an unknown algorithm. */
export function signatureStrength({ name, hash }: SignatureAlgorithm, { knowsCollisions }: OpensslBehaviour): number | undefined {
  switch (hash) {
    case undefined:
      return name === "Ed25519" ? 128 : name === "Ed448" ? 224 : postQuantumStrength(name);
    case "MD2":
    case "MD4":
    case "MD5":
      return knowsCollisions ? 39 : 64;
    case "SHA-1":
      return knowsCollisions ? 63 : 80;
    case "SM3":
      return 128;
    default:
      return Number(hash.slice(-3)) / 2;
  }
}
