/** Values of the primitive DER types: object identifiers, integers, booleans, bit strings, times, character strings. */
import { type DerReader, type Element, TAG, toHex } from "./der.ts";

/** Bytes that hold every identifier in use several times over. */
const LONGEST_OID = 128;

/** Dotted decimals; arcs of up to 28 bits are exact, longer ones are read as big integers. */
export function readOid(reader: DerReader, what: string): string {
  const element = reader.read(TAG.oid, what);
  if (reader.error !== undefined) return "";
  const { bytes } = reader;
  const { content, end } = element;
  if (end === content || (bytes[end - 1] ?? 0) > 0x7f || end - content > LONGEST_OID) {
    reader.fail("BadDer", element.start, "an object identifier that is empty, cut off or too long");
    return "";
  }
  const slot = slotOf(bytes, content, end);
  const known = seen[slot];
  if (known !== undefined && holds(known.bytes, bytes, content, end)) return known.text;
  const copy = bytes.slice(content, end);
  const text = decodeOid(copy);
  seen[slot] = { bytes: copy, text };
  return text;
}

/** A few dozen identifiers are in use, over and over: their texts are kept by their bytes. */
const seen: ({ readonly bytes: Uint8Array; readonly text: string } | undefined)[] = Array.from({ length: 512 });

function slotOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = to - from;
  for (let at = from; at < to; at++) hash = (Math.imul(hash, 31) + (bytes[at] ?? 0)) | 0;
  return hash & 511;
}

function holds(known: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (known.length !== to - from) return false;
  for (let at = from; at < to; at++) if (bytes[at] !== known[at - from]) return false;
  return true;
}

/** The contents of an OBJECT IDENTIFIER (or of a registeredID) as text. */
export function decodeOid(bytes: Uint8Array): string {
  if (bytes.length > LONGEST_OID) return `#${toHex(bytes.subarray(0, LONGEST_OID))}…`;
  return bytes.length <= SHORT_OID ? decodeShortOid(bytes) : decodeLongOid(bytes);
}

function decodeLongOid(bytes: Uint8Array): string {
  const arcs: bigint[] = [];
  let value = 0n;
  for (const byte of bytes) {
    value = (value << 7n) | BigInt(byte & 0x7f);
    if (byte < 0x80) {
      arcs.push(value);
      value = 0n;
    }
  }
  const [first = 0n, ...rest] = arcs;
  const root = first < 40n ? 0n : first < 80n ? 1n : 2n;
  return [root, first - root * 40n, ...rest].join(".");
}

/** Seven septets are exact as a number; nearly all identifiers have arcs that are shorter. */
const SHORT_OID = 16;
const LONGEST_ARC = 7;
function decodeShortOid(bytes: Uint8Array): string {
  let text = "";
  let value = 0;
  let septets = 0;
  for (const byte of bytes) {
    value = value * 128 + (byte & 0x7f);
    // Longer arcs are rare, and exact as big integers.
    if (++septets > LONGEST_ARC) return decodeLongOid(bytes);
    if (byte >= 0x80) continue;
    if (text !== "") text += `.${value}`;
    else text = value < 40 ? `0.${value}` : value < 80 ? `1.${value - 40}` : `2.${value - 80}`;
    value = 0;
    septets = 0;
  }
  return text === "" ? "0.0" : text;
}

/** An INTEGER with the shortest encoding, as its content bytes. */
export function readInteger(reader: DerReader, what: string): { readonly element: Element; readonly bytes: Uint8Array } {
  const element = reader.read(TAG.integer, what);
  const bytes = reader.contents(element);
  if (reader.error === undefined) {
    const [first, second] = bytes;
    if (first === undefined) reader.fail("BadDer", element.start, `${what} is empty`);
    else if (second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80)))
      reader.fail("BadDer", element.content, `${what} has a superfluous first byte`);
  }
  return { element, bytes };
}

/** A small non-negative INTEGER; undefined when it does not fit into 32 bits. */
export function readSmallInteger(reader: DerReader, what: string): number | undefined {
  const { bytes } = readInteger(reader, what);
  if (reader.error !== undefined || bytes.length > 5 || (bytes[0] ?? 0) >= 0x80) return undefined;
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}

export function readBoolean(reader: DerReader, what: string): boolean {
  const element = reader.read(TAG.boolean, what);
  const bytes = reader.contents(element);
  if (reader.error === undefined && (bytes.length !== 1 || (!reader.lax && bytes[0] !== 0 && bytes[0] !== 0xff)))
    reader.fail("BadDer", element.start, `${what} is neither 00 nor FF`);
  return (bytes[0] ?? 0) !== 0;
}

