/** Signature algorithms and public keys: what they are called, which hash and which size they have, and where they stand. */
import { latin1 } from "../der/characters.ts";
import { type ByteRange, context, type DerReader, type Element, TAG } from "../der/der.ts";
import { CURVES, FIXED_KEYS, HASHES, type Hash, KEYS, RSA_PSS, SIGNATURES } from "../der/oids.ts";
import { readBitString, readInteger, readIntegerElement, readOid } from "../der/primitives.ts";
import { pin } from "./fingerprint.ts";

export interface Algorithm extends ByteRange {
  readonly oid: string;
  /** Absent when there are none; NULL is present. */
  readonly parameters: Element | undefined;
}
export interface SignatureAlgorithm extends Algorithm {
  /** "ECDSA with SHA-256"; the identifier when it is not known. */
  readonly name: string;
  readonly hash: Hash | undefined;
}
export interface PublicKey extends ByteRange {
  readonly algorithm: Algorithm;
  /** "RSA", "EC", "Ed25519", "DSA", …; the identifier when it is not known. */
  readonly type: string;
  readonly bits: number | undefined;
  readonly curve: string | undefined;
  /** Of RSA, when it fits into 32 bits. */
  readonly exponent: number | undefined;
  /** Of RSA: the contents of the INTEGER. */
  readonly modulus: ByteRange | undefined;
  /** `sha256/…` of the SubjectPublicKeyInfo. */
  readonly pin: string;
  /** The SubjectPublicKeyInfo itself as Latin-1: tells keys apart as well as the pin, without a digest. */
  readonly contents: string;
}

export function readAlgorithm(reader: DerReader, what: string): Algorithm {
  const element = reader.read(TAG.sequence, what);
  const inner = reader.inside(element);
  const oid = readOid(inner, `${what}'s identifier`);
  const parameters = inner.more ? inner.readAny() : undefined;
  inner.finish(what);
  return { start: element.start, end: element.end, oid, parameters };
}

export function readSignatureAlgorithm(reader: DerReader, what: string): SignatureAlgorithm {
  const algorithm = readAlgorithm(reader, what);
  const known = SIGNATURES[algorithm.oid];
  const { start, end, oid, parameters } = algorithm;
  if (oid !== RSA_PSS) return { start, end, oid, parameters, name: known?.name ?? oid, hash: known?.hash };
  const hash = pssHash(reader, parameters);
  return { start, end, oid, parameters, name: `RSA-PSS with ${hash ?? "an unknown hash"}`, hash };
}

/** RFC 4055 §3.1: the hash is SHA-1 unless [0] says otherwise. What is malformed here is left to those who verify. */
function pssHash(reader: DerReader, parameters: Element | undefined): Hash | undefined {
  if (parameters === undefined || parameters.tag !== TAG.sequence || reader.error !== undefined) return "SHA-1";
  const inner = reader.apart(parameters);
  const field = inner.optional(context(0), "a hash");
  if (field === undefined) return inner.error === undefined ? "SHA-1" : undefined;
  return HASHES[readAlgorithm(inner.inside(field), "the hash").oid];
}

export function readPublicKey(reader: DerReader): PublicKey {
  const element = reader.read(TAG.sequence, "a public key");
  const inner = reader.inside(element);
  const algorithm = readAlgorithm(inner, "the key's algorithm");
  const bits = readBitString(inner, "the key");
  inner.finish("the public key");
  const kind = judgeKey(reader, algorithm, { start: bits.start, end: bits.element.end });
  return new EncodedKey(reader.bytes, element, algorithm, kind);
}

class EncodedKey implements PublicKey {
  readonly start: number;
  readonly end: number;
  readonly algorithm: Algorithm;
  readonly type: string;
  readonly bits: number | undefined;
  readonly curve: string | undefined;
  readonly exponent: number | undefined;
  readonly modulus: ByteRange | undefined;
  readonly #bytes: Uint8Array;
  #pin: string | undefined;

