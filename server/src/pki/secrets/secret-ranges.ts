/**
 * Where private keys lie in bytes, recognised by their contents alone: whatever label, name or container they stand under, and
 * however much of their end is missing.
 */
import type { ByteRange } from "../der/der.ts";

const SEQUENCE = 0x30;
const INTEGER = 0x02;
const BITS = 0x03;
const OCTETS = 0x04;
const OID = 0x06;

/** Of an integer that is a number of a key and no version: no key in use has fewer. */
const LEAST_NUMBER = 9;

/**
 * Looks at every byte: a key may follow something else, or lie within it. Of keys that begin from `from` to `limit` the ends may lie beyond
 * the bytes, where more of them follow. `start`: the bytes are the first.
 */
export function secretRanges(bytes: Uint8Array, from = 0, limit = bytes.length, start = true): readonly ByteRange[] {
  const found: ByteRange[] = [];
  for (let at = bytes.indexOf(SEQUENCE, from); at >= 0 && at < limit; ) {
    const end = isKey(bytes, at) ? endOf(bytes, at, limit) : at + 1;
    if (end > at + 1) found.push({ start: at, end });
    at = bytes.indexOf(SEQUENCE, end);
  }
  const ssh = !start || bytes.length < LEAST_SSH ? -1 : indexOfSsh(bytes);
  return ssh < 0 ? found : [...found, { start: ssh, end: bytes.length }];
}

function indexOfSsh(bytes: Uint8Array): number {
  const within = Math.min(bytes.length, SSH_WITHIN);
  for (let at = bytes.indexOf(SSH_FIRST); at >= 0 && at + SSH.length <= within; at = bytes.indexOf(SSH_FIRST, at + 1))
    if (SSH.every((byte, index) => bytes[at + index] === byte)) return at;
  return -1;
}
const SSH = new TextEncoder().encode("openssh-key-v1\0");
const SSH_FIRST = 0x6f;

/** Of the element that begins at a byte, as far as its length says; no further than the bytes where these are all. */
function endOf(bytes: Uint8Array, at: number, limit: number): number {
  const whole = part(bytes, at);
  if (whole === undefined || limit >= bytes.length) return whole?.end ?? bytes.length;
  return whole.content + whole.length;
}

/** OpenSSH's own format (PROTOCOL.key) begins with its name, and not far from the start of what was decoded. */
const SSH_WITHIN = 4096;
const LEAST_SSH = 64;

/** Whether there are only objects that begin as those do that everybody may see: certificates, lists, requests, public keys, parameters. */
export function isPublic(bytes: Uint8Array): boolean {
  let at = 0;
  while (at < bytes.length && beginsPublicly(at === 0 ? bytes : bytes.subarray(at))) at = part(bytes, at)?.end ?? bytes.length;
  return at >= bytes.length;
}

function beginsPublicly(bytes: Uint8Array): boolean {
  // The name of a curve, whole: in noise one byte of 256 looks like its first.
  if (bytes[0] === OID) return isWhole(bytes);
  const [first, second] = children(bytes, 0, 2);
  switch (first?.tag) {
    case OID:
      // PKCS#7.
      return second?.tag === 0xa0;
    case INTEGER:
      // A bare RSA public key, or parameters of DH or DSA: keys have a version first.
      return (first.end - first.content >= LEAST_NUMBER && areNumbers(bytes)) || isCurve(bytes, first, second);
    case SEQUENCE:
      // A public key: an algorithm, and its bits to the end. An encrypted key begins alike.
      if (bytes[first.content] === OID) return second?.tag === BITS && second.end === part(bytes, 0)?.end;
      // What is signed has an algorithm behind it; cut off, it shows how it begins.
      return second === undefined ? [0xa0, INTEGER].includes(bytes[first.content] ?? 0) : [SEQUENCE, BITS].includes(second.tag);
    default:
      return false;
  }
}

/** Two to four numbers that fill what they are in: behind the first, one byte of 256 of a damaged key looks like the tag of another. */
function areNumbers(bytes: Uint8Array): boolean {
  const end = part(bytes, 0)?.end ?? 0;
  const inside = children(bytes, 0, 4);
  return inside.length > 1 && inside.at(-1)?.end === end && inside.every((it) => it.tag === INTEGER && it.content + it.length <= end);
}

