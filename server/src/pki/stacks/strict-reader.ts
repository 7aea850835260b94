/**
 * DER as rustls-webpki reads it: lazily, one level at a time, and with an error of its own for almost every element. The first
 * failure stays; what is read after it is empty.
 */
import { type ByteRange, DER_LIMIT, DerReader, type Element } from "../der/der.ts";

export interface Failure extends ByteRange {
  readonly kind: string;
  readonly message: string;
}

/** For the parts of a revocation list that may be of any length (`MAX_DER_SIZE`). */
export const UNLIMITED = 0xffff_ffff;

/** What the readers of one object share. */
interface Outcome {
  failure: Failure | undefined;
}

export class StrictReader {
  readonly bytes: Uint8Array;
  readonly #range: ByteRange;
  readonly #outcome: Outcome;
  readonly #der: DerReader;

  constructor(bytes: Uint8Array, range: ByteRange = { start: 0, end: bytes.length }, outcome: Outcome = { failure: undefined }) {
    this.bytes = bytes;
    this.#range = range;
    this.#outcome = outcome;
    // A level at a time is read, so that the size of the input is bound enough.
    this.#der = new DerReader(bytes, range, 0, { error: undefined, elements: Number.NEGATIVE_INFINITY });
  }

  get failure(): Failure | undefined {
    return this.#outcome.failure;
  }
  get more(): boolean {
    return this.failure === undefined && this.#der.more;
  }

  fail(kind: string, message: string, range: ByteRange = this.#range): void {
    this.#outcome.failure ??= { kind, message, start: range.start, end: range.end };
  }

  nextIs(tag: number): boolean {
    return this.failure === undefined && this.#der.nextIs(tag);
  }

  /** The next element. `kind` is the error when there is none, when it is malformed, too long or has another tag. */
  read(tag: number, what: string, kind = "BadDer", limit = DER_LIMIT): Element {
    return this.#checked(this.failure === undefined ? this.#der.read(tag, what) : NOTHING, kind, limit);
  }
  readAny(kind = "BadDer"): Element {
    return this.#checked(this.failure === undefined ? this.#der.readAny() : NOTHING, kind);
  }

  /** A reader over the contents of an element, which shares the failure. */
  inside(element: Element): StrictReader {
    return new StrictReader(this.bytes, { start: element.content, end: element.end }, this.#outcome);
  }

  /** All of it must have been read. */
  finish(kind: string, what: string): void {
    if (this.more) this.fail(kind, `${this.#range.end - this.#der.at} bytes follow ${what}`, { start: this.#der.at, end: this.#range.end });
  }

  contents(element: Element): Uint8Array {
    return this.bytes.subarray(element.content, element.end);
  }

  #checked(element: Element, kind: string, limit = DER_LIMIT): Element {
    const { error } = this.#der;
    if (error !== undefined) this.fail(kind, error.message, { start: error.offset, end: Math.min(error.offset + 1, this.bytes.length) });
    else if (element.end - element.content >= limit) this.fail(kind, `an element has ${limit} bytes or more`, element);
    return this.failure === undefined ? element : NOTHING;
  }
}

const NOTHING: Element = { tag: 0, start: 0, content: 0, end: 0 };

/** The contents of a BIT STRING that must have no unused bits, with webpki's two errors. */
export function readWholeBits(reader: StrictReader, what: string, trailing: string): ByteRange {
  const element = reader.read(0x03, what, trailing);
  const start = element.content + 1;
  if (reader.failure === undefined && (element.content === element.end || reader.bytes[element.content] !== 0))
    reader.fail("BadDer", `${what} has unused bits`, element);
  return { start: Math.min(start, element.end), end: element.end };
}
