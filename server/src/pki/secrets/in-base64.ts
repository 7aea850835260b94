/**
 * Private keys in the base64 of a text, whatever stands between its digits. Read in windows, so that a text of fifty megabytes takes no
 * more room than a short one.
 */
import { type Span, span } from "../../base/span.ts";
import { secretRanges } from "./secret-ranges.ts";

/** Fewer digits tell nothing: before the secret of the shortest keys there are 16 bytes. */
export const LEAST_DIGITS = 24;

/** Digits in which keys begin, and what is looked at behind them: the first elements of the longest key in use have 5,000 bytes. */
const WINDOW = 65_536;
const BEHIND = 16_384;

/** Where base64 begins nobody knows: words before it may consist of its digits. It is read from each of four digits on. */
export function inBase64(text: string): readonly Span[] {
  const found: Span[] = [];
  for (let at = 0; at < text.length; ) {
    const end = endOfShort(text, at);
    if (end === undefined) {
      const run = new Run(text, at);
      while (run.fill()) run.search(found);
      at = run.end + 1;
    } else at = end + 1;
  }
  return found;
}

/** Where a stretch ends that has too few digits, as nearly all of a sentence; undefined of a longer one. */
function endOfShort(text: string, from: number): number | undefined {
  let at = from;
  for (let digits = 0; at < text.length; ) {
    const alone = classAt(text, at);
    const value = alone === BESIDE ? valueAt(text, at) : alone;
    if (value === BREAK) return at;
    if (value !== LAYOUT && ++digits === LEAST_DIGITS) return undefined;
    at = alone === BESIDE ? next(text, at) : at + 1;
  }
  return at;
}

const VALUES = Int8Array.from({ length: 128 }, (_, code) => digitValue(String.fromCharCode(code)));
function digitValue(character: string): number {
  const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  return character === "-" ? 62 : character === "_" ? 63 : digits.indexOf(character);
}
export const isDigit = (text: string, at: number): boolean => (VALUES[text.charCodeAt(at)] ?? -1) >= 0;

/** What may stand between the lines of one base64 text: blanks, quotes, commas, `#` and `\`, in zero bytes that of UTF-16. */
export const isLayout = (code: number): boolean =>
  code <= 0x20 || code === 0x22 || code === 0x27 || code === 0x60 || code === 0x2c || code === 0x23 || code === 0x5c || code === 0xfeff;

/** Shared: one run is read after the other. */
const values = new Uint8Array(WINDOW + BEHIND);
const decoded = new Uint8Array(((WINDOW + BEHIND) * 3) / 4);
/** The place of each so many digits is remembered; those between are counted again. */
const MARK = 256;

function decode(phase: number, held: number): Uint8Array {
  const length = ((held - phase) * 3) >> 2;
  for (let at = 0, digit = phase; at < length; digit += 4, at += 3) {
    const four =
      ((values[digit] ?? 0) << 18) | ((values[digit + 1] ?? 0) << 12) | ((values[digit + 2] ?? 0) << 6) | (values[digit + 3] ?? 0);
    decoded[at] = four >> 16;
    decoded[at + 1] = (four >> 8) & 0xff;
    decoded[at + 2] = four & 0xff;
  }
  return decoded.subarray(0, length);
}

/** A stretch of base64 digits with what may stand between them, window by window. */
class Run {
  readonly #text: string;
  readonly #from: number;
  readonly #marks: number[] = [];
  /** The window's first digit, and how many are in it. */
  #first = 0;
  #held = 0;
  #ended = false;
  /** Phases in which something of the window could begin a key, one bit each. */
  #phases = 0;
  /** The last four digits, and the four before them. */
  #four = 0;
  #before = 0;
  /** Up to which byte, counted from the run's start, each phase is done with. */
  readonly #done: [number, number, number, number] = [0, 0, 0, 0];
  /** Where nothing of the run stands any more; while it is being read, where the next digit is looked for. */
  end: number;

  constructor(text: string, from: number) {
    this.#text = text;
    this.#from = from;
    this.end = from;
  }

