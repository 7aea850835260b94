/**
 * Private keys, as far as anybody may know: encoding, kind, size, whether encrypted, the pin of the public key, and whether the parts
 * belong together. No byte of the key leaves this file and the arithmetic that it calls.
 */

import { type ByteRange, context, type DerError, DerReader, type Element, readWhole, sameBytes, TAG } from "../der/der.ts";
import { FIXED_KEYS, KEY_ENCRYPTIONS, KEYS } from "../der/oids.ts";
import { readBitString, readInteger, readOid } from "../der/primitives.ts";
import { curveKind, type KeyKind, readAlgorithm, rsaKind } from "../x509/algorithms.ts";
import { pin } from "../x509/fingerprint.ts";
import { CURVE_PARAMETERS, isWeierstrass, widthOf } from "./curve-parameters.ts";
import { tlv } from "./element.ts";
import { inFormOf, publicEdwards, publicPoint } from "./public-half.ts";
import { type RsaFault, rsaFault } from "./rsa-numbers.ts";
import { describeSshKey } from "./ssh.ts";

export interface PrivateKey {
  readonly kind: "private-key";
  readonly encoding: "PKCS#8" | "PKCS#1" | "SEC 1" | "DSA" | "OpenSSH" | "JWK";
  readonly encrypted: boolean;
  /** "PBES2", "AES-256-CBC", …: how it is encrypted, as far as the file says. */
  readonly encryption: string | undefined;
  readonly key: KeyKind | undefined;
  /** Of the public key, as `PublicKey.pin` has it; where the key holds a wrong one, of that which belongs to the private half. */
  readonly pin: string | undefined;
  /** What does not belong together in it. Keys that are encrypted, or beyond the bound of their file, are not asked. */
  readonly fault?: KeyFault;
  /** Of an EC key: what RFC 5915 leaves open or forbids, and not every stack takes. */
  readonly form?: "without public half" | "compressed public half" | "other length";
}

export type KeyFault =
  | RsaFault
  /** The pin is of the wrong public half. */
  | { readonly foreign: string | undefined }
  /** Zero, or not below the order of the curve. */
  | "secret out of range";

/** Computations that are left for the keys of one file. */
export interface KeyWork {
  left: number;
}
/** The slowest takes ten milliseconds. Nobody has as many keys in a file. */
export const keyWork = (): KeyWork => ({ left: 200 });

function isWholeObject(der: Uint8Array): boolean {
  const { reader, element } = readWhole(der, TAG.sequence, "an object");
  return reader.error === undefined && element.end === der.length;
}

/** `label`: of the PEM section, `headers`: its RFC 1421 lines. Without a label (DER) the shape decides. */
export function readPrivateKey(der: Uint8Array, label: string, headers: readonly string[], work: KeyWork): PrivateKey | DerError {
  const dek = headers.find((line) => /^DEK-Info:/i.test(line));
  const encoding = encodingOf(label);
  // Noise is no object in DER: what is one is not encrypted, whatever its header says.
  if (dek !== undefined && isWholeObject(der)) return readPrivateKey(der, label, [], work);
  if (dek !== undefined) {
    const encryption = /^DEK-Info:\s*([A-Za-z0-9-]+)/i.exec(dek)?.[1];
    return { kind: "private-key", encoding, encrypted: true, encryption, key: typeOf(label), pin: undefined };
  }
  if (encoding === "OpenSSH") return { kind: "private-key", encoding, ...describeSshKey(der) };
  const reader = new DerReader(der);
  const element = reader.read(TAG.sequence, "a private key");
  const inner = reader.inside(element);
  if (label === "ENCRYPTED PRIVATE KEY") {
    const { oid } = readAlgorithm(inner, "the encryption algorithm");
    if (reader.error !== undefined) return reader.error;
    return { kind: "private-key", encoding, encrypted: true, encryption: KEY_ENCRYPTIONS[oid] ?? oid, key: undefined, pin: undefined };
  }
  const known =
    encoding === "PKCS#1"
      ? readRsa(inner, work)
      : encoding === "SEC 1"
        ? readEc(inner, undefined, work)
        : encoding === "DSA"
          ? readDsa(inner)
          : readPkcs8(inner, work);
  reader.finish("the private key");
  return reader.error ?? { kind: "private-key", encoding, encrypted: false, encryption: undefined, ...known };
}

