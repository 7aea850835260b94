/**
 * The rule of the handshake that path validation does not have: rustls signs, and verifies signatures, with few kinds of keys only, and
 * knows them by the exact bytes of their algorithm.
 */

import { toHex } from "../der/characters.ts";
import { type ByteRange, DerReader } from "../der/der.ts";
import { keyText, type PublicKey, readPublicKey } from "../x509/algorithms.ts";
import { type Place, type Provider, placeText, type Refusal } from "./verdict.ts";
import { handshakeKeys } from "./webpki/signatures.ts";
import type { WebpkiBehaviour } from "./webpki/versions.ts";

/** `spki`: the contents of the SubjectPublicKeyInfo. */
export interface LeafKey {
  readonly place: Place;
  readonly bytes: Uint8Array;
  readonly spki: ByteRange;
}

export function checkLeafKey({ place, bytes, spki }: LeafKey, provider: Provider, behaviour: WebpkiBehaviour): Refusal | undefined {
  // The element begins right before its contents: two bytes of header, or more when it is long.
  const length = spki.end - spki.start;
  const start = spki.start - (length < 0x80 ? 2 : length < 0x100 ? 3 : 4);
  const reader = new DerReader(bytes, { start, end: spki.end });
  const key = readPublicKey(reader);
  if (reader.error === undefined && fits(bytes, key, provider, behaviour)) return undefined;
  const what = reader.error === undefined && isPlain(bytes, key) ? keyText(key) : `${keyText(key)}, written in an unusual way`;
  return {
    kind: "NoSignatureSchemesInCommon",
    place,
    field: "subjectPublicKeyInfo",
    range: spki,
    sentence: `${placeText(place)}: the path is fine, but rustls with ${provider} makes and takes no handshake signature with a key \`${what}\``,
  };
}

function fits(bytes: Uint8Array, key: PublicKey, provider: Provider, behaviour: WebpkiBehaviour): boolean {
  if (!handshakeKeys(provider, behaviour).has(identifierOf(bytes, key))) return false;
  if (key.type === "RSA") return key.bits !== undefined && key.bits > 2040 && key.bits <= 8192;
  return isPlain(bytes, key);
}

/** The contents of the AlgorithmIdentifier, which is short. */
const identifierOf = (bytes: Uint8Array, { algorithm: { start, end } }: PublicKey): string => toHex(bytes, start + 2, end);

/**
 * RSA with NULL, points uncompressed, other keys as long as their kind has them: rustls compares its own key with the certificate's byte by
 * byte, and ring reads no other point.
 */
function isPlain(bytes: Uint8Array, { type, bits, algorithm }: PublicKey): boolean {
  if (type === "RSA") return algorithm.parameters !== undefined;
  // The first byte counts unused bits.
  const { content, end } = new DerReader(bytes, { start: algorithm.end, end: bytes.length }).readAny();
  return type === "EC" ? bytes[content + 1] === 0x04 : (end - content - 1) * 8 === bits;
}
