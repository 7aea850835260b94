/**
 * Texts of nothing but sections as RFC 7468 §3 wants them to be written, read in one pass: nearly all files are such. Where a digit stands
 * follows from its number.
 */
import { type Span, span } from "../../base/span.ts";
import { type Base64, VALUES } from "./base64.ts";
import type { PemProblem, PemSection } from "./pem-section.ts";

/** Digits on each line but the last. */
const LINE = 64;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const PAD = 0x3d;

const BEGIN = /-----BEGIN ([A-Z0-9]+(?: [A-Z0-9]+)*)-----\r?\n/y;
const END = "-----END ";
const DASHES = "-----";

/** Undefined where there is anything else, or more sections than `atMost`. `isUsual`: whether a label is what every reader has for it. */
export function readStrictText(text: string, atMost: number, isUsual: (label: string) => boolean): readonly PemSection[] | undefined {
  const sections: PemSection[] = [];
  // Of all sections: an array of its own for each takes more time than decoding it.
  const decoded = new Uint8Array(Math.ceil((text.length * 3) / 4));
  let free = 0;
  for (let at = behindLineEnds(text, 0); at < text.length; ) {
    const section = sections.length < atMost ? readAt(text, at, decoded, free, isUsual) : undefined;
    if (section === undefined) return undefined;
    sections.push(section);
    free += section.base64.bytes.length;
    const next = behindLineEnds(text, section.span.end);
    if (next === section.span.end && next < text.length) return undefined;
    at = next;
  }
  return sections.length === 0 ? undefined : sections;
}

function behindLineEnds(text: string, from: number): number {
  let at = from;
  for (let width = 1; width > 0; at += width) width = lineEndAt(text, at);
  return at;
}

/** How many code units end the line there. */
const lineEndAt = (text: string, at: number): 0 | 1 | 2 =>
  text.charCodeAt(at) === LINE_FEED ? 1 : text.charCodeAt(at) === RETURN && text.charCodeAt(at + 1) === LINE_FEED ? 2 : 0;

function readAt(
  text: string,
  start: number,
  decoded: Uint8Array,
  free: number,
  isUsual: (label: string) => boolean,
): StrictSection | undefined {
  BEGIN.lastIndex = start;
  const label = BEGIN.exec(text)?.[1];
  if (label === undefined || !isUsual(label)) return undefined;
  const first = BEGIN.lastIndex;
  const lineEnd = text.charCodeAt(first - 2) === RETURN ? 2 : 1;
  const close = text.indexOf(END, first);
  const behind = close + END.length + label.length;
  if (close < 0 || !text.startsWith(label, close + END.length) || !text.startsWith(DASHES, behind)) return undefined;
  const digits = readLines(text, first, close, lineEnd, decoded, free);
  return digits && new StrictSection(label, span(start, behind + DASHES.length), span(first - lineEnd, close), digits);
}

/** Lines that end all alike, from `first` to `close`, into `bytes` from `free` on. */
function readLines(text: string, first: number, close: number, lineEnd: 1 | 2, bytes: Uint8Array, free: number): StrictDigits | undefined {
  const last = close - lineEnd;
  let written = free;
  let strange = 0;
  let line = first;
  for (; line + LINE < last; line += LINE + lineEnd) {
    if (lineEndAt(text, line + LINE) !== lineEnd) return undefined;
    for (let at = line; at < line + LINE; at += 4, written += 3) strange |= decodeFour(text, at, bytes, written);
  }
  const length = last - line;
  if (length < 4 || length > LINE || length % 4 !== 0 || lineEndAt(text, last) !== lineEnd) return undefined;
  for (let at = line; at < last - 4; at += 4, written += 3) strange |= decodeFour(text, at, bytes, written);
  const pads = text.charCodeAt(last - 1) !== PAD ? 0 : text.charCodeAt(last - 2) !== PAD ? 1 : 2;
  strange |= decodeFour(text.slice(last - 4, last - pads) + ZEROS.slice(0, pads), 0, bytes, written);
  if (strange !== 0) return undefined;
  const digits = ((line - first) / (LINE + lineEnd)) * LINE + length - pads;
  return new StrictDigits(bytes.subarray(free, written + 3 - pads), digits, first, lineEnd, last - pads, close);
}

/** Digits that add nothing to the bytes before them. */
const ZEROS = "AA";

/** Four digits to three bytes; not 0 where one of them is none. */
function decodeFour(text: string, at: number, bytes: Uint8Array, to: number): number {
  const a = text.charCodeAt(at);
  const b = text.charCodeAt(at + 1);
  const c = text.charCodeAt(at + 2);
  const d = text.charCodeAt(at + 3);
  const four = (valueOfDigit(a) << 18) | (valueOfDigit(b) << 12) | (valueOfDigit(c) << 6) | valueOfDigit(d);
  bytes[to] = four >> 16;
  bytes[to + 1] = four >> 8;
  bytes[to + 2] = four;
  return (four >> 24) | ((a | b | c | d) >> 7);
}

/** Below 0 of what is no digit. */
const valueOfDigit = (code: number): number => VALUES[code & 0x7f] ?? -1;

const NONE: readonly never[] = [];

class StrictSection implements PemSection {
  readonly label: string;
  readonly span: Span;
  readonly body: Span;
  readonly base64: Base64;

  constructor(label: string, whole: Span, body: Span, base64: Base64) {
    this.label = label;
    this.span = whole;
    this.body = body;
    this.base64 = base64;
  }
  get endLabel(): string {
    return this.label;
  }
  get begin(): Span {
    return span(this.span.start, this.body.start);
  }
  get end(): Span {
    return span(this.body.end, this.span.end);
  }
  get headers(): readonly string[] {
    return NONE;
  }
  get problems(): readonly PemProblem[] {
    return NONE;
  }
  get isStrict(): boolean {
    return true;
  }
}

class StrictDigits implements Base64 {
  readonly bytes: Uint8Array;
  readonly digits: number;
  readonly #first: number;
  readonly #lineEnd: number;
  /** Behind the last digit, and behind the body. */
  readonly #last: number;
  readonly #end: number;

  constructor(bytes: Uint8Array, digits: number, first: number, lineEnd: number, last: number, end: number) {
    this.bytes = bytes;
    this.digits = digits;
    this.#first = first;
    this.#lineEnd = lineEnd;
    this.#last = last;
    this.#end = end;
  }
  get strange(): readonly Span[] {
    return NONE;
  }
  get strangeCount(): number {
    return 0;
  }
  get escape(): undefined {
    return undefined;
  }
  get padding(): undefined {
    return undefined;
  }

  textSpan(offset: number, length: number): Span {
    const start = this.#placeOf(Math.floor((offset * 4) / 3)) ?? this.#end;
    if (length <= 0) return span(start, start);
    const place = this.#placeOf(Math.floor(((offset + length) * 8 - 1) / 6));
    return span(start, place === undefined ? Math.max(start, this.#last) : place + 1);
  }

  #placeOf(digit: number): number | undefined {
    return digit < 0 || digit >= this.digits ? undefined : this.#first + digit + Math.floor(digit / LINE) * this.#lineEnd;
  }
}
