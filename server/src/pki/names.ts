/** Names of X.509: distinguished names as RFC 4514 text, and the general names of subjectAltName. */
import { type ByteRange, context, type DerReader, type Element, TAG, toHex } from "./der.ts";
import { ATTRIBUTES } from "./oids.ts";
import { decodeOid, decodeString, latin1, readOid } from "./primitives.ts";

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
  const attributes: Attribute[] = [];
  const parts: string[] = [];
  while (inner.more) {
    const set = inner.inside(inner.read(TAG.set, `a set within ${what}`));
    const together: string[] = [];
    while (set.more) {
      const attribute = readAttribute(set, what);
      attributes.push(attribute);
      together.push(`${attribute.type}=${escapeValue(attribute.value)}`);
    }
    parts.push(together.join("+"));
  }
  return { start: element.start, end: element.end, text: parts.reverse().join(","), attributes };
}

function readAttribute(reader: DerReader, what: string): Attribute {
  const element = reader.read(TAG.sequence, `an attribute of ${what}`);
  const inner = reader.inside(element);
  const oid = readOid(inner, "an attribute's type");
  const value = inner.readAny();
  inner.finish(`an attribute of ${what}`);
  const text = decodeString(value.tag, reader.contents(value));
  return { start: element.start, end: element.end, type: ATTRIBUTES[oid] ?? oid, value: text };
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
  const contents = reader.contents(element);
  const name = (kind: GeneralNameKind, value: string): GeneralName => ({ start: element.start, end: element.end, kind, value });
  switch (element.tag) {
    case context(1, false):
      return name("email", latin1(contents));
    case context(2, false):
      return name("DNS", latin1(contents));
    case context(4): {
      const inner = reader.inside(element);
      const directory = readName(inner, "a directory name");
      inner.finish("a directory name");
      return name("directory", directory.text);
    }
    case context(6, false):
      return name("URI", latin1(contents));
    case context(7, false):
      return name("IP", address(contents));
    case context(8, false):
      return name("other", `registered ${decodeOid(contents)}`);
    case context(0):
      return name("other", otherName(reader, element));
    case context(3):
    case context(5):
      return name("other", `#${toHex(contents)}`);
    default:
      reader.fail("BadDer", element.start, `a name of unknown form, tag 0x${element.tag.toString(16)}`);
      return name("other", "");
  }
}

function otherName(reader: DerReader, element: Element): string {
  const inner = reader.inside(element);
  const oid = readOid(inner, "the type of an otherName");
  const wrapped = inner.inside(inner.read(context(0), "the value of an otherName"));
  const value = wrapped.readAny();
  return `${oid}:${decodeString(value.tag, reader.contents(value))}`;
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
