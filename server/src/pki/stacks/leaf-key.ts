/** The rule of the handshake that path validation does not have: rustls signs, and verifies signatures, with few kinds of keys only. */

import { type ByteRange, DerReader } from "../der/der.ts";
import { keyText, readPublicKey } from "../x509/algorithms.ts";
import { type Place, type Provider, placeText, type Refusal } from "./verdict.ts";
import type { WebpkiBehaviour } from "./webpki/versions.ts";

/** `spki`: the contents of the SubjectPublicKeyInfo. */
export interface LeafKey {
  readonly place: Place;
  readonly bytes: Uint8Array;
  readonly spki: ByteRange;
}

export function checkLeafKey(
  { place, bytes, spki }: LeafKey,
  provider: Provider,
  { latticeSignatures }: WebpkiBehaviour,
): Refusal | undefined {
  // The element begins right before its contents: two bytes of header, or more when it is long.
  const length = spki.end - spki.start;
  const start = spki.start - (length < 0x80 ? 2 : length < 0x100 ? 3 : 4);
  const reader = new DerReader(bytes, { start, end: spki.end });
  const key = readPublicKey(reader);
  const curves = provider === "ring" ? ["P-256", "P-384"] : ["P-256", "P-384", "P-521"];
  const fits =
    reader.error === undefined &&
    ((key.type === "RSA" && key.bits !== undefined && key.bits > 2040 && key.bits <= 8192) ||
      (key.type === "EC" && key.curve !== undefined && curves.includes(key.curve)) ||
      key.type === "Ed25519" ||
      (provider === "aws-lc-rs" && latticeSignatures && key.type.startsWith("ML-DSA-")));
  if (fits) return undefined;
  return {
    kind: "NoSignatureSchemesInCommon",
    place,
    field: "subjectPublicKeyInfo",
    range: spki,
    sentence: `${placeText(place)}: the path is fine, but rustls with ${provider} makes and takes no handshake signature with a key \`${keyText(key)}\``,
  };
}
