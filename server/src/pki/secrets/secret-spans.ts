/**
 * Where private keys stand in a text: as base64 of any layout (PEM, one line, a literal with `\n`, base64url), as hexadecimal digits,
 * as a JSON Web Key, or as bytes read one by one. The one place that knows what must not be shown of a text; every surface asks it.
 */
import { mergedSpans, type Span, span } from "../../base/span.ts";
import { readPem } from "../pem/pem.ts";
import { isPublic, secretRanges } from "./secret-ranges.ts";

/** Fewer digits tell nothing: before the secret of the shortest keys there are 16 bytes. */
const LEAST_DIGITS = 24;

/** Of a text as it stands in its file; in order, without overlaps. */
export const secretSpans = (text: string): readonly Span[] =>
  text.length < LEAST_DIGITS ? [] : mergedSpans([...recognised(text), ...inBytes(text), ...inSections(text)]);

/** What is a key by itself, wherever it stands. */
const recognised = (text: string): readonly Span[] => [...inBase64(text), ...inHexadecimal(text), ...encrypted(text), ...inWebKeys(text)];

/** The same text, unit for unit, with a `*` for each character of a secret; line ends stay. */
export const withoutKeys = (text: string): string => blotted(text, secretSpans(text));

/** Likewise of what is made from texts, such as messages, reports and patches: boundaries in it have no sections of theirs. */
export const withoutWholeKeys = (text: string): string =>
  text.length < LEAST_DIGITS ? text : blotted(text, mergedSpans(recognised(text)));

export const holdsKey = (text: string): boolean => secretSpans(text).length > 0;

function blotted(text: string, secrets: readonly Span[]): string {
  if (secrets.length === 0) return text;
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of secrets) {
    parts.push(text.slice(from, start), text.slice(start, end).replace(/[^\r\n]/g, "*"));
    from = end;
  }
  return parts.join("") + text.slice(from);
}

/** DER read as Latin-1, as the text of a binary file is. */
const looksBinary = (text: string): boolean => text.startsWith("0") && (text.charCodeAt(1) >= 0x80 || text.charCodeAt(2) < 0x20);

function inBytes(text: string): readonly Span[] {
  const ssh = text.indexOf("openssh-key-v1\0");
  if (ssh >= 0) return [span(ssh, text.length)];
  if (!looksBinary(text)) return [];
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    // It was no Latin-1: which character is which byte nobody can tell.
    if (code > 0xff) return [span(0, text.length)];
    bytes[at] = code;
  }
  return isPublic(bytes) ? secretRanges(bytes).map(({ start, end }) => span(start, end)) : [span(0, text.length)];
}

/** What is labelled as an object and is no public one is taken for secret, even if it is garbled or encrypted beyond recognition. */
function inSections(text: string): readonly Span[] {
  if (!/BEGIN/i.test(text)) return [];
  return readPem(text).sections.flatMap(({ base64, body }) => (base64.digits === 0 || isPublic(base64.bytes) ? [] : [body]));
}

/** What follows the header of RFC 1421 that says how it is encrypted: noise, whatever boundaries are around it. */
function encrypted(text: string): readonly Span[] {
  return [...text.matchAll(/DEK-Info:[ \t]{0,80}[\w-]{1,40}(?:,[0-9A-F]{1,80})?/gi)].map(({ index, 0: header }) => {
    let end = index + header.length;
    while (end < text.length && (isDigit(text, end) || text[end] === "=" || isLayout(text.charCodeAt(end)))) end++;
    return span(index + header.length, end);
  });
}

