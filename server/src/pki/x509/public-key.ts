/** Public keys that stand alone: SubjectPublicKeyInfo, and the bare RSA key of PKCS#1. */

import { type ByteRange, type DerError, DerReader, readWhole, TAG } from "../der/der.ts";
import { KEYS } from "../der/oids.ts";
import { readIntegerElement } from "../der/primitives.ts";
import { type KeyKind, readPublicKey, rsaKind } from "./algorithms.ts";

export interface LonePublicKey extends ByteRange {
  readonly kind: "public-key";
  readonly key: KeyKind;
  readonly pin: string | undefined;
}

export function readLonePublicKey(der: Uint8Array, label: string): LonePublicKey | DerError {
  if (label === "RSA PUBLIC KEY") {
    const { reader, element } = readWhole(der, TAG.sequence, "an RSA public key");
    const inner = reader.inside(element);
    const key = rsaKind(KEYS.rsa, inner.bytes, readIntegerElement(inner, "the modulus"), readIntegerElement(inner, "the exponent"));
    return reader.error ?? { kind: "public-key", start: element.start, end: element.end, key, pin: undefined };
  }
  const reader = new DerReader(der);
  const key = readPublicKey(reader);
  return reader.error ?? { kind: "public-key", start: key.start, end: key.end, key, pin: key.pin };
}
