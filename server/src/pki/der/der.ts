/** Strict DER: tags and lengths, each with its offset, and one error that names the byte. */

/** A part of a DER object: half-open range of byte offsets from the object's start. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}
export interface Element extends ByteRange {
  readonly tag: number;
  /** Where the contents start; they end with the element. */
  readonly content: number;
}
export interface DerError {
  /** The name that the error has in webpki and rustls, as far as they have one. */
  readonly kind: "BadDer" | "TrailingData" | "TooDeep" | "TooMany";
  readonly offset: number;
  /** It may be BER of another form, which OpenSSL reads in part: an indefinite length, a string in pieces. */
  readonly ber?: boolean;
  /** Lower case, no full stop: "the length is not minimal". */
  readonly message: string;
}

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utf8String: 0x0c,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

const CONSTRUCTED = 0x20;

export const context = (number: number, constructed = true): number => 0x80 | (constructed ? 0x20 : 0) | number;

/** rustls-webpki refuses elements of this many bytes and more within certificates (`TWO_BYTE_DER_SIZE` in its `der.rs`). */
export const DER_LIMIT = 0xffff;

/** Certificates nest about ten levels; the bound only stops input that was made to hurt. */
const MAXIMUM_DEPTH = 32;

/** A certificate of the size that rustls accepts has a few thousand elements at most. */
const MAXIMUM_ELEMENTS = 200_000;

/** What all readers over one object share: the first error, which stays, and how many elements were read. */
interface Outcome {
  error: DerError | undefined;
  elements: number;
  /** As OpenSSL reads: lengths that are not minimal, other truth values than 00 and FF, any unused bits. */
  readonly lax?: boolean;
}

/**
 * Reads elements one after the other. After an error every read answers an empty element and `more` is false, so that
 * callers check `error` once, at the end.
 */
export class DerReader {
  readonly bytes: Uint8Array;
  readonly end: number;
  readonly #depth: number;
  readonly #outcome: Outcome;
  #at: number;

  constructor(
    bytes: Uint8Array,
    range: ByteRange = { start: 0, end: bytes.length },
    depth = 0,
    outcome: Outcome = { error: undefined, elements: 0 },
  ) {
    this.bytes = bytes;
    this.end = range.end;
    this.#at = range.start;
    this.#depth = depth;
    this.#outcome = outcome;
    if (depth > MAXIMUM_DEPTH) this.fail("TooDeep", range.start, `elements are nested deeper than ${MAXIMUM_DEPTH}`);
  }

  /** A reader that is no stricter than OpenSSL is. */
  static lax(bytes: Uint8Array, range: ByteRange = { start: 0, end: bytes.length }): DerReader {
    return new DerReader(bytes, range, 0, { error: undefined, elements: 0, lax: true });
  }

  get lax(): boolean {
    return this.#outcome.lax === true;
  }
  get error(): DerError | undefined {
    return this.#outcome.error;
  }
  get at(): number {
    return this.#at;
  }
  get more(): boolean {
    return this.#outcome.error === undefined && this.#at < this.end;
  }

  /** The first failure wins: those that follow are its consequences. */
  fail(kind: DerError["kind"], offset: number, message: string, ber = false): void {
    this.#outcome.error ??= ber ? { kind, offset, message, ber } : { kind, offset, message };
  }