/** Members of RFC 7518 §6 and of the draft for ML-DSA that are the private part, in JSON or YAML. */
function inWebKeys(text: string): readonly Span[] {
  if (!/\bkty\b/.test(text)) return [];
  const member = /\b(?:d|p|q|dp|dq|qi|k|t|r|priv)["'\\]*\s*:\s*["'\\]*([\w-]{16,})/g;
  return [...text.matchAll(member)].map(({ index, 0: whole, 1: value = "" }) =>
    span(index + whole.length - value.length, index + whole.length),
  );
}

function inHexadecimal(text: string): readonly Span[] {
  return [...text.matchAll(/[0-9A-Fa-f]{32,}/g)].flatMap(({ 0: digits, index }) =>
    [0, 1].flatMap((phase) => {
      const bytes = new Uint8Array((digits.length - phase) >> 1);
      for (let at = 0; at < bytes.length; at++) bytes[at] = Number.parseInt(digits.slice(phase + 2 * at, phase + 2 * at + 2), 16);
      return secretRanges(bytes).map(({ start, end }) => span(index + phase + 2 * start, index + phase + 2 * end));
    }),
  );
}

/** Where base64 begins nobody knows: words before it may consist of its digits. It is read from each of four digits on. */
function inBase64(text: string): readonly Span[] {
  const found: Span[] = [];
  const run = new Run(text.length);
  for (let at = 0; at < text.length; ) {
    at = run.read(text, at);
    if (run.count < LEAST_DIGITS) continue;
    for (let phase = 0; phase < 4; phase++)
      for (const { start, end } of secretRanges(run.bytes(phase))) {
        const first = run.place(phase + Math.floor((start * 4) / 3));
        // To the end of the word: characters that belong to the layout may have been counted as digits.
        found.push(span(first, run.wordEnd(phase + Math.ceil((end * 4) / 3) - 1)));
      }
  }
  return found;
}

const VALUES = Int8Array.from({ length: 128 }, (_, code) => digitValue(String.fromCharCode(code)));
function digitValue(character: string): number {
  const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  return character === "-" ? 62 : character === "_" ? 63 : digits.indexOf(character);
}
const isDigit = (text: string, at: number): boolean => (VALUES[text.charCodeAt(at)] ?? -1) >= 0;

/** What may stand between the lines of one base64 text: blanks, quotes, commas, `#` and `\`, in zero bytes that of UTF-16. */
const isLayout = (code: number): boolean =>
  code <= 0x20 || code === 0x22 || code === 0x27 || code === 0x60 || code === 0x2c || code === 0x23 || code === 0x5c || code === 0xfeff;

/** A stretch of base64 digits with what may stand between them. */
class Run {
  readonly #values: Uint8Array;
  readonly #places: Int32Array;
  #text = "";
  count = 0;

  constructor(most: number) {
    this.#values = new Uint8Array(most);
    this.#places = new Int32Array(most);
  }

  /** Reads the run at a place, and answers where the next may begin. */
  read(text: string, from: number): number {
    this.#text = text;
    this.count = 0;
    let at = from;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      const value = VALUES[code] ?? -1;
      if (value >= 0 && !(code === 0x2b && !isDigit(text, at - 1) && !isDigit(text, at + 1))) {
        this.#values[this.count] = value;
        this.#places[this.count++] = at;
      } else if (value >= 0 || isLayout(code)) {
        // An escape: its letter is no digit.
        if (code === 0x5c && /[nrt]/.test(text[at + 1] ?? "")) at++;
      } else break;
    }
    return at + 1;
  }

  bytes(phase: number): Uint8Array {
    const bytes = new Uint8Array(Math.floor(((this.count - phase) * 3) / 4));
    for (let at = 0, digit = phase; at < bytes.length; digit += 4) {
      const four =
        ((this.#values[digit] ?? 0) << 18) |
        ((this.#values[digit + 1] ?? 0) << 12) |
        ((this.#values[digit + 2] ?? 0) << 6) |
        (this.#values[digit + 3] ?? 0);
      bytes[at++] = four >> 16;
      if (at < bytes.length) bytes[at++] = (four >> 8) & 0xff;
      if (at < bytes.length) bytes[at++] = four & 0xff;
    }
    return bytes;
  }

  place(digit: number): number {
    return this.#places[Math.min(digit, this.count - 1)] ?? 0;
  }

  wordEnd(digit: number): number {
    let end = this.place(digit) + 1;
    while (isDigit(this.#text, end)) end++;
    return end;
  }
}
