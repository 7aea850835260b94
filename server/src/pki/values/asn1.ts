/** Any DER as a tree, for contents that nothing here has a form for: as JSON, and in the notation of ASN.1 values. */
import { toHex } from "../der/characters.ts";
import { type ByteRange, DerReader, type Element, TAG } from "../der/der.ts";
import { decodeString, readOid } from "../der/primitives.ts";
import { hidesKey } from "../secrets/secret-spans.ts";
import { dateText, isoOf } from "./dates.ts";

export interface Asn1 {
  /** "SEQUENCE", "INTEGER", "[0]", … */
  readonly type: string;
  /** Of identifiers, strings, times (ISO 8601), truth values, and integers that are exact as a number. */
  readonly value?: string | number | boolean;
  /** Of what has neither `value` nor `children`. */
  readonly hex?: string;
  readonly children?: readonly Asn1[];
}

const NAMES: Readonly<Record<number, string>> = {
  [TAG.boolean]: "BOOLEAN",
  [TAG.integer]: "INTEGER",
  [TAG.bitString]: "BIT STRING",
  [TAG.octetString]: "OCTET STRING",
  [TAG.null]: "NULL",
  [TAG.oid]: "OBJECT IDENTIFIER",
  10: "ENUMERATED",
  [TAG.utf8String]: "UTF8String",
  18: "NumericString",
  19: "PrintableString",
  20: "T61String",
  22: "IA5String",
  [TAG.utcTime]: "UTCTime",
  [TAG.generalizedTime]: "GeneralizedTime",
  26: "VisibleString",
  28: "UniversalString",
  30: "BMPString",
  [TAG.sequence]: "SEQUENCE",
  [TAG.set]: "SET",
};
const CLASSES = ["UNIVERSAL ", "APPLICATION ", "", "PRIVATE "] as const;

/** Undefined: it is no DER, holds a private key, or there is more than anybody reads. */
export function asn1Of(bytes: Uint8Array, range: ByteRange): Asn1 | undefined {
  const reader = new DerReader(bytes, range);
  // In pieces a key would not be recognised any more: what holds one is not taken apart.
  if (!reader.more || hidesKey(bytes.subarray(range.start, range.end))) return undefined;
  const budget = { left: MOST_ELEMENTS };
  const tree = treeOf(reader, reader.readAny(), budget);
  reader.finish("the value");
  return reader.error === undefined && budget.left >= 0 ? tree : undefined;
}
const MOST_ELEMENTS = 2000;

function treeOf(reader: DerReader, element: Element, budget: { left: number }): Asn1 {
  const { tag, content, end } = element;
  const { bytes } = reader;
  const type = NAMES[tag] ?? `[${CLASSES[tag >> 6] ?? ""}${tag & 0x1f}]`;
  if (--budget.left < 0) return { type };
  if ((tag & 0x20) !== 0) {
    const inner = reader.inside(element);
    const children: Asn1[] = [];
    while (inner.more && budget.left >= 0) children.push(treeOf(inner, inner.readAny(), budget));
    return { type, children };
  }
  const hex = toHex(bytes, content, end);
  switch (tag) {
    case TAG.boolean:
      return { type, value: bytes[content] !== 0 };
    case TAG.null:
      return { type };
    case TAG.integer:
    case 10:
      return end - content <= 6 ? { type, value: smallNumber(bytes, content, end) } : { type, hex };
    case TAG.oid: {
      const apart = reader.apart({ start: element.start, end });
      const value = readOid(apart, "an identifier");
      return apart.error === undefined ? { type, value } : { type, hex };
    }
    case TAG.utcTime:
    case TAG.generalizedTime:
      return { type, value: isoOf(reader, element) };
    case TAG.octetString:
    case TAG.bitString:
      return wrapped(reader, element, type, hex, budget);
    default:
      return NAMES[tag] === undefined ? { type, hex } : { type, value: decodeString(tag, bytes, content, end) };
  }
}

/** Octets may hold DER or text. */
function wrapped(reader: DerReader, element: Element, type: string, hex: string, budget: { left: number }): Asn1 {
  const start = element.content + (element.tag === TAG.bitString ? 1 : 0);
  const { bytes } = reader;
  // A structure, no chance element: two bytes are one in many.
  if (element.end - start > 2 && (bytes[start] === TAG.sequence || bytes[start] === TAG.set)) {
    const inner = reader.apart({ start, end: element.end });
    const tree = treeOf(inner, inner.readAny(), budget);
    inner.finish("a structure");
    if (inner.error === undefined) return { type, children: [tree] };
  }
  const printable = element.tag === TAG.octetString && element.end > start && isPrintable(bytes, start, element.end);
  return printable ? { type, value: decodeString(TAG.utf8String, bytes, start, element.end), hex } : { type, hex };
}

function isPrintable(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if ((bytes[at] ?? 0) < 0x20 || (bytes[at] ?? 0) > 0x7e) return false;
  return true;
}

function smallNumber(bytes: Uint8Array, from: number, to: number): number {
  let value = (bytes[from] ?? 0) >= 0x80 ? -1 : 0;
  for (let at = from; at < to; at++) value = value * 256 + (bytes[at] ?? 0);
  return value;
}

/** `SEQUENCE { OBJECT IDENTIFIER 1.2.3, INTEGER 5 }`. */
export function asn1Text({ type, value, hex, children }: Asn1): string {
  if (children !== undefined) return children.length === 0 ? `${type} {}` : `${type} { ${children.map(asn1Text).join(", ")} }`;
  if (value === undefined) return hex === undefined ? type : `${type} ${hex === "" ? "(empty)" : hex}`;
  const quoted = typeof value === "string" && /String|STRING/.test(type);
  return `${type} ${quoted ? JSON.stringify(value) : type.endsWith("Time") ? dateText(String(value)) : value}`;
}