function isWhole(bytes: Uint8Array): boolean {
  const first = part(bytes, 0);
  return first !== undefined && first.content + first.length <= bytes.length;
}

/** Explicit parameters of a curve: version 1, the field, the curve (X9.62). */
function isCurve(bytes: Uint8Array, version: Part, field: Part | undefined): boolean {
  if (bytes[version.content] !== 1 || field?.tag !== SEQUENCE || bytes[field.content] !== OID) return false;
  return bytes[field.end] === SEQUENCE;
}

/** Whether a private key begins at a byte, by its first elements. */
function isKey(bytes: Uint8Array, at: number): boolean {
  const inside = contentAt(bytes, at);
  // EncryptedPrivateKeyInfo (RFC 5958 §3); a hash in the same form does no harm.
  if (bytes[inside] === SEQUENCE) return bytes[contentAt(bytes, inside)] === OID && isFollowedByOctets(bytes, at, inside);
  if (!mayBeVersion(bytes, inside)) return false;
  const [first, second, third, fourth] = children(bytes, at, 4);
  if (first === undefined || second === undefined) return false;
  const version = bytes[first.content] ?? 0xff;
  if (first.tag !== INTEGER || first.end - first.content !== 1 || version > 3) return false;
  const named = second.tag === SEQUENCE && bytes[second.content] === OID;
  // PFX (RFC 7292 §4) has version 3.
  if (version === 3) return named;
  // ECPrivateKey (RFC 5915 §3), OneAsymmetricKey (RFC 5958 §2).
  if (second.tag === OCTETS) return version === 1;
  if (named) return third?.tag === OCTETS;
  // RSAPrivateKey (RFC 8017 §A.1.2), and the key of DSA in the form of OpenSSL.
  const numbers = second.tag === INTEGER && second.end - second.content >= LEAST_NUMBER;
  return numbers && third?.tag === INTEGER && fourth?.tag === INTEGER;
}

/** Most bytes that look like a sequence are none, and told at once. */
function mayBeVersion(bytes: Uint8Array, at: number): boolean {
  const length = bytes[at + 1] ?? 0;
  return bytes[at] === INTEGER && (length === 1 || length > 0x80);
}

/** The element that begins at `inner`, in the one that begins at `outer`. */
function isFollowedByOctets(bytes: Uint8Array, outer: number, inner: number): boolean {
  const end = part(bytes, inner)?.end ?? bytes.length;
  return bytes[end] === OCTETS && part(bytes, end) !== undefined && end < (part(bytes, outer)?.end ?? 0);
}

/** Behind a tag and its length. */
function contentAt(bytes: Uint8Array, at: number): number {
  const length = bytes[at + 1] ?? 0;
  return at + 2 + (length > 0x80 ? length & 0x7f : 0);
}

interface Part extends ByteRange {
  readonly tag: number;
  readonly content: number;
  /** As it is said, though the bytes may end before. */
  readonly length: number;
}

/** The first elements within the one that begins at a byte. */
function children(bytes: Uint8Array, at: number, most: number): readonly Part[] {
  const outer = part(bytes, at);
  if (outer?.tag !== SEQUENCE) return [];
  const found: Part[] = [];
  for (let next = outer.content; next < outer.end && found.length < most; ) {
    const inner = part(bytes, next);
    if (inner === undefined) break;
    found.push(inner);
    next = inner.end;
  }
  return found;
}

/** Of what is cut off, as much as there is; an indefinite length (BER) reaches to the end. */
function part(bytes: Uint8Array, at: number): Part | undefined {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined) return undefined;
  const long = first >= 0x80;
  const count = long ? first & 0x7f : 0;
  if (count > 4) return undefined;
  let length = long ? 0 : first;
  for (let index = 0; index < count; index++) length = length * 256 + (bytes[at + 2 + index] ?? 0);
  const content = at + 2 + count;
  const end = first === 0x80 ? bytes.length : Math.min(content + length, bytes.length);
  return content > bytes.length ? undefined : { tag, start: at, content, end, length: first === 0x80 ? Number.POSITIVE_INFINITY : length };
}
