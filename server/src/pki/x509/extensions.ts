/** Extensions of certificates, requests and lists: where each stands, and the values that rules and descriptions need. */
import { toHex } from "../der/characters.ts";
import { type ByteRange, context, type DerError, type DerReader, TAG } from "../der/der.ts";
import { EXTENSIONS, PURPOSES } from "../der/oids.ts";
import { readBitString, readBoolean, readOid, readSmallInteger } from "../der/primitives.ts";
import { type GeneralName, readGeneralNames } from "./names.ts";

export interface Extension extends ByteRange {
  readonly oid: string;
  /** "basicConstraints"; the identifier when it has no name here. */
  readonly name: string;
  readonly critical: boolean;
  /** The DER inside the octet string. */
  readonly value: ByteRange;
}

export interface ExtensionValues {
  readonly basicConstraints: { readonly ca: boolean; readonly pathLength: number | undefined } | undefined;
  readonly keyUsage: readonly string[] | undefined;
  /** Names of purposes; the identifier where there is none. */
  readonly purposes: readonly string[] | undefined;
  readonly alternativeNames: readonly GeneralName[] | undefined;
  /** Hexadecimal. */
  readonly subjectKeyId: string | undefined;
  readonly authorityKeyId: string | undefined;
  /** What could not be decoded: the extension, and why. */
  readonly malformed: readonly { readonly extension: Extension; readonly error: DerError }[];
}

export function readExtensions(reader: DerReader): Extension[] {
  const sequence = reader.inside(reader.read(TAG.sequence, "extensions"));
  const extensions: Extension[] = [];
  while (sequence.more) {
    const element = sequence.read(TAG.sequence, "an extension");
    const inner = sequence.inside(element);
    const oid = readOid(inner, "an extension's identifier");
    const critical = inner.nextIs(TAG.boolean) ? readBoolean(inner, "an extension's criticality") : false;
    const octets = inner.read(TAG.octetString, "an extension's value");
    inner.finish("an extension");
    const value = { start: octets.content, end: octets.end };
    extensions.push({ start: element.start, end: element.end, oid, name: EXTENSIONS[oid] ?? oid, critical, value });
  }
  return extensions;
}

export function extensionValues(reader: DerReader, extensions: readonly Extension[]): ExtensionValues {
  const malformed: { readonly extension: Extension; readonly error: DerError }[] = [];
  /** The first extension of the name, decoded on its own: a malformed value does not hide the others. */
  function decode<T>(name: string, read: (value: DerReader) => T): T | undefined {
    const extension = extensions.find((it) => it.name === name);
    if (extension === undefined) return undefined;
    const value = reader.apart(extension.value);
    const result = read(value);
    // `X509_get_ext_d2i` decodes a value and does not ask what follows it.
    if (!value.lax) value.finish(`the value of ${name}`);
    if (value.error === undefined) return result;
    malformed.push({ extension, error: value.error });
    return undefined;
  }
  return {
    basicConstraints: decode("basicConstraints", readBasicConstraints),
    keyUsage: decode("keyUsage", readKeyUsage),
    purposes: decode("extKeyUsage", readPurposes),
    alternativeNames: decode("subjectAltName", readGeneralNames),
    subjectKeyId: decode("subjectKeyIdentifier", readSubjectKeyId),
    authorityKeyId: decode("authorityKeyIdentifier", readAuthorityKeyId),
    malformed,
  };
}

/** RFC 5280 §4.2.1.9. An explicit FALSE is not DER, but common, and every stack takes it. */
export function readBasicConstraints(value: DerReader): { ca: boolean; pathLength: number | undefined } {
  const inner = value.inside(value.read(TAG.sequence, "basic constraints"));
  const ca = inner.nextIs(TAG.boolean) ? readBoolean(inner, "cA") : false;
  const pathLength = inner.nextIs(TAG.integer) ? readSmallInteger(inner, "pathLenConstraint") : undefined;
  inner.finish("basic constraints");
  return { ca, pathLength };
}

/** RFC 5280 §4.2.1.3, in the order of the bits. */
const USAGES = [
  "digitalSignature",
  "nonRepudiation",
  "keyEncipherment",
  "dataEncipherment",
  "keyAgreement",
  "keyCertSign",
  "cRLSign",
  "encipherOnly",
  "decipherOnly",
] as const;
export function readKeyUsage(value: DerReader): string[] {
  const { element, start, unused } = readBitString(value, "key usage");
  const bits = 8 * (element.end - start) - unused;
  return USAGES.filter((_, bit) => bit < bits && ((value.bytes[start + (bit >> 3)] ?? 0) & (0x80 >> (bit & 7))) !== 0);
}

export function readPurposes(value: DerReader): string[] {
  const inner = value.inside(value.read(TAG.sequence, "purposes"));
  const purposes: string[] = [];
  while (inner.more) {
    const oid = readOid(inner, "a purpose");
    purposes.push(PURPOSES[oid] ?? oid);
  }
  return purposes;
}

function readSubjectKeyId(value: DerReader): string {
  const { content, end } = value.read(TAG.octetString, "a key identifier");
  return toHex(value.bytes, content, end);
}

function readAuthorityKeyId(value: DerReader): string | undefined {
  const inner = value.inside(value.read(TAG.sequence, "an authority key identifier"));
  const id = inner.optional(context(0, false), "a key identifier");
  return id && toHex(value.bytes, id.content, id.end);
}