/** The bits' bytes and the number of unused bits in the last. */
export function readBitString(
  reader: DerReader,
  what: string,
  tag: number = TAG.bitString,
): { readonly element: Element; readonly start: number; readonly bytes: Uint8Array; readonly unused: number } {
  const element = reader.read(tag, what);
  const content = reader.contents(element);
  const unused = content[0] ?? 0;
  const last = content.length > 1 ? (content.at(-1) ?? 0) : 0;
  const superfluous = (content.length === 1 && unused > 0) || (last & ((1 << unused) - 1)) !== 0;
  if (reader.error === undefined && (content.length === 0 || unused > 7 || (superfluous && !reader.lax)))
    reader.fail("BadDer", element.start, `${what} has wrong unused bits`);
  // OpenSSL clears them.
  const bytes = superfluous && content.length > 1 ? Uint8Array.from(content.subarray(1)) : content.subarray(1);
  if (superfluous && bytes.length > 0) bytes[bytes.length - 1] = last & (0xff << unused);
  return { element, start: element.content + 1, bytes, unused };
}

/** Milliseconds since 1970, undefined when the text is not a time of RFC 5280 §4.1.2.5 (which is not yet an error of DER). */
export interface Time {
  readonly milliseconds: number | undefined;
  readonly text: string;
  readonly element: Element;
}
export function readTime(reader: DerReader, what: string): Time {
  const element = reader.nextIs(TAG.generalizedTime) ? reader.readAny() : reader.read(TAG.utcTime, what);
  const text = latin1(reader.contents(element));
  return { element, text, milliseconds: parseTime(text, element.tag === TAG.generalizedTime) };
}
/** UTCTime has two digits of the year, GeneralizedTime four; the rest is the same, and both end in Z. */
function parseTime(text: string, generalized: boolean): number | undefined {
  const from = generalized ? 4 : 2;
  if (text.length !== from + 11 || text.charCodeAt(from + 10) !== 0x5a) return undefined;
  for (let at = 0; at < from + 10; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x30 || code > 0x39) return undefined;
  }
  const two = (at: number): number => (text.charCodeAt(at) - 0x30) * 10 + text.charCodeAt(at + 1) - 0x30;
  const year = two(from - 2);
  const fullYear = generalized ? two(0) * 100 + year : year < 50 ? 2000 + year : 1900 + year;
  const [month, day, hour, minute, second] = [two(from), two(from + 2), two(from + 4), two(from + 6), two(from + 8)];
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return undefined;
  const milliseconds = Date.UTC(2000, month - 1, day, hour, minute, second);
  const date = new Date(milliseconds);
  // `Date.UTC` takes the years below 100 for those of the last century.
  date.setUTCFullYear(fullYear, month - 1, day);
  return date.getUTCMonth() === month - 1 ? date.getTime() : undefined;
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
const isAscii = (byte: number): boolean => byte < 0x80;

/** A character string of any of the ASN.1 types; `#` and hexadecimal digits (RFC 4514 §2.4) when it is none. */
export function decodeString(tag: number, bytes: Uint8Array): string {
  switch (tag) {
    case TAG.utf8String:
      return bytes.every(isAscii) ? latin1(bytes) : utf8.decode(bytes);
    case 0x1e: // BMPString
      return codeUnits(bytes, 2);
    case 0x1c: // UniversalString
      return codeUnits(bytes, 4);
    // NumericString, PrintableString, T61String (which everybody reads as Latin-1), IA5String, VisibleString.
    case 0x12:
    case 0x13:
    case 0x14:
    case 0x16:
    case 0x1a:
      return latin1(bytes);
    default:
      return `#${toHex(bytes)}`;
  }
}

export function latin1(bytes: Uint8Array): string {
  // `fromCharCode` takes its characters as arguments, whose number is limited; spreading bytes costs ten times as much.
  if (bytes.length <= 8192) return Reflect.apply(String.fromCharCode, undefined, bytes);
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 8192) parts.push(Reflect.apply(String.fromCharCode, undefined, bytes.subarray(at, at + 8192)));
  return parts.join("");
}

function codeUnits(bytes: Uint8Array, width: 2 | 4): string {
  let text = "";
  for (let at = 0; at + width <= bytes.length; at += width) {
    const code = bytes.subarray(at, at + width).reduce((sum, byte) => sum * 256 + byte, 0);
    text += code > 0x10ffff ? "\ufffd" : width === 2 ? String.fromCharCode(code) : String.fromCodePoint(code);
  }
  return text;
}