function encodingOf(label: string): PrivateKey["encoding"] {
  if (label === "RSA PRIVATE KEY") return "PKCS#1";
  if (label === "EC PRIVATE KEY") return "SEC 1";
  if (label === "DSA PRIVATE KEY") return "DSA";
  return label === "OPENSSH PRIVATE KEY" ? "OpenSSH" : "PKCS#8";
}
function typeOf(label: string): KeyKind | undefined {
  const type = /^(RSA|EC|DSA) /.exec(label)?.[1];
  return type === undefined ? undefined : { type, bits: undefined, curve: undefined, exponent: undefined };
}

type Known = Pick<PrivateKey, "key" | "pin" | "fault" | "form">;
const unknown: Known = { key: undefined, pin: undefined };

/** RFC 5958 §2; [1] holds the public key in version 2. */
function readPkcs8(inner: DerReader, work: KeyWork): Known {
  readInteger(inner, "the version");
  const algorithm = readAlgorithm(inner, "the key's algorithm");
  const octets = inner.read(TAG.octetString, "the private key");
  inner.optional(context(0), "attributes");
  const publicKey = inner.optional(context(1, false), "the public key");
  if (inner.error !== undefined) return unknown;
  switch (algorithm.oid) {
    case KEYS.rsa:
    case KEYS.rsaPss: {
      const apart = inner.apart(octets);
      const known = readRsa(apart.inside(apart.read(TAG.sequence, "an RSA key")), work, part(inner, algorithm));
      return apart.error === undefined ? known : unknown;
    }
    case KEYS.ec: {
      const apart = inner.apart(octets);
      const known = readEc(apart.inside(apart.read(TAG.sequence, "an EC key")), algorithm.parameters, work);
      return apart.error === undefined ? known : unknown;
    }
    default: {
      const fixed = FIXED_KEYS[algorithm.oid];
      const key: KeyKind = { type: fixed?.name ?? algorithm.oid, bits: fixed?.bits, curve: undefined, exponent: undefined };
      const bits = publicKey === undefined ? undefined : inner.contents(publicKey);
      const own = edwardsHalf(inner.apart(octets), key.type, work);
      const pinOf = (half: Uint8Array): string => pin(tlv(TAG.sequence, [part(inner, algorithm), tlv(TAG.bitString, [half])]));
      return { key, ...halves(bits, own, pinOf) };
    }
  }
}

/** RFC 8410 §7: the seed is an octet string of its own within. As the contents of a BIT STRING. */
function edwardsHalf(octets: DerReader, type: string, work: KeyWork): Uint8Array | undefined {
  const seed = octets.contents(octets.read(TAG.octetString, "the seed"));
  if (octets.error !== undefined || !(type === "Ed25519" || type === "Ed448") || work.left-- <= 0) return undefined;
  const half = publicEdwards(type, seed);
  return half === undefined ? undefined : Uint8Array.of(0, ...half);
}

/** What is written beside what was computed, either of which may be missing. */
function halves(
  written: Uint8Array | undefined,
  own: Uint8Array | undefined,
  pinOf: (half: Uint8Array) => string,
): Pick<Known, "pin" | "fault"> {
  if (own === undefined) return { pin: written === undefined ? undefined : pinOf(written) };
  if (written === undefined) return { pin: pinOf(own) };
  return sameBytes(written, own) ? { pin: pinOf(own) } : { pin: pinOf(own), fault: { foreign: pinOf(written) } };
}