  /** Reads on; false when there is nothing left to search. */
  fill(): boolean {
    const text = this.#text;
    if (this.#held > 0) {
      if (this.#ended) return false;
      values.copyWithin(0, WINDOW, this.#held);
      this.#first += WINDOW;
      this.#held -= WINDOW;
    }
    let held = this.#held;
    let at = this.end;
    let four = this.#four;
    let before = this.#before;
    let phases = this.#phases;
    while (at < text.length && held < values.length) {
      const alone = classAt(text, at);
      const value = alone === BESIDE ? valueAt(text, at) : alone;
      if (value === BREAK) break;
      if (value !== LAYOUT) {
        if ((this.#first + held) % MARK === 0) this.#marks.push(at);
        values[held++] = value;
        before = ((before << 6) | (four >> 18)) & 0xffffff;
        four = ((four << 6) | value) & 0xffffff;
        if (beginsIn(before, four) || isOfSsh(four)) phases |= 1 << (held & 3);
      }
      at = alone === BESIDE ? next(text, at) : at + 1;
    }
    this.#four = four;
    this.#before = before;
    this.#phases = phases;
    this.#held = held;
    this.end = at;
    this.#ended = held < values.length;
    return held >= LEAST_DIGITS;
  }

  search(found: Span[]): void {
    const limit = this.#ended ? this.#held : WINDOW;
    for (const phase of [0, 1, 2, 3] as const) {
      if ((this.#phases & (1 << phase)) === 0) continue;
      const bytes = decode(phase, this.#held);
      const before = (this.#first * 3) / 4;
      const done = Math.max(0, this.#done[phase] - before);
      for (const { start, end } of secretRanges(bytes, done, Math.ceil((limit * 3) / 4), this.#first === 0)) {
        this.#done[phase] = before + end;
        const last = phase + Math.ceil(((before + end) * 4) / 3) - 1;
        // To the end of the word: characters that belong to the layout may have been counted as digits.
        found.push(span(this.#place(phase + Math.floor(((before + start) * 4) / 3)), this.#wordEnd(last)));
      }
    }
  }

  /** Of a digit that was read or that follows; of the last where there are no more. */
  #place(digit: number): number {
    const mark = Math.min(Math.floor(digit / MARK), this.#marks.length - 1);
    let place = this.#marks[mark] ?? this.#from;
    let count = mark * MARK;
    for (let at = place; at < this.#text.length && count <= digit; at = next(this.#text, at)) {
      const value = valueAt(this.#text, at);
      if (value === BREAK) break;
      if (value === LAYOUT) continue;
      place = at;
      count++;
    }
    return place;
  }

  #wordEnd(digit: number): number {
    let end = this.#place(digit) + 1;
    while (isDigit(this.#text, end)) end++;
    return end;
  }
}

/** Of three bytes and the three behind them: one of the first begins a sequence that may be a key. No key ends before that can be told. */
function beginsIn(bytes: number, behind: number): boolean {
  const second = (bytes >> 8) & 0xff;
  const third = bytes & 0xff;
  return (
    (bytes >> 16 === 0x30 && mayBegin(second, third)) ||
    (second === 0x30 && mayBegin(third, behind >> 16)) ||
    (third === 0x30 && mayBegin(behind >> 16, (behind >> 8) & 0xff))
  );
}

/** By the two bytes behind the tag: a length, and where that is short a version or an algorithm. */
const mayBegin = (length: number, next: number): boolean => (length <= 0x80 ? next === 0x02 || next === 0x30 : length <= 0x84);

/** They stand in `openssh-key-v1`. */
const isOfSsh = (bytes: number): boolean => bytes === PEN || bytes === ENS || bytes === NSS;
/** Of `openssh-key-v1`: one of them is a group of four digits. */
const [PEN, ENS, NSS] = [0x70656e, 0x656e73, 0x6e7373];

const LAYOUT = -1;
const BREAK = -2;
/** What it is depends on the characters beside it. */
const BESIDE = -3;

const CLASSES = Int8Array.from({ length: 128 }, (_, code) =>
  code === 0x2b || code === 0x5c ? BESIDE : (VALUES[code] ?? -1) >= 0 ? (VALUES[code] ?? -1) : isLayout(code) ? LAYOUT : BREAK,
);

function classAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < 128 ? (CLASSES[code] ?? BREAK) : isLayout(code) ? LAYOUT : BREAK;
}

/** A digit's value. A plus between other characters than digits joins literals. */
function valueAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  const value = VALUES[code] ?? -1;
  if (value < 0) return isLayout(code) ? LAYOUT : BREAK;
  return code === 0x2b && !isDigit(text, at - 1) && !isDigit(text, at + 1) ? LAYOUT : value;
}

/** Of an escape the letter is no digit. */
const next = (text: string, at: number): number => at + (text.charCodeAt(at) === 0x5c && /[nrt]/.test(text[at + 1] ?? "") ? 2 : 1);
