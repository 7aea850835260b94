/**
 * The frames of PKCS#7 and PKCS#12, which their standards let be BER: indefinite lengths, strings in pieces, lengths that are not the
 * shortest. What lies inside (a certificate, a key) is handed on as it is, for the strict reader to judge.
 */
import { type ByteRange, type DerError, TAG } from "./der.ts";
import { decodeOid } from "./primitives.ts";

export interface BerElement extends ByteRange {
  readonly tag: number;
  /** The contents; of an element of indefinite length `end` lies two bytes behind them. */
  readonly content: number;
  readonly contentEnd: number;
}

/** The bytes of a string, put together where it is in pieces, and where each of them stands in the file. */
export interface Octets {
  readonly bytes: Uint8Array;
  place(offset: number): number;
}

/** Frames nest some ten levels, and twice as many where somebody wraps part for part. */
const MAXIMUM_DEPTH = 32;
/** Strings come in pieces of a thousand bytes or more: enough for what is read at all. */
const MAXIMUM_ELEMENTS = 500_000;

interface Outcome {
  error: DerError | undefined;
  elements: number;
}

/** As `DerReader`: after an error every read answers an empty element, so that callers check once, at the end. */
export class BerReader {
  readonly #octets: Octets;
  readonly #end: number;
  readonly #depth: number;
  readonly #outcome: Outcome;
  #at: number;

