/** Values of the primitive DER types: object identifiers, integers, booleans, bit strings, times, character strings. */
import { latin1, toHex } from "./characters.ts";
import { type DerReader, type Element, TAG } from "./der.ts";

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
  // X.690 §8.19.2: no arc begins with a byte that adds nothing.
  if (copy.some((byte, at) => byte === 0x80 && (at === 0 || (copy[at - 1] ?? 0) < 0x80))) {
    reader.fail("BadDer", element.start, "an object identifier with a superfluous byte");
    return "";
  }
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
  const element = readIntegerElement(reader, what);
  return { element, bytes: reader.contents(element) };
}

/** The same for those who look at a few of its bytes only. */
export function readIntegerElement(reader: DerReader, what: string): Element {
  const element = reader.read(TAG.integer, what);
  if (reader.error === undefined) {
    const { content, end } = element;
    const first = reader.bytes[content] ?? 0;
    const second = reader.bytes[content + 1] ?? 0;
    if (content === end) reader.fail("BadDer", element.start, `${what} is empty`);
    else if (end - content > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80)))
      reader.fail("BadDer", content, `${what} has a superfluous first byte`);
  }
  return element;
}

/** A small non-negative INTEGER; undefined when it does not fit into 32 bits. */
export function readSmallInteger(reader: DerReader, what: string): number | undefined {
  const { content, end } = readIntegerElement(reader, what);
  const { bytes } = reader;
  if (reader.error !== undefined || end - content > 5 || (bytes[content] ?? 0) >= 0x80) return undefined;
  let value = 0;
  for (let at = content; at < end; at++) value = value * 256 + (bytes[at] ?? 0);
  return value;
}

export function readBoolean(reader: DerReader, what: string): boolean {
  const { start, content, end } = reader.read(TAG.boolean, what);
  const value = end > content ? (reader.bytes[content] ?? 0) : 0;
  if (reader.error === undefined && (end - content !== 1 || (!reader.lax && value !== 0 && value !== 0xff)))
    reader.fail("BadDer", start, `${what} is neither 00 nor FF`);
  return value !== 0;
}

export interface BitString {
  readonly element: Element;
  /** Where the bits' bytes start; they end with the element. */
  readonly start: number;
  /** Of the last byte. */
  readonly unused: number;
}

/** Whoever wants the bits takes `readBits`. */
export function readBitString(reader: DerReader, what: string, tag: number = TAG.bitString): BitString {
  const element = reader.read(tag, what);
  const { content, end } = element;
  const unused = end > content ? (reader.bytes[content] ?? 0) : 0;
  if (reader.error === undefined && (content === end || unused > 7 || (!reader.lax && hasSuperfluousBits(reader, element))))
    reader.fail("BadDer", element.start, `${what} has wrong unused bits`);
  return { element, start: content + 1, unused };
}

/** The bits' bytes and the number of unused bits in the last. */
export function readBits(reader: DerReader, what: string, tag?: number): BitString & { readonly bytes: Uint8Array } {
  const bits = readBitString(reader, what, tag);
  const { element, unused } = bits;
  const bytes = reader.bytes.subarray(Math.min(bits.start, element.end), element.end);
  if (bytes.length === 0 || !hasSuperfluousBits(reader, element)) return { ...bits, bytes };
  // OpenSSL clears them.
  const cleared = Uint8Array.from(bytes);
  cleared[cleared.length - 1] = (cleared.at(-1) ?? 0) & (0xff << unused);
  return { ...bits, bytes: cleared };
}

/** Unused bits that are set, or counted where there are none. */
function hasSuperfluousBits({ bytes }: DerReader, { content, end }: Element): boolean {
  const unused = end > content ? (bytes[content] ?? 0) : 0;
  const last = end - content > 1 ? (bytes[end - 1] ?? 0) : 0;
  return (end - content === 1 && unused > 0) || (last & ((1 << unused) - 1)) !== 0;
}

