/**
 * Private keys, as far as anybody may know: encoding, kind, size, whether encrypted, and the pin of the public key where it can be
 * read or put together without arithmetic. No byte of the key leaves this file.
 */

import { type ByteRange, context, type DerError, DerReader, type Element, TAG } from "../der/der.ts";
import { FIXED_KEYS, KEY_ENCRYPTIONS, KEYS } from "../der/oids.ts";
import { readBitString, readInteger, readOid } from "../der/primitives.ts";
import { curveKind, type KeyKind, readAlgorithm, rsaKind } from "../x509/algorithms.ts";
import { pin } from "../x509/fingerprint.ts";
import { describeSshKey } from "./ssh.ts";

export interface PrivateKey {
  readonly kind: "private-key";
  readonly encoding: "PKCS#8" | "PKCS#1" | "SEC 1" | "DSA" | "OpenSSH";
  readonly encrypted: boolean;
  /** "PBES2", "AES-256-CBC", …: how it is encrypted, as far as the file says. */
  readonly encryption: string | undefined;
  readonly key: KeyKind | undefined;
  /** Of the public key, as `PublicKey.pin` has it. */
  readonly pin: string | undefined;
}

/** `label`: of the PEM section, `headers`: its RFC 1421 lines. Without a label (DER) the shape decides. */
export function readPrivateKey(der: Uint8Array, label: string, headers: readonly string[]): PrivateKey | DerError {
  const dek = headers.find((line) => /^DEK-Info:/i.test(line));
  const encoding = encodingOf(label);
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
      ? readRsa(inner)
      : encoding === "SEC 1"
        ? readEc(inner, undefined)
        : encoding === "DSA"
          ? readDsa(inner)
          : readPkcs8(inner);
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

interface Known {
  readonly key: KeyKind | undefined;
  readonly pin: string | undefined;
}
const unknown: Known = { key: undefined, pin: undefined };

/** RFC 5958 §2; [1] holds the public key in version 2. */
function readPkcs8(inner: DerReader): Known {
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
      const known = readRsa(apart.inside(apart.read(TAG.sequence, "an RSA key")), part(inner, algorithm));
      return apart.error === undefined ? known : unknown;
    }
    case KEYS.ec: {
      const apart = inner.apart(octets);
      const known = readEc(apart.inside(apart.read(TAG.sequence, "an EC key")), algorithm.parameters);
      return apart.error === undefined ? known : unknown;
    }
    default: {
      const fixed = FIXED_KEYS[algorithm.oid];
      const key: KeyKind = { type: fixed?.name ?? algorithm.oid, bits: fixed?.bits, curve: undefined, exponent: undefined };
      const bits = publicKey === undefined ? undefined : inner.contents(publicKey);
      return { key, pin: bits === undefined ? undefined : pin(tlv(TAG.sequence, [part(inner, algorithm), tlv(TAG.bitString, [bits])])) };
    }
  }
}

/** rsaEncryption with NULL, as every SubjectPublicKeyInfo of an RSA key has it (RFC 3279 §2.3.1). */
const RSA_ALGORITHM = Uint8Array.of(0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00);
const EC_OID = Uint8Array.of(0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01);

/** RFC 8017 §A.1.2: modulus and public exponent come first, and are the public key. */
function readRsa(inner: DerReader, algorithm: Uint8Array = RSA_ALGORITHM): Known {
  readInteger(inner, "the version");
  const modulus = readInteger(inner, "the modulus");
  const exponent = readInteger(inner, "the exponent");
  if (inner.error !== undefined) return unknown;
  const numbers = tlv(TAG.sequence, [part(inner, modulus.element), part(inner, exponent.element)]);
  const spki = tlv(TAG.sequence, [algorithm, tlv(TAG.bitString, [Uint8Array.of(0), numbers])]);
  return { key: rsaKind(KEYS.rsa, modulus.bytes, exponent.bytes), pin: pin(spki) };
}

/** RFC 5915 §3: curve in [0] unless PKCS#8 gives it, public key in [1], both optional. */
function readEc(inner: DerReader, outerCurve: Element | undefined): Known {
  readInteger(inner, "the version");
  inner.read(TAG.octetString, "the private key");
  const parameters = inner.optional(context(0), "the curve");
  const publicKey = inner.optional(context(1), "the public key");
  const own = parameters === undefined ? undefined : inner.inside(parameters).readAny();
  const curve = outerCurve ?? own;
  if (inner.error !== undefined || curve === undefined) return unknown;
  const oid = curve.tag === TAG.oid ? readOid(inner.apart({ start: curve.start, end: curve.end }), "the curve") : undefined;
  if (publicKey === undefined || oid === undefined) return { key: curveKind(oid), pin: undefined };
  const bits = readBitString(inner.inside(publicKey), "the public key").element;
  const spki = tlv(TAG.sequence, [tlv(TAG.sequence, [EC_OID, part(inner, curve)]), part(inner, bits)]);
  return { key: curveKind(oid), pin: inner.error === undefined ? pin(spki) : undefined };
}

function readDsa(inner: DerReader): Known {
  readInteger(inner, "the version");
  const bits = readInteger(inner, "the prime").bytes.length * 8;
  return { key: { type: "DSA", bits: bits - (bits % 64), curve: undefined, exponent: undefined }, pin: undefined };
}

const part = (reader: DerReader, range: ByteRange): Uint8Array => reader.bytes.subarray(range.start, range.end);

/** Writes one element with the shortest length. */
export function tlv(tag: number, parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, it) => sum + it.length, 0);
  const size: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) size.unshift(rest % 256);
  const head = length < 0x80 ? [tag, length] : [tag, 0x80 | size.length, ...size];
  const element = new Uint8Array(head.length + length);
  element.set(head);
  let at = head.length;
  for (const it of parts) {
    element.set(it, at);
    at += it.length;
  }
  return element;
}