  constructor(bytes: Uint8Array, { start, end }: ByteRange, algorithm: Algorithm, { type, bits, curve, exponent, modulus }: PlacedKind) {
    this.start = start;
    this.end = end;
    this.algorithm = algorithm;
    this.type = type;
    this.bits = bits;
    this.curve = curve;
    this.exponent = exponent;
    this.modulus = modulus;
    this.#bytes = bytes;
  }
  get contents(): string {
    return latin1(this.#bytes, this.start, this.end);
  }
  /** A digest costs as much as the rest of the reading. */
  get pin(): string {
    this.#pin ??= pin(this.#bytes.subarray(this.start, this.end));
    return this.#pin;
  }
}

export type KeyKind = Pick<PublicKey, "type" | "bits" | "curve" | "exponent">;
type PlacedKind = KeyKind & { readonly modulus?: ByteRange };

/** Kind and size. A key whose inside is malformed has no size: the certificate around it is still read. */
function judgeKey(reader: DerReader, algorithm: Algorithm, key: ByteRange): PlacedKind {
  const fixed = FIXED_KEYS[algorithm.oid];
  if (fixed !== undefined) return { type: fixed.name, bits: fixed.bits, curve: undefined, exponent: undefined };
  if (reader.error !== undefined) return unsized(algorithm.oid);
  switch (algorithm.oid) {
    case KEYS.rsa:
    case KEYS.rsaPss: {
      const inner = reader.apart(key);
      const numbers = inner.inside(inner.read(TAG.sequence, "an RSA public key"));
      const modulus = readIntegerElement(numbers, "the modulus");
      const kind = rsaKind(algorithm.oid, reader.bytes, modulus, readIntegerElement(numbers, "the exponent"));
      return inner.error === undefined ? { ...kind, modulus: { start: modulus.content, end: modulus.end } } : kind;
    }
    case KEYS.ec:
      return curveKind(namedCurve(reader, algorithm.parameters));
    case KEYS.dsa: {
      const inner = algorithm.parameters === undefined ? undefined : reader.apart(algorithm.parameters);
      const bits = inner === undefined ? 0 : bitLength(readInteger(inner, "the prime").bytes);
      return { ...unsized(algorithm.oid), type: "DSA", bits: bits === 0 ? undefined : bits };
    }
    default:
      return unsized(algorithm.oid);
  }
}

export function rsaKind(oid: string, bytes: Uint8Array, modulus: Element, exponent: Element): KeyKind {
  const bits = bitLength(bytes, modulus.content, modulus.end);
  const length = exponent.end - exponent.content;
  let small = length > 0 && length <= 5 ? 0 : undefined;
  for (let at = exponent.content; small !== undefined && at < exponent.end; at++) small = small * 256 + (bytes[at] ?? 0);
  return { type: oid === RSA_PSS ? "RSA-PSS" : "RSA", bits: bits === 0 ? undefined : bits, curve: undefined, exponent: small };
}

/** `oid` undefined: explicit parameters, which RFC 5480 §2.1.1 forbids. */
export function curveKind(oid: string | undefined): KeyKind {
  const curve = oid === undefined ? undefined : CURVES[oid];
  return { type: "EC", bits: curve?.bits, curve: curve?.name ?? oid ?? "explicit parameters", exponent: undefined };
}

function namedCurve(reader: DerReader, parameters: Element | undefined): string | undefined {
  if (parameters?.tag !== TAG.oid) return undefined;
  return readOid(reader.apart({ start: parameters.start, end: parameters.end }), "a curve");
}

const unsized = (oid: string): KeyKind => ({ type: oid, bits: undefined, curve: undefined, exponent: undefined });

export function bitLength(bytes: Uint8Array, from = 0, to = bytes.length): number {
  let first = from;
  while (first < to && bytes[first] === 0) first++;
  return first === to ? 0 : (to - first) * 8 - Math.clz32(bytes[first] ?? 0) + 24;
}

/** "RSA 2048 bit", "EC P-256", "Ed25519". */
export function keyText(key: KeyKind): string {
  if (key.curve !== undefined) return `${key.type} ${key.curve}`;
  return key.bits === undefined || Object.values(FIXED_KEYS).some((it) => it.name === key.type) ? key.type : `${key.type} ${key.bits} bit`;
}