/** rsaEncryption with NULL, as every SubjectPublicKeyInfo of an RSA key has it (RFC 3279 §2.3.1). */
const RSA_ALGORITHM = Uint8Array.of(0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00);
const EC_OID = Uint8Array.of(0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01);

/** RFC 8017 §A.1.2: modulus and public exponent come first, and are the public key. */
function readRsa(inner: DerReader, work: KeyWork, algorithm: Uint8Array = RSA_ALGORITHM): Known {
  readInteger(inner, "the version");
  const modulus = readInteger(inner, "the modulus");
  const exponent = readInteger(inner, "the exponent");
  if (inner.error !== undefined) return unknown;
  const numbers = tlv(TAG.sequence, [part(inner, modulus.element), part(inner, exponent.element)]);
  const spki = tlv(TAG.sequence, [algorithm, tlv(TAG.bitString, [Uint8Array.of(0), numbers])]);
  const rest = inner.apart({ start: exponent.element.end, end: inner.end });
  const fault = work.left-- > 0 ? rsaFault(rest, modulus.bytes, exponent.bytes) : undefined;
  return { key: rsaKind(KEYS.rsa, inner.bytes, modulus.element, exponent.element), pin: pin(spki), ...(fault !== undefined && { fault }) };
}

/** RFC 5915 §3: curve in [0] unless PKCS#8 gives it, public key in [1], both optional. */
function readEc(inner: DerReader, outerCurve: Element | undefined, work: KeyWork): Known {
  readInteger(inner, "the version");
  const secret = inner.read(TAG.octetString, "the private key");
  const parameters = inner.optional(context(0), "the curve");
  const publicKey = inner.optional(context(1), "the public key");
  const ownCurve = parameters === undefined ? undefined : inner.inside(parameters).readAny();
  const curve = outerCurve ?? ownCurve;
  if (inner.error !== undefined || curve === undefined) return unknown;
  const oid = curve.tag === TAG.oid ? readOid(inner.apart({ start: curve.start, end: curve.end }), "the curve") : undefined;
  const key = curveKind(oid);
  if (oid === undefined) return { key, pin: undefined };
  const bits = publicKey === undefined ? undefined : readBitString(inner.inside(publicKey), "the public key");
  if (inner.error !== undefined) return { key, pin: undefined };
  const written = bits === undefined ? undefined : inner.contents(bits.element);
  const pinOf = (half: Uint8Array): string =>
    pin(tlv(TAG.sequence, [tlv(TAG.sequence, [EC_OID, part(inner, curve)]), tlv(TAG.bitString, [half])]));
  const form = formOf(written?.[1], key.curve, inner.contents(secret));
  const computed = work.left-- > 0 ? publicPoint(key.curve, inner.contents(secret)) : undefined;
  if (computed === "out of range") return { key, ...halves(written, undefined, pinOf), fault: "secret out of range" };
  const point = computed && (written === undefined ? computed.bytes : inFormOf(computed.bytes, written.subarray(1)));
  return { key, ...halves(written, point && Uint8Array.of(0, ...point), pinOf), ...(form !== undefined && { form }) };
}

/** `point`: the first byte of the public half. */
function formOf(point: number | undefined, curve: string | undefined, secret: Uint8Array): PrivateKey["form"] {
  if (point === undefined) return "without public half";
  if (point === 2 || point === 3) return "compressed public half";
  return curve !== undefined && isWeierstrass(curve) && secret.length !== widthOf(CURVE_PARAMETERS[curve].n) ? "other length" : undefined;
}

function readDsa(inner: DerReader): Known {
  readInteger(inner, "the version");
  const bits = readInteger(inner, "the prime").bytes.length * 8;
  return { key: { type: "DSA", bits: bits - (bits % 64), curve: undefined, exponent: undefined }, pin: undefined };
}

const part = (reader: DerReader, range: ByteRange): Uint8Array => reader.bytes.subarray(range.start, range.end);
