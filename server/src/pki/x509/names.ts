/** Names of X.509: distinguished names as RFC 4514 text, and the general names of subjectAltName. */
import { latin1, toHex } from "../der/characters.ts";
import { type ByteRange, context, type DerReader, type Element, TAG } from "../der/der.ts";
import { ATTRIBUTES } from "../der/oids.ts";
import { decodeOid, decodeString, readOid } from "../der/primitives.ts";

export interface Attribute extends ByteRange {
  /** "CN", "O", …; the identifier when it has no short name. */
  readonly type: string;
  readonly value: string;
}
export interface Name extends ByteRange {
  /** RFC 4514, most specific first: `CN=api,O=Example`. Empty for an empty name. */
  readonly text: string;
  readonly attributes: readonly Attribute[];
}

export type GeneralNameKind = "DNS" | "IP" | "URI" | "email" | "directory" | "other";
export interface GeneralName extends ByteRange {
  readonly kind: GeneralNameKind;
  readonly value: string;
}

export function readName(reader: DerReader, what: string): Name {
  const element = reader.read(TAG.sequence, what);
  const inner = reader.inside(element);
  const attributes: EncodedAttribute[] = [];
  let sets = 0;
  for (; inner.more; sets++) {
    const set = inner.inside(inner.read(TAG.set, `a set within ${what}`));
    while (set.more) attributes.push(readAttribute(set, what, sets));
  }
  return new EncodedName(element, attributes, sets);
}

function readAttribute(reader: DerReader, what: string, set: number): EncodedAttribute {
  const element = reader.read(TAG.sequence, `an attribute of ${what}`);
  const inner = reader.inside(element);
  const oid = readOid(inner, "an attribute's type");
  const value = inner.readAny();
  inner.finish(`an attribute of ${what}`);
  return new EncodedAttribute(reader.bytes, element, ATTRIBUTES[oid] ?? oid, value, set);
}

/** Where its parts stand is read at once, what they say when somebody asks. */
class EncodedName implements Name {
  readonly start: number;
  readonly end: number;
  readonly attributes: readonly EncodedAttribute[];
  readonly #sets: number;
  #text: string | undefined;

  constructor({ start, end }: ByteRange, attributes: readonly EncodedAttribute[], sets: number) {
    this.start = start;
    this.end = end;
    this.attributes = attributes;
    this.#sets = sets;
  }
  get text(): string {
    if (this.#text !== undefined) return this.#text;
    const sets = new Array<string>(this.#sets).fill("");
    for (const { set, type, value } of this.attributes) {
      const before = sets[set] ?? "";
      sets[set] = `${before}${before === "" ? "" : "+"}${type}=${escapeValue(value)}`;
    }
    this.#text = sets.reverse().join(",");
    return this.#text;
  }
}

class EncodedAttribute implements Attribute {
  readonly start: number;
  readonly end: number;
  readonly type: string;
  /** The number of the set that it stands in: mostly each has one of its own. */
  readonly set: number;
  readonly #bytes: Uint8Array;
  readonly #element: Element;
  #value: string | undefined;

  constructor(bytes: Uint8Array, { start, end }: ByteRange, type: string, element: Element, set: number) {
    this.start = start;
    this.end = end;
    this.type = type;
    this.set = set;
    this.#bytes = bytes;
    this.#element = element;
  }
  get value(): string {
    this.#value ??= decodeString(this.#element.tag, this.#bytes, this.#element.content, this.#element.end);
    return this.#value;
  }
}

/** RFC 4514 §2.4, except that control characters stay: who shows them decides how. */
const escapeValue = (value: string): string => value.replace(/[",+;<>\\]|^[ #]| $/g, (character) => `\\${character}`);

/** RFC 5280 §4.2.1.6. */
export function readGeneralNames(reader: DerReader): GeneralName[] {
  const sequence = reader.inside(reader.read(TAG.sequence, "a list of names"));
  const names: GeneralName[] = [];
  while (sequence.more) names.push(readGeneralName(sequence));
  sequence.finish("the list of names");
  return names;
}

export const readGeneralName = (reader: DerReader): GeneralName => generalName(reader, reader.readAny());

function generalName(reader: DerReader, element: Element): GeneralName {
  const { bytes } = reader;
  const { content, end } = element;
  switch (element.tag) {
    case context(1, false):
      return new EncodedGeneralName("email", element, () => latin1(bytes, content, end));
    case context(2, false):
      return new EncodedGeneralName("DNS", element, () => latin1(bytes, content, end));
    case context(4): {
      const inner = reader.inside(element);
      const directory = readName(inner, "a directory name");
      inner.finish("a directory name");
      return new EncodedGeneralName("directory", element, () => directory.text);
    }
    case context(6, false):
      return new EncodedGeneralName("URI", element, () => latin1(bytes, content, end));
    case context(7, false):
      return new EncodedGeneralName("IP", element, () => address(bytes.subarray(content, end)));
    case context(8, false):
      return new EncodedGeneralName("other", element, () => `registered ID ${decodeOid(bytes.subarray(content, end))}`);
    case context(0): {
      const other = otherName(reader, element);
      return new EncodedGeneralName("other", element, () => other);
    }
    case context(3):
    case context(5):
      return new EncodedGeneralName("other", element, () => `#${toHex(bytes, content, end)}`);
    default:
      reader.fail("BadDer", element.start, `a name of unknown form, tag 0x${element.tag.toString(16)}`);
      return new EncodedGeneralName("other", element, () => "");
  }
}

class EncodedGeneralName implements GeneralName {
  readonly kind: GeneralNameKind;
  readonly start: number;
  readonly end: number;
  readonly #decode: () => string;
  #value: string | undefined;

  constructor(kind: GeneralNameKind, { start, end }: ByteRange, decode: () => string) {
    this.kind = kind;
    this.start = start;
    this.end = end;
    this.#decode = decode;
  }
  get value(): string {
    this.#value ??= this.#decode();
    return this.#value;
  }
}

function otherName(reader: DerReader, element: Element): string {
  const inner = reader.inside(element);
  const oid = readOid(inner, "the type of an otherName");
  const wrapped = inner.inside(inner.read(context(0), "the value of an otherName"));
  const value = wrapped.readAny();
  return `${oid}:${decodeString(value.tag, reader.bytes, value.content, value.end)}`;
}

/** RFC 5952 for 16 bytes, dotted decimals for four, hexadecimal digits for lengths that no address has. */
export function address(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join(".");
  if (bytes.length !== 16) return `#${toHex(bytes)}`;
  const groups = Array.from({ length: 8 }, (_, index) => (((bytes[index * 2] ?? 0) << 8) | (bytes[index * 2 + 1] ?? 0)).toString(16));
  const zeros = [...groups.join(":").matchAll(/\b0(?::0)+\b/g)].sort((a, b) => b[0].length - a[0].length)[0];
  if (zeros === undefined) return groups.join(":");
  const text = groups.join(":");
  return `${text.slice(0, zeros.index).replace(/:$/, "")}::${text.slice(zeros.index + zeros[0].length).replace(/^:/, "")}`;
}
