/** Writes SubjectPublicKeyInfo (RFC 5480, RFC 8017, RFC 8410, RFC 9881) from the numbers of a key, for formats that are no DER. */
import { context, TAG } from "../der/der.ts";
import { tlv } from "./element.ts";

/** By the name of the curve here. */
const CURVES: Readonly<Record<string, readonly number[]>> = {
  "P-256": [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07],
  "P-384": [0x2b, 0x81, 0x04, 0x00, 0x22],
  "P-521": [0x2b, 0x81, 0x04, 0x00, 0x23],
  secp256k1: [0x2b, 0x81, 0x04, 0x00, 0x0a],
};
/** Algorithms whose identifier says everything. */
const PLAIN: Readonly<Record<string, readonly number[]>> = {
  X25519: [0x2b, 0x65, 0x6e],
  X448: [0x2b, 0x65, 0x6f],
  Ed25519: [0x2b, 0x65, 0x70],
  Ed448: [0x2b, 0x65, 0x71],
  "ML-DSA-44": [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x03, 0x11],
  "ML-DSA-65": [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x03, 0x12],
  "ML-DSA-87": [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x03, 0x13],
};

const oid = (content: readonly number[]): Uint8Array => tlv(TAG.oid, [Uint8Array.from(content)]);
const NULL = Uint8Array.of(TAG.null, 0);
const RSA = oid([0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01]);
const EC = oid([0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01]);

const info = (algorithm: readonly Uint8Array[], key: Uint8Array): Uint8Array =>
  tlv(TAG.sequence, [tlv(TAG.sequence, algorithm), tlv(TAG.bitString, [Uint8Array.of(0), key])]);

/** Of unsigned bytes of any length. */
function integer(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte !== 0);
  const shortest = first < 0 ? Uint8Array.of(0) : bytes.subarray(first);
  return tlv(TAG.integer, (shortest[0] ?? 0) >= 0x80 ? [Uint8Array.of(0), shortest] : [shortest]);
}

export const rsaInfo = (modulus: Uint8Array, exponent: Uint8Array): Uint8Array =>
  info([RSA, NULL], tlv(TAG.sequence, [integer(modulus), integer(exponent)]));

/** Undefined: a curve that has no identifier here. */
export function ecInfo(curve: string, point: Uint8Array): Uint8Array | undefined {
  const identifier = CURVES[curve];
  return identifier && info([EC, oid(identifier)], point);
}

export function plainInfo(algorithm: string, key: Uint8Array): Uint8Array | undefined {
  const identifier = PLAIN[algorithm];
  return identifier && info([oid(identifier)], key);
}

/** RFC 5915. */
export function ecPrivateKey(curve: string, secret: Uint8Array, point: Uint8Array): Uint8Array | undefined {
  const identifier = CURVES[curve];
  if (identifier === undefined) return undefined;
  const bits = tlv(TAG.bitString, [Uint8Array.of(0), point]);
  const parts = [integer(Uint8Array.of(1)), tlv(TAG.octetString, [secret]), tlv(context(0), [oid(identifier)]), tlv(context(1), [bits])];
  return tlv(TAG.sequence, parts);
}

/** RFC 5958 and RFC 8410, with the public half. */
export function plainPrivateKey(algorithm: string, secret: Uint8Array, half: Uint8Array): Uint8Array | undefined {
  const identifier = PLAIN[algorithm];
  if (identifier === undefined) return undefined;
  const seed = tlv(TAG.octetString, [tlv(TAG.octetString, [secret])]);
  const parts = [integer(Uint8Array.of(1)), tlv(TAG.sequence, [oid(identifier)]), seed, tlv(context(1, false), [Uint8Array.of(0), half])];
  return tlv(TAG.sequence, parts);
}

/** RFC 8017 §A.1.2: modulus, exponent, and the six secret numbers. */
export const rsaPrivateKey = (numbers: readonly Uint8Array[]): Uint8Array =>
  tlv(TAG.sequence, [integer(Uint8Array.of(0)), ...numbers.map(integer)]);
