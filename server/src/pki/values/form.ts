/** How the value of an extension is read, and how it is said: one object of both, so that neither knows what the other does not. */
import { type ByteRange, DerReader, TAG } from "../der/der.ts";
import { decodeString } from "../der/primitives.ts";

export interface Decoded {
  /** As JSON holds it; its shape is that of the published schema. */
  readonly value: unknown;
  readonly text: string;
}
export type Form = (der: Uint8Array, range: ByteRange) => Decoded | undefined;

/** Undefined where the value is malformed. The words of a list are joined by commas. */
export const form =
  <T>(read: (value: DerReader) => T, words: (value: T) => string | readonly string[]): Form =>
  (der, range) => {
    const reader = new DerReader(der, range);
    const value = read(reader);
    reader.finish("the value");
    if (reader.error !== undefined) return undefined;
    const said = words(value);
    return { value, text: typeof said === "string" ? said : said.join(", ") };
  };

/** A SEQUENCE OF. */
export function listOf<T>(reader: DerReader, what: string, read: (inner: DerReader) => T): readonly T[] {
  const list = reader.inside(reader.read(TAG.sequence, what));
  const found: T[] = [];
  while (list.more) found.push(read(list));
  return found;
}

/** The reader of a SEQUENCE that comes next. */
export const sequenceIn = (reader: DerReader, what: string): DerReader => reader.inside(reader.read(TAG.sequence, what));

export function stringIn(reader: DerReader): string {
  const { tag, content, end } = reader.readAny();
  return decodeString(tag, reader.bytes, content, end);
}
