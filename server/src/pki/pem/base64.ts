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

/** How many places of strange characters are kept. */
const KEPT = 8;

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const VALUES = Int8Array.from({ length: 128 }, (_, code) => DIGITS.indexOf(String.fromCharCode(code)));

/** What is strange is skipped, so that a certificate with a stray character can still be described. Reading stops at padding. */
export function readBase64(text: string, body: Span): Base64 {
  const bytes = new Uint8Array(Math.floor(((body.end - body.start) * 3) / 4));
  const runs = new Runs();
  /** Where a digit goes on with the run. */
  let next = -1;
  const strange: Span[] = [];
  let strangeCount = 0;
  let escaped: Span | undefined;
  let digits = 0;
  let written = 0;
  let buffer = 0;
  let firstPad = -1;
  let pads = 0;
  let early: Span | undefined;
  for (let at = body.start; at < body.end; at++) {
    const code = text.charCodeAt(at);
    const value = code < 128 ? (VALUES[code] ?? -1) : -1;
    if (value >= 0) {
      if (pads > 0) {
        early ??= span(firstPad, at + 1);
        continue;
      }
      if (at !== next) runs.start(at, digits);
      next = at + 1;
      digits++;
      buffer = ((buffer << 6) | value) & 0xffffff;
      const phase = digits & 3;
      if (phase !== 1) bytes[written++] = (buffer >> (phase === 0 ? 0 : phase === 3 ? 2 : 4)) & 0xff;
    } else if (code === 0x3d) {
      if (pads === 0) firstPad = at;
      pads++;
    } else if (code === 0x5c && /[nr]/.test(text[at + 1] ?? "")) {
      escaped ??= span(at, at + 2);
      at++;
    } else if (!isBlank(code)) {
      strangeCount++;
      const width = (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
      if (strange.length < KEPT) strange.push(span(at, at + width));
      at += width - 1;
    }
  }
  const complete = pads <= 2 && (digits + pads) % 4 === 0 && digits % 4 !== 1;
  runs.end(digits);
  const last = runs.place(digits - 1) ?? body.start;
  const padding = early ?? (complete ? undefined : pads > 0 ? span(firstPad, firstPad + 1) : span(last, Math.min(last + 1, body.end)));
  return {
    bytes: bytes.subarray(0, written),
    digits,
    strange,
    strangeCount,
    escape: escaped,
    padding,
    textSpan(offset, length) {
      const first = Math.floor((offset * 4) / 3);
      const start = runs.place(first) ?? body.end;
      if (length <= 0) return span(start, start);
      const end = runs.place(Math.floor(((offset + length) * 8 - 1) / 6));
      return span(start, end === undefined ? Math.max(start, last + (digits > 0 ? 1 : 0)) : end + 1);
    },
  };
}

export const isDigit = (code: number): boolean => code < 128 && (VALUES[code] ?? -1) >= 0;

/** The white space that rustls' decoder skips (`pki-types`, `base64.rs`): tab to carriage return, and blank. */
export const isBlank = (code: number): boolean => code === 0x20 || (code >= 0x09 && code <= 0x0d);

/** Stretches of digits that stand side by side, usually one a line: a place is found by bisection. */
class Runs {
  /** Digit and place of each, by turns; grown by doubling, because a hostile text has millions. */
  #starts = new Int32Array(64);
  #runs = 0;
  #count = 0;

  /** `count`: digits in all. */
  end(count: number): void {
    this.#count = count;
  }

  place(digit: number): number | undefined {
    if (digit < 0 || digit >= this.#count) return undefined;
    let low = 0;
    let high = this.#runs - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[2 * middle] ?? 0) <= digit) low = middle;
      else high = middle - 1;
    }
    return (this.#starts[2 * low + 1] ?? 0) + digit - (this.#starts[2 * low] ?? 0);
  }

  start(place: number, digit: number): void {
    if (2 * this.#runs === this.#starts.length) {
      const grown = new Int32Array(4 * this.#runs);
      grown.set(this.#starts);
      this.#starts = grown;
    }
    this.#starts[2 * this.#runs] = digit;
    this.#starts[2 * this.#runs + 1] = place;
    this.#runs++;
  }
}
