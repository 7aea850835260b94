/** Names as values: distinguished names by attribute, general names (RFC 5280 §4.2.1.6) with what is in the rarer forms. */
import { toHex } from "../der/characters.ts";
import { context, type DerReader, type Element, TAG } from "../der/der.ts";
import { ATTRIBUTES } from "../der/oids.ts";
import { decodeOid, decodeString, readOid } from "../der/primitives.ts";
import { address, type Name, readGeneralName } from "../x509/names.ts";
import { type Asn1, asn1Of, asn1Text } from "./asn1.ts";

export interface DistinguishedName {
  /** RFC 4514. */
  readonly text: string;
  /** In the order of the encoding. */
  readonly attributes: readonly { readonly type: string; readonly value: string }[];
}

export const nameValue = ({ text, attributes }: Name): DistinguishedName => ({
  text,
  attributes: attributes.map(({ type, value }) => ({ type, value })),
});

export type GeneralNameValue =
  | { readonly type: "DNS" | "IP" | "URI" | "email" | "directory" | "registeredID"; readonly value: string }
  | { readonly type: "otherName"; readonly oid: string; readonly content?: Asn1 }
  | { readonly type: "x400Address" | "ediPartyName" | "unknown"; readonly hex: string };

export function readGeneralNameValue(reader: DerReader): GeneralNameValue {
  const tag = reader.bytes[reader.at];
  if (tag === context(0)) return otherName(reader, reader.readAny());
  if (tag === context(3) || tag === context(5)) {
    const element = reader.readAny();
    return { type: tag === context(3) ? "x400Address" : "ediPartyName", hex: contentHex(reader, element) };
  }
  if (tag === context(8, false)) return { type: "registeredID", value: decodeOid(reader.contents(reader.readAny())) };
  const { kind, value } = readGeneralName(reader);
  return kind === "other" ? { type: "unknown", hex: value.replace(/^#/, "") } : { type: kind, value };
}

function otherName(reader: DerReader, element: Element): GeneralNameValue {
  const inner = reader.inside(element);
  const oid = readOid(inner, "the type of an otherName");
  const wrapper = inner.read(context(0), "the value of an otherName");
  const content = asn1Of(reader.bytes, { start: wrapper.content, end: wrapper.end });
  return { type: "otherName", oid, ...(content !== undefined && { content }) };
}

const contentHex = (reader: DerReader, { content, end }: Element): string => toHex(reader.bytes, content, end);

export function readGeneralNameValues(reader: DerReader): readonly GeneralNameValue[] {
  const found: GeneralNameValue[] = [];
  while (reader.more) found.push(readGeneralNameValue(reader));
  return found;
}

/** The base of a subtree of name constraints: an address has a mask behind it. */
export function readSubtreeBase(reader: DerReader): GeneralNameValue {
  if (!reader.nextIs(context(7, false))) return readGeneralNameValue(reader);
  const bytes = reader.contents(reader.readAny());
  const half = bytes.length / 2;
  if (half !== 4 && half !== 16) return { type: "IP", value: `#${toHex(bytes)}` };
  return { type: "IP", value: `${address(bytes.subarray(0, half))}/${address(bytes.subarray(half))}` };
}

export function generalNameText(name: GeneralNameValue): string {
  switch (name.type) {
    case "otherName":
      return `other name ${name.oid}${name.content === undefined ? "" : `: ${asn1Text(name.content)}`}`;
    case "registeredID":
      return `registered ID ${name.value}`;
    case "x400Address":
    case "ediPartyName":
    case "unknown":
      return `${name.type} ${name.hex}`;
    default:
      return `${name.type} ${name.value}`;
  }
}

/** A name of a distribution point relative to the issuer's: one set of attributes. */
export function relativeName(reader: DerReader, element: Element): string {
  const set = reader.inside(element);
  const parts: string[] = [];
  while (set.more) {
    const attribute = set.inside(set.read(TAG.sequence, "an attribute"));
    const oid = readOid(attribute, "an attribute's type");
    const { tag, content, end } = attribute.readAny();
    parts.push(`${ATTRIBUTES[oid] ?? oid}=${decodeString(tag, reader.bytes, content, end)}`);
  }
  return parts.join("+");
}
