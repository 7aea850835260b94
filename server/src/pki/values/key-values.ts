/** Keys as values: of public ones everything, of private ones what `PrivateKey` tells. */
import { toHex } from "../der/characters.ts";
import { DerReader, TAG } from "../der/der.ts";
import { readBitString, readIntegerElement } from "../der/primitives.ts";
import type { PrivateKey } from "../keys/keys.ts";
import type { KeyKind, PublicKey } from "../x509/algorithms.ts";
import { type Asn1, asn1Of } from "./asn1.ts";
import { magnitude } from "./integers.ts";
import { type PssParameters, pssParameters } from "./signature-values.ts";

export interface KeyValue {
  readonly type: string;
  readonly bits?: number;
  readonly curve?: string;
  /** A number where it is exact, else hexadecimal. */
  readonly exponent?: number | string;
}

export interface PublicKeyValue extends KeyValue {
  readonly oid: string;
  readonly modulus?: string;
  readonly pss?: PssParameters;
  /** Those of DSA and of written-out curves. */
  readonly parameters?: Asn1;
  /** The contents of the BIT STRING. */
  readonly publicKey: string;
  readonly pin: string;
}

export const keyKindValue = ({ type, bits, curve, exponent }: KeyKind): KeyValue => ({
  type,
  ...(bits !== undefined && { bits }),
  ...(curve !== undefined && { curve }),
  ...(exponent !== undefined && { exponent }),
});

export function publicKeyValue(der: Uint8Array, key: PublicKey): PublicKeyValue {
  const { algorithm, modulus } = key;
  const digits = modulusOf(der, key);
  const { parameters } = algorithm;
  const pss = pssParameters(der, algorithm);
  const rest = pss === undefined && parameters !== undefined && parameters.tag === TAG.sequence;
  const tree = rest ? asn1Of(der, { start: parameters.start, end: parameters.end }) : undefined;
  return {
    ...keyKindValue(key),
    oid: algorithm.oid,
    ...(modulus !== undefined &&
      digits !== undefined && { modulus: digits, exponent: key.exponent ?? exponentBehind(der, modulus.end, key.end) }),
    ...(pss !== undefined && { pss }),
    ...(tree !== undefined && { parameters: tree }),
    publicKey: bitsAt(der, algorithm.end, key.end),
    pin: key.pin,
  };
}

export const modulusOf = (der: Uint8Array, { modulus }: PublicKey): string | undefined =>
  modulus && magnitude(der.subarray(modulus.start, modulus.end));

function exponentBehind(der: Uint8Array, start: number, end: number): string {
  const { content, end: last } = readIntegerElement(new DerReader(der, { start, end }), "the exponent");
  return magnitude(der.subarray(content, last));
}

/** The bytes of a BIT STRING, whatever its tag. */
export function bitsAt(der: Uint8Array, start: number, end: number): string {
  const reader = new DerReader(der, { start, end });
  const { element, start: first } = readBitString(reader, "bits", der[start]);
  return reader.error === undefined ? toHex(der, first, element.end) : "";
}

export const privateKeyValue = ({ encoding, encrypted, encryption, key, pin }: PrivateKey) => ({
  encoding,
  encrypted,
  ...(encryption !== undefined && { encryption }),
  ...(key !== undefined && { key: keyKindValue(key) }),
  ...(pin !== undefined && { pin }),
});