/** Milliseconds since 1970, undefined when the text is not a time of RFC 5280 §4.1.2.5 (which is not yet an error of DER). */
export interface Time {
  readonly milliseconds: number | undefined;
  readonly text: string;
  readonly element: Element;
}
export function readTime(reader: DerReader, what: string): Time {
  const element = reader.nextIs(TAG.generalizedTime) ? reader.readAny() : reader.read(TAG.utcTime, what);
  return new WrittenTime(reader.bytes, element);
}
class WrittenTime implements Time {
  readonly element: Element;
  readonly milliseconds: number | undefined;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array, element: Element) {
    this.element = element;
    this.milliseconds = parseTime(bytes, element);
    this.#bytes = bytes;
  }
  get text(): string {
    return latin1(this.#bytes, this.element.content, this.element.end);
  }
}

/** UTCTime has two digits of the year, GeneralizedTime four; the rest is the same, and both end in Z. */
function parseTime(bytes: Uint8Array, { tag, content, end }: Element): number | undefined {
  const generalized = tag === TAG.generalizedTime;
  const from = content + (generalized ? 4 : 2);
  if (end !== from + 11 || bytes[from + 10] !== 0x5a) return undefined;
  for (let at = content; at < from + 10; at++) {
    const code = bytes[at] ?? 0;
    if (code < 0x30 || code > 0x39) return undefined;
  }
  const two = (at: number): number => ((bytes[at] ?? 0) - 0x30) * 10 + (bytes[at + 1] ?? 0) - 0x30;
  const short = two(from - 2);
  const year = generalized ? two(content) * 100 + short : short < 50 ? 2000 + short : 1900 + short;
  const month = two(from);
  const day = two(from + 2);
  const hour = two(from + 4);
  const minute = two(from + 6);
  const second = two(from + 8);
  if (day < 1 || day > daysIn(month, year) || hour > 23 || minute > 59 || second > 59) return undefined;
  if (year >= 100) return Date.UTC(year, month - 1, day, hour, minute, second);
  // `Date.UTC` takes the years below 100 for those of the last century.
  return new Date(Date.UTC(2000, month - 1, day, hour, minute, second)).setUTCFullYear(year, month - 1, day);
}

/** None in a month that does not exist. */
function daysIn(month: number, year: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  if (month === 4 || month === 6 || month === 9 || month === 11) return 30;
  return month >= 1 && month <= 12 ? 31 : 0;
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** A character string of any of the ASN.1 types; `#` and hexadecimal digits (RFC 4514 §2.4) when it is none. */
export function decodeString(tag: number, bytes: Uint8Array, from = 0, to = bytes.length): string {
  switch (tag) {
    case TAG.utf8String:
      return isAscii(bytes, from, to) ? latin1(bytes, from, to) : utf8.decode(bytes.subarray(from, to));
    case 0x1e: // BMPString
      return codeUnits(bytes.subarray(from, to), 2);
    case 0x1c: // UniversalString
      return codeUnits(bytes.subarray(from, to), 4);
    // NumericString, PrintableString, T61String (which everybody reads as Latin-1), IA5String, VisibleString.
    case 0x12:
    case 0x13:
    case 0x14:
    case 0x16:
    case 0x1a:
      return latin1(bytes, from, to);
    default:
      return `#${toHex(bytes, from, to)}`;
  }
}

function isAscii(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if ((bytes[at] ?? 0) >= 0x80) return false;
  return true;
}

function codeUnits(bytes: Uint8Array, width: 2 | 4): string {
  let text = "";
  for (let at = 0; at + width <= bytes.length; at += width) {
    const code = bytes.subarray(at, at + width).reduce((sum, byte) => sum * 256 + byte, 0);
    text += code > 0x10ffff ? "\ufffd" : width === 2 ? String.fromCharCode(code) : String.fromCodePoint(code);
  }
  return text;
}

/** `2026-01-01 00:00:00 UTC`. */
export const timeText = (time: Time): string =>
  time.milliseconds === undefined ? time.text : `${new Date(time.milliseconds).toISOString().slice(0, 19).replace("T", " ")} UTC`;
