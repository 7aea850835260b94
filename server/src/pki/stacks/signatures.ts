/**
 * Signatures, by WebCrypto and what it lacks by libraries: valid, invalid, or an algorithm that nothing here has. Keys are checked here for what ring
 * and OpenSSL ask of them and WebCrypto does not.
 */

import { latin1 } from "../der/characters.ts";
import { DerReader, TAG } from "../der/der.ts";
import { readInteger } from "../der/primitives.ts";
import { bitLength } from "../x509/algorithms.ts";
import { base64Url, type NativeCheck, type PublicJwk, type VerifyNatively } from "./native-signatures.ts";
import { verifyOther, verifyOtherEcdsa } from "./other-signatures.ts";
import { COORDINATES, type RsaScheme, type Scheme, type SignatureCheck, USUAL_CURVES, USUAL_HASHES } from "./schemes.ts";

/** Which keys a stack takes. */
export interface KeyLimits {
  /** Bits of RSA keys. */
  readonly least: number;
  readonly most: number;
  readonly compressedPoints: boolean;
}

/** `key`: the contents of the subjectPublicKey. */
export async function verifySignature(
  scheme: Scheme,
  key: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
  limits: KeyLimits,
): Promise<SignatureCheck> {
  if (scheme.type === "Ed448" || scheme.type === "ML-DSA" || scheme.type === "SLH-DSA") return verifyOther(scheme, key, message, signature);
  if (scheme.type === "DSA") {
    const { verifyDsa } = await import("./arithmetic-signatures.ts");
    return verifyDsa(scheme.hash, scheme.parameters, key, message, signature);
  }
  if ((scheme.type === "RSA" || scheme.type === "RSA-PSS") && !isUsual(scheme)) {
    const numbers = rsaNumbers(key, limits);
    if (numbers === undefined || signature.length !== numbers.modulus.length) return "invalid";
    const { verifyRsa } = await import("./arithmetic-signatures.ts");
    return verifyRsa(scheme, numbers, message, signature);
  }
  const prepared = prepare(scheme, key, signature, limits);
  if (prepared === undefined) return "invalid";
  if (scheme.type === "ECDSA" && !(Object.hasOwn(USUAL_CURVES, scheme.curve) && isUsualHash(scheme.hash)))
    return verifyOtherEcdsa(scheme.curve, scheme.hash, key, message, prepared.signature);
  try {
    const { algorithm } = prepared;
    const imported = await importKey(prepared);
    return (await globalThis.crypto.subtle.verify(algorithm, imported, copy(prepared.signature), copy(message))) ? "valid" : "invalid";
  } catch (error) {
    // A point that is not on the curve is a bad key; an algorithm or form that is missing says nothing about the signature.
    const missing = error instanceof Error && error.name === "NotSupportedError";
    return missing || (scheme.type === "ECDSA" && key[0] !== 4) ? "cannot tell" : "invalid";
  }
}

/** The same by the host, for what it has; undefined where it says nothing. */
export function verifyAtOnce(
  scheme: Scheme,
  key: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
  limits: KeyLimits,
  native: VerifyNatively,
): SignatureCheck | undefined {
  if (scheme.type === "Ed448" || scheme.type === "ML-DSA" || scheme.type === "SLH-DSA" || scheme.type === "DSA") return undefined;
  if ((scheme.type === "RSA" || scheme.type === "RSA-PSS") && !isUsual(scheme)) return undefined;
  if (scheme.type === "ECDSA" && !(Object.hasOwn(USUAL_CURVES, scheme.curve) && isUsualHash(scheme.hash) && key[0] === 4)) return undefined;
  const prepared = prepare(scheme, key, signature, limits);
  if (prepared === undefined) return "invalid";
  const check: NativeCheck = {
    id: `${prepared.algorithm.name} ${prepared.algorithm.namedCurve} ${latin1(prepared.raw)}`,
    jwk: () => jwkOf(prepared),
    ...("hash" in scheme && { hash: scheme.hash }),
    ...(scheme.type === "RSA-PSS" && { salt: scheme.salt }),
    message,
    signature: prepared.signature,
  };
  const valid = native(check);
  return valid === undefined ? undefined : valid ? "valid" : "invalid";
}

function jwkOf({ numbers, raw, algorithm }: Prepared): PublicJwk {
  if (numbers !== undefined) return { kty: "RSA", n: base64Url(numbers.modulus), e: base64Url(numbers.exponent) };
  if (algorithm.name === "Ed25519") return { kty: "OKP", crv: "Ed25519", x: base64Url(raw) };
  const size = (raw.length - 1) / 2;
  return { kty: "EC", crv: algorithm.namedCurve, x: base64Url(raw.subarray(1, 1 + size)), y: base64Url(raw.subarray(1 + size)) };
}

/** Issuers sign many certificates, and to import a key takes as long as to verify with it. The oldest goes first. */
const imported = new Map<string, Promise<CryptoKey>>();
const MOST_IMPORTED = 256;

