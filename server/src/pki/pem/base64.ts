/** Base64 within a text: the bytes, the place of every digit, and each character that should not be there. */
import { type Span, span } from "../../base/span.ts";

export interface Base64 {
  readonly bytes: Uint8Array;
  /** Digits read, without padding. */
  readonly digits: number;
  /** Characters that no base64 reader takes; the first few, with their number in all. */
  readonly strange: readonly Span[];
  readonly strangeCount: number;
  /** The first `\n` that is written out, as in JSON. */
  readonly escape: Span | undefined;
  /** Missing, superfluous or early `=`. */
  readonly padding: Span | undefined;
  /** Where the digits of these bytes stand; from the first to the last, line ends included. */
  textSpan(offset: number, length: number): Span;
}

const NONE: readonly Span[] = [];

/** How many places of strange characters are kept. */
const KEPT = 8;

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/** By code unit; below 0 of what is no digit. */
export const VALUES = Int8Array.from({ length: 128 }, (_, code) => DIGITS.indexOf(String.fromCharCode(code)));

/** What is strange is skipped, so that a certificate with a stray character can still be described. Reading stops at padding. */
export function readBase64(text: string, body: Span): Base64 {
  const digits = new Digits(text, body);
  for (let at = body.start; at < body.end; at += digits.read(at));
  return digits.done();
}

export const isDigit = (code: number): boolean => code < 128 && (VALUES[code] ?? -1) >= 0;

/** The white space that rustls' decoder skips (`pki-types`, `base64.rs`): tab to carriage return, and blank. */
export const isBlank = (code: number): boolean => code === 0x20 || (code >= 0x09 && code <= 0x0d);

/** One pass over a body, code unit by code unit. */
class Digits {
  readonly #text: string;
  readonly #body: Span;
  readonly #bytes: Uint8Array;
  readonly #places: Places;
  #strange: readonly Span[] = NONE;
  #strangeCount = 0;
  #escaped: Span | undefined;
  #digits = 0;
  #written = 0;
  #buffer = 0;
  #firstPad = -1;
  #pads = 0;
  /** Padding with digits behind it. */
  #early: Span | undefined;

  constructor(text: string, body: Span) {
    this.#text = text;
    this.#body = body;
    this.#places = new Places(text);
    this.#bytes = new Uint8Array(Math.floor(((body.end - body.start) * 3) / 4));
  }

  /** The number of code units that were read. */
  read(at: number): number {
    const code = this.#text.charCodeAt(at);
    const value = code < 128 ? (VALUES[code] ?? -1) : -1;
    if (value < 0) return this.#other(at, code);
    if (this.#pads === 0) return this.#stretch(at);
    this.#early ??= span(this.#firstPad, at + 1);
    return 1;
  }

  /** Digits side by side in one go: nearly all of a body is such. */
  #stretch(from: number): number {
    const text = this.#text;
    const bytes = this.#bytes;
    const { end } = this.#body;
    let digits = this.#digits;
    let written = this.#written;
    let buffer = this.#buffer;
    let at = from;
    for (; at < end; at++) {
      const code = text.charCodeAt(at);
      const value = code < 128 ? (VALUES[code] ?? -1) : -1;
      if (value < 0) break;
      if (digits % MARK === 0) this.#places.mark(at);
      digits++;
      buffer = ((buffer << 6) | value) & 0xffffff;
      const phase = digits & 3;
      if (phase !== 1) bytes[written++] = (buffer >> (phase === 0 ? 0 : phase === 3 ? 2 : 4)) & 0xff;
    }
    this.#digits = digits;
    this.#written = written;
    this.#buffer = buffer;
    return at - from;
  }

  #other(at: number, code: number): number {
    if (code === 0x3d) {
      if (this.#pads === 0) this.#firstPad = at;
      this.#pads++;
      return 1;
    }
    if (isEscape(this.#text, at, code)) {
      this.#escaped ??= span(at, at + 2);
      return 2;
    }
    if (isBlank(code)) return 1;
    this.#strangeCount++;
    const width = (this.#text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
    if (this.#strange.length < KEPT) this.#strange = [...this.#strange, span(at, at + width)];
    return width;
  }

  done(): Base64 {
    const places = this.#places;
    places.end(this.#digits);
    const last = places.of(this.#digits - 1) ?? this.#body.start;
    return new ReadDigits(
      {
        bytes: this.#written > SHORT ? this.#bytes.subarray(0, this.#written) : this.#bytes.slice(0, this.#written),
        digits: this.#digits,
        strange: this.#strange,
        strangeCount: this.#strangeCount,
        escape: this.#escaped,
        padding: this.#early ?? this.#wrongPadding(last),
      },
      places,
      this.#digits > 0 ? last + 1 : last,
      this.#body.end,
    );
  }

  #wrongPadding(last: number): Span | undefined {
    const pads = this.#pads;
    const complete = pads <= 2 && (this.#digits + pads) % 4 === 0 && this.#digits % 4 !== 1;
    if (complete) return undefined;
    return pads > 0 ? span(this.#firstPad, this.#firstPad + 1) : span(last, Math.min(last + 1, this.#body.end));
  }
}

/** A view of so few bytes takes more room than a copy. */
const SHORT = 64;

class ReadDigits implements Base64 {
  readonly bytes: Uint8Array;
  readonly digits: number;
  readonly strange: readonly Span[];
  readonly strangeCount: number;
  readonly escape: Span | undefined;
  readonly padding: Span | undefined;
  readonly #places: Places;
  /** Behind the last digit, and behind the body. */
  readonly #last: number;
  readonly #end: number;

  constructor(read: Omit<Base64, "textSpan">, places: Places, last: number, end: number) {
    this.bytes = read.bytes;
    this.digits = read.digits;
    this.strange = read.strange;
    this.strangeCount = read.strangeCount;
    this.escape = read.escape;
    this.padding = read.padding;
    this.#places = places;
    this.#last = last;
    this.#end = end;
  }

  textSpan(offset: number, length: number): Span {
    const start = this.#places.of(Math.floor((offset * 4) / 3)) ?? this.#end;
    if (length <= 0) return span(start, start);
    const place = this.#places.of(Math.floor(((offset + length) * 8 - 1) / 6));
    return span(start, place === undefined ? Math.max(start, this.#last) : place + 1);
  }
}

/** The place of each so many digits is remembered; those between are counted again. */
const MARK = 256;

/** Where digits stand. */
class Places {
  readonly #text: string;
  readonly #marks: number[] = [];
  #count = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Of a digit whose number is a multiple of `MARK`. */
  mark(place: number): void {
    this.#marks.push(place);
  }

  /** `count`: digits in all. */
  end(count: number): void {
    this.#count = count;
  }

  of(digit: number): number | undefined {
    if (digit < 0 || digit >= this.#count) return undefined;
    const mark = Math.floor(digit / MARK);
    let at = this.#marks[mark] ?? 0;
    for (let left = digit - mark * MARK; ; at++) {
      const code = this.#text.charCodeAt(at);
      if (isDigit(code)) {
        if (left-- === 0) return at;
      } else if (isEscape(this.#text, at, code)) at++;
    }
  }
}

/** A line end that is written out: its letter is no digit. */
const isEscape = (text: string, at: number, code: number): boolean => code === 0x5c && /[nr]/.test(text[at + 1] ?? "");
