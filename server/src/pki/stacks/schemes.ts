/** The signatures that can be checked here: their hashes, curves and parameters, and how one is asked for. */

import { context, type DerReader } from "../der/der.ts";
import { HASHES } from "../der/oids.ts";
import { readSmallInteger } from "../der/primitives.ts";
import { readAlgorithm } from "../x509/algorithms.ts";

/** Those of WebCrypto; the others are of libraries. */
export const USUAL_HASHES = ["SHA-1", "SHA-256", "SHA-384", "SHA-512"] as const;
export const SIGNATURE_HASHES = [
  ...USUAL_HASHES,
  "MD5",
  "RIPEMD-160",
  "SHA-224",
  "SHA-512/224",
  "SHA-512/256",
  "SHA3-224",
  "SHA3-256",
  "SHA3-384",
  "SHA3-512",
] as const;
export type SignatureHash = (typeof SIGNATURE_HASHES)[number];

/** Curves with the bytes of a coordinate, which are those of each of the two numbers of a signature, too (RFC 5480 §2.2). */
export const USUAL_CURVES = { "P-256": 32, "P-384": 48, "P-521": 66 } as const;
export const COORDINATES = {
  ...USUAL_CURVES,
  "P-192": 24,
  "P-224": 28,
  secp256k1: 32,
  brainpoolP256r1: 32,
  brainpoolP384r1: 48,
  brainpoolP512r1: 64,
} as const;
export type Curve = keyof typeof COORDINATES;
export const isChecked = (curve: string): curve is Curve => Object.hasOwn(COORDINATES, curve);

export type RsaScheme =
  | { readonly type: "RSA"; readonly hash: SignatureHash }
  | { readonly type: "RSA-PSS"; readonly hash: SignatureHash; readonly salt: number; readonly mask?: SignatureHash };

export type Scheme =
  | RsaScheme
  /** `parameters`: the DER of p, q and g. */
  | { readonly type: "DSA"; readonly hash: SignatureHash; readonly parameters: Uint8Array }
  | { readonly type: "ECDSA"; readonly curve: Curve; readonly hash: SignatureHash }
  | { readonly type: "Ed25519" }
  | { readonly type: "Ed448" }
  /** FIPS 204 with an empty context, as RFC 9881 has it. */
  | { readonly type: "ML-DSA"; readonly size: 44 | 65 | 87 }
  /** FIPS 205, likewise. */
  | { readonly type: "SLH-DSA"; readonly name: string };

export type SignatureCheck = "valid" | "invalid" | "cannot tell";

export const hashOf = (hash: string | undefined): SignatureHash | undefined => SIGNATURE_HASHES.find((it) => it === hash);

/** RFC 4055 §3.1, `parameters` within their sequence: hash, mask and salt, each with its default. Undefined: malformed, or another hash. */
export function pssScheme(parameters: DerReader, hash: SignatureHash): Scheme | undefined {
  parameters.optional(context(0), "a hash");
  const mask = parameters.optional(context(1), "a mask");
  const salt = parameters.optional(context(2), "a salt");
  const masking = hashOf(mask === undefined ? "SHA-1" : maskHash(parameters.inside(mask)));
  const length = salt === undefined ? 20 : readSmallInteger(parameters.inside(salt), "the salt's length");
  return parameters.error !== undefined || masking === undefined || length === undefined
    ? undefined
    : { type: "RSA-PSS", hash, salt: length, mask: masking };
}

function maskHash(mask: DerReader): string | undefined {
  const { parameters } = readAlgorithm(mask, "a mask");
  return parameters && HASHES[readAlgorithm(mask.within(parameters), "the mask's hash").oid];
}

/** A hybrid point is an uncompressed one that also says whether y is odd. */
export const plainPoint = ({ type }: Scheme, key: Uint8Array): Uint8Array =>
  type === "ECDSA" && (key[0] === 6 || key[0] === 7) ? Uint8Array.from(key, (byte, at) => (at === 0 ? 4 : byte)) : key;