function importKey(prepared: Prepared): Promise<CryptoKey> {
  const { numbers, raw, algorithm } = prepared;
  const id = `${algorithm.name} ${algorithm.namedCurve} ${algorithm.hash} ${latin1(raw)}`;
  const known = imported.get(id);
  if (known !== undefined) return known;
  const { subtle } = globalThis.crypto;
  const key =
    numbers !== undefined
      ? subtle.importKey("jwk", jwkOf(prepared), algorithm, false, ["verify"])
      : subtle.importKey("raw", copy(raw), algorithm, false, ["verify"]);
  const [oldest] = imported.keys();
  if (imported.size >= MOST_IMPORTED && oldest !== undefined) imported.delete(oldest);
  imported.set(id, key);
  return key;
}

const isUsualHash = (hash: string): boolean => USUAL_HASHES.some((it) => it === hash);

/** WebCrypto has one hash for message and mask. */
const isUsual = ({ hash, ...scheme }: RsaScheme): boolean =>
  isUsualHash(hash) && ((scheme.type === "RSA-PSS" ? scheme.mask : undefined) ?? hash) === hash;

interface RsaNumbers {
  readonly modulus: Uint8Array;
  readonly exponent: Uint8Array;
}

interface Prepared {
  /** Of RSA. */
  readonly numbers?: RsaNumbers;
  readonly raw: Uint8Array;
  readonly algorithm: RsaHashedImportParams & RsaPssParams & EcKeyImportParams & EcdsaParams;
  readonly signature: Uint8Array;
}

/** WebCrypto takes buffers that are not shared. */
const copy = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => Uint8Array.from(bytes);

function prepare(
  scheme: Exclude<Scheme, { readonly type: "DSA" | "Ed448" | "ML-DSA" | "SLH-DSA" }>,
  key: Uint8Array,
  signature: Uint8Array,
  limits: KeyLimits,
): Prepared | undefined {
  const none = { name: "", hash: "", namedCurve: "", saltLength: 0 };
  switch (scheme.type) {
    case "RSA":
    case "RSA-PSS": {
      const numbers = rsaNumbers(key, limits);
      if (numbers === undefined || signature.length !== numbers.modulus.length) return undefined;
      const name = scheme.type === "RSA" ? "RSASSA-PKCS1-v1_5" : "RSA-PSS";
      return {
        numbers,
        raw: key,
        algorithm: { ...none, name, hash: scheme.hash, saltLength: scheme.type === "RSA-PSS" ? scheme.salt : 0 },
        signature,
      };
    }
    case "ECDSA": {
      const size = COORDINATES[scheme.curve];
      const raw = ecdsaNumbers(signature, size);
      const whole = key.length === 1 + size * 2 && key[0] === 4;
      const compressed = limits.compressedPoints && key.length === 1 + size && (key[0] === 2 || key[0] === 3);
      if (raw === undefined || !(whole || compressed)) return undefined;
      return { raw: key, algorithm: { ...none, name: "ECDSA", namedCurve: scheme.curve, hash: scheme.hash }, signature: raw };
    }
    case "Ed25519":
      return key.length === 32 && signature.length === 64 ? { raw: key, algorithm: { ...none, name: "Ed25519" }, signature } : undefined;
  }
}

/** RFC 8017 §A.1.1. Both numbers odd; an exponent from 3 to 33 bits, as ring has it. */
function rsaNumbers(key: Uint8Array, limits: KeyLimits): RsaNumbers | undefined {
  const reader = new DerReader(key);
  const numbers = reader.inside(reader.read(TAG.sequence, "an RSA key"));
  const modulus = unsigned(readInteger(numbers, "the modulus").bytes);
  const exponent = unsigned(readInteger(numbers, "the exponent").bytes);
  numbers.finish("the exponent");
  reader.finish("an RSA key");
  if (reader.error !== undefined || modulus === undefined || exponent === undefined) return undefined;
  const bits = bitLength(modulus);
  const odd = ((modulus.at(-1) ?? 0) & (exponent.at(-1) ?? 0) & 1) === 1;
  // Ring rounds up to whole bytes before it compares with the least size.
  if (!odd || Math.ceil(bits / 8) * 8 < limits.least || bits > limits.most) return undefined;
  return bitLength(exponent) < 2 || bitLength(exponent) > 33 ? undefined : { modulus, exponent };
}

/** RFC 3279 §2.2.3 to the plain form: both numbers with leading zeros, one after the other. */
function ecdsaNumbers(signature: Uint8Array, size: number): Uint8Array | undefined {
  const reader = new DerReader(signature);
  const numbers = reader.inside(reader.read(TAG.sequence, "a signature"));
  const r = unsigned(readInteger(numbers, "r").bytes);
  const s = unsigned(readInteger(numbers, "s").bytes);
  numbers.finish("s");
  reader.finish("a signature");
  if (reader.error !== undefined || r === undefined || s === undefined || r.length > size || s.length > size) return undefined;
  const plain = new Uint8Array(size * 2);
  plain.set(r, size - r.length);
  plain.set(s, size * 2 - s.length);
  return plain;
}

/** Without the zero that keeps a number positive; undefined for negative ones. */
function unsigned(bytes: Uint8Array): Uint8Array | undefined {
  const [first = 0x80] = bytes;
  return first >= 0x80 ? undefined : first === 0 ? bytes.subarray(1) : bytes;
}