  constructor(octets: Octets, range?: ByteRange, depth = 0, outcome: Outcome = { error: undefined, elements: 0 }) {
    this.#octets = octets;
    this.#at = range?.start ?? 0;
    this.#end = range?.end ?? octets.bytes.length;
    this.#depth = depth;
    this.#outcome = outcome;
    if (depth > MAXIMUM_DEPTH) this.fail("TooDeep", this.#at, `elements are nested deeper than ${MAXIMUM_DEPTH}`);
  }

  get error(): DerError | undefined {
    return this.#outcome.error;
  }
  get more(): boolean {
    return this.#outcome.error === undefined && this.#at < this.#end;
  }

  /** `offset` in the bytes of this reader; the error names the byte of the file. */
  fail(kind: DerError["kind"], offset: number, message: string): void {
    this.#outcome.error ??= { kind, offset: this.#octets.place(offset), message };
  }

  nextIs(tag: number): boolean {
    return this.more && this.#octets.bytes[this.#at] === tag;
  }

  read(tag: number, what: string): BerElement {
    if (this.error === undefined && !this.nextIs(tag)) {
      const found =
        this.#at < this.#end ? `found tag 0x${(this.#octets.bytes[this.#at] ?? 0).toString(16).padStart(2, "0")}` : "the data ends";
      this.fail("BadDer", this.#at, `expected ${what}, ${found}`);
    }
    return this.readAny();
  }

  optional(tag: number, what: string): BerElement | undefined {
    return this.nextIs(tag) ? this.read(tag, what) : undefined;
  }

  readAny(): BerElement {
    const element = this.#element(this.#at, this.#end, this.#depth);
    if (this.error !== undefined) return { tag: 0, start: this.#at, content: this.#at, contentEnd: this.#at, end: this.#at };
    this.#at = element.end;
    return element;
  }

  inside({ content, contentEnd }: BerElement): BerReader {
    return new BerReader(this.#octets, { start: content, end: contentEnd }, this.#depth + 1, this.#outcome);
  }

  /** A reader of what a string holds. */
  within(octets: Octets): BerReader {
    return new BerReader(octets, undefined, this.#depth + 1, this.#outcome);
  }

  /** The whole of an element, as it is written. */
  whole({ start, end }: ByteRange): Octets {
    return this.#slice(start, end);
  }

  /** Where an element stands in the file. */
  placeOf({ start, end }: ByteRange): ByteRange {
    return { start: this.#octets.place(start), end: this.#octets.place(Math.max(start, end - 1)) + 1 };
  }

  /** A string, in one piece or in several (X.690 §8.7.3); its tag may be an implicit one. */
  octets(element: BerElement): Octets {
    if ((element.tag & CONSTRUCTED) === 0) return this.#slice(element.content, element.contentEnd);
    const pieces: BerElement[] = [];
    this.#pieces(element, pieces, this.#depth + 1);
    const { place } = this.#octets;
    const starts: number[] = [];
    let length = 0;
    for (const piece of pieces) {
      starts.push(length);
      length += piece.contentEnd - piece.content;
    }
    const bytes = new Uint8Array(this.error === undefined ? length : 0);
    for (const [index, piece] of pieces.entries())
      if (bytes.length > 0) bytes.set(this.#octets.bytes.subarray(piece.content, piece.contentEnd), starts[index] ?? 0);
    return {
      bytes,
      place(offset) {
        let [low, high] = [0, starts.length - 1];
        while (low < high) {
          const middle = (low + high + 1) >> 1;
          if ((starts[middle] ?? 0) <= offset) low = middle;
          else high = middle - 1;
        }
        return place((pieces[low]?.content ?? element.content) + offset - (starts[low] ?? 0));
      },
    };
  }

  oid(what: string): string {
    const { content, contentEnd } = this.read(TAG.oid, what);
    return this.error === undefined ? decodeOid(this.#octets.bytes.subarray(content, contentEnd)) : "";
  }

  /** Not negative, and exact as far as a number is: what is larger is absurd wherever it is asked for. */
  number(what: string): { readonly value: number; readonly place: ByteRange } {
    const element = this.read(TAG.integer, what);
    const bytes = this.#octets.bytes.subarray(element.content, element.contentEnd);
    if (this.error === undefined && (bytes.length === 0 || (bytes[0] ?? 0) >= 0x80))
      this.fail("BadDer", element.start, `${what} is ${bytes.length === 0 ? "empty" : "negative"}`);
    return {
      value: bytes.length > 64 ? Number.POSITIVE_INFINITY : bytes.reduce((sum, byte) => sum * 256 + byte, 0),
      place: this.placeOf(element),
    };
  }

  #slice(start: number, end: number): Octets {
    const { bytes, place } = this.#octets;
    return { bytes: bytes.subarray(start, end), place: (offset) => place(start + offset) };
  }

  #pieces(element: BerElement, into: BerElement[], depth: number): void {
    if (depth > MAXIMUM_DEPTH) this.fail("TooDeep", element.start, `elements are nested deeper than ${MAXIMUM_DEPTH}`);
    for (let at = element.content; this.error === undefined && at < element.contentEnd; ) {
      const piece = this.#element(at, element.contentEnd, depth);
      if (this.error !== undefined) return;
      if (piece.tag === TAG.octetString) into.push(piece);
      else if (piece.tag === (TAG.octetString | CONSTRUCTED)) this.#pieces(piece, into, depth + 1);
      else this.fail("BadDer", at, "a piece of a string is no string");
      at = piece.end;
    }
  }

  #element(start: number, limit: number, depth: number): BerElement {
    const none = { tag: 0, start, content: start, contentEnd: start, end: start };
    const { bytes } = this.#octets;
    if (++this.#outcome.elements > MAXIMUM_ELEMENTS) this.fail("TooMany", start, `there are more than ${MAXIMUM_ELEMENTS} elements`);
    const tag = bytes[start] ?? 0;
    const first = bytes[start + 1] ?? 0;
    if (start + 1 >= limit) this.fail("BadDer", start, "the data ends within an element");
    else if ((tag & 0x1f) === 0x1f) this.fail("BadDer", start, "a tag number above 30");
    else if (first === 0x80 && (tag & CONSTRUCTED) === 0) this.fail("BadDer", start + 1, "an indefinite length of a primitive element");
    else if (first > 0x88) this.fail("BadDer", start + 1, `a length of ${first & 0x7f} bytes`);
    if (this.error !== undefined) return none;
    if (first === 0x80) {
      const close = this.#close(start + 2, limit, depth + 1);
      return this.error === undefined ? { tag, start, content: start + 2, contentEnd: close, end: close + 2 } : none;
    }
    const count = first > 0x80 ? first & 0x7f : 0;
    let length = count > 0 ? 0 : first;
    for (let at = start + 2; at < start + 2 + count; at++) length = length * 256 + (bytes[at] ?? 0);
    const content = start + 2 + count;
    if (content + length > limit) {
      this.fail("BadDer", start, `an element of ${length} bytes is cut off after ${Math.max(0, limit - content)}`);
      return none;
    }
    return { tag, start, content, contentEnd: content + length, end: content + length };
  }

  /** Where the two zeros stand that close an element of indefinite length. */
  #close(from: number, limit: number, depth: number): number {
    const { bytes } = this.#octets;
    if (depth > MAXIMUM_DEPTH) this.fail("TooDeep", from, `elements are nested deeper than ${MAXIMUM_DEPTH}`);
    for (let at = from; this.error === undefined; at = this.#element(at, limit, depth).end) {
      if (at + 2 > limit) this.fail("BadDer", from - 2, "an element of indefinite length is not closed");
      else if (bytes[at] === 0 && bytes[at + 1] === 0) return at;
    }
    return from;
  }
}

const CONSTRUCTED = 0x20;

/** Bytes of a file that are their own places. */
export const plainOctets = (bytes: Uint8Array): Octets => ({ bytes, place: (offset) => offset });