  nextIs(tag: number): boolean {
    return this.more && this.bytes[this.#at] === tag;
  }

  /** The next element, which must have this tag; `what` completes "expected …". */
  read(tag: number, what: string): Element {
    if (this.error === undefined && !this.nextIs(tag)) {
      const found = this.#at < this.end ? `found tag 0x${hex2(this.bytes[this.#at] ?? 0)}` : "the data ends";
      const pieces = this.#at < this.end && ((this.bytes[this.#at] ?? 0) ^ tag) === CONSTRUCTED;
      this.fail("BadDer", this.#at, `expected ${what}, ${found}`, pieces);
    }
    return this.readAny();
  }

  optional(tag: number, what: string): Element | undefined {
    return this.nextIs(tag) ? this.read(tag, what) : undefined;
  }

  /** Reads all that is left, elements of one kind, and says how many there are. Lists of a million entries are real. */
  count(tag: number, what: string): number {
    let count = 0;
    for (; this.more; count++) {
      this.read(tag, what);
      this.#outcome.elements--;
    }
    return count;
  }

  readAny(): Element {
    const start = this.#at;
    if (++this.#outcome.elements > MAXIMUM_ELEMENTS) this.fail("TooMany", start, `there are more than ${MAXIMUM_ELEMENTS} elements`);
    if (this.error !== undefined) return { tag: 0, start, content: start, end: start };
    const tag = this.bytes[start] ?? 0;
    if (start >= this.end) this.#ends(start);
    else if ((tag & 0x1f) === 0x1f) this.#refuse(start, "a tag number above 30", true);
    const content = start + 1 + lengthOfLength(this.bytes[start + 1] ?? 0);
    const length = this.#lengthAt(start + 1);
    if (this.error === undefined && content + length > this.end) {
      this.fail("BadDer", start, `an element of ${length} bytes is cut off after ${Math.max(0, this.end - content)}`);
    }
    if (this.error !== undefined) return { tag: 0, start, content: start, end: start };
    this.#at = content + length;
    return { tag, start, content, end: this.#at };
  }

  /** A reader over the contents of an element. */
  inside(element: Element): DerReader {
    return new DerReader(this.bytes, { start: element.content, end: element.end }, this.#depth + 1, this.#outcome);
  }

  /** A reader over DER that is wrapped in an octet or bit string. */
  within(range: ByteRange): DerReader {
    return new DerReader(this.bytes, range, this.#depth + 1, this.#outcome);
  }

  /** The same with an outcome of its own: a failure there leaves what is around it readable. An element: its contents. */
  apart(range: ByteRange | Element): DerReader {
    return new DerReader(this.bytes, { start: "content" in range ? range.content : range.start, end: range.end }, this.#depth + 1, {
      error: undefined,
      elements: 0,
      lax: this.lax,
    });
  }

  /** All of it must have been read. */
  finish(what: string): void {
    if (this.more) this.fail("TrailingData", this.#at, `${this.end - this.#at} bytes follow ${what}`);
  }

  contents(element: Element): Uint8Array {
    return this.bytes.subarray(element.content, element.end);
  }

  #lengthAt(at: number): number {
    if (this.error !== undefined) return 0;
    if (at >= this.end) return this.#ends(at);
    const first = this.bytes[at] ?? 0;
    if (first < 0x80) return first;
    if (first === 0x80) return this.#refuse(at, "an indefinite length", true);
    const count = first & 0x7f;
    if (count > (this.lax ? 8 : 4)) return this.#refuse(at, `a length of ${count} bytes`);
    if (at + 1 + count > this.end) return this.#ends(at);
    let length = 0;
    for (let index = 1; index <= count; index++) length = length * 256 + (this.bytes[at + index] ?? 0);
    if (!this.lax && (length < 0x80 || length < 256 ** (count - 1))) return this.#refuse(at, "a length that is not minimal");
    return length;
  }
  #ends(at: number): 0 {
    this.fail("BadDer", at, "the data ends within an element");
    return 0;
  }
  #refuse(at: number, what: string, ber = false): 0 {
    this.fail("BadDer", at, `${what}, which DER forbids`, ber);
    return 0;
  }
}

/** How many bytes say how long an element is, by the first of them. */
const lengthOfLength = (first: number): number => (first < 0x80 ? 1 : 1 + (first & 0x7f));

/** Reads one element that must be the whole of the bytes. */
export function readWhole(
  bytes: Uint8Array,
  tag: number,
  what: string,
  lax = false,
): { readonly reader: DerReader; readonly element: Element } {
  const reader = lax ? DerReader.lax(bytes) : new DerReader(bytes);
  return { reader, element: reader.read(tag, what) };
}

const hex2 = (byte: number): string => byte.toString(16).padStart(2, "0");

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && sameFrom(a, 0, b, 0, a.length);

/** Parts of two objects are the same bytes. */
export const sameRange = (a: Uint8Array, one: ByteRange, b: Uint8Array, other: ByteRange): boolean =>
  one.end - one.start === other.end - other.start && sameFrom(a, one.start, b, other.start, one.end - one.start);

function sameFrom(a: Uint8Array, from: number, b: Uint8Array, other: number, length: number): boolean {
  for (let at = 0; at < length; at++) if (a[from + at] !== b[other + at]) return false;
  return true;
}
