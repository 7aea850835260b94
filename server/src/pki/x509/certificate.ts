/** X.509 certificates (RFC 5280 §4.1) as data, each field with its place in the DER. */

import { toHex } from "../der/characters.ts";
import { type ByteRange, context, type DerError, type DerReader, type Element, readWhole, sameRange, TAG } from "../der/der.ts";
import { readBitString, readIntegerElement, readSmallInteger, readTime, type Time } from "../der/primitives.ts";
import { type PublicKey, readPublicKey, readSignatureAlgorithm, type SignatureAlgorithm } from "./algorithms.ts";
import { type Extension, type ExtensionValues, extensionValues, readExtensions } from "./extensions.ts";
import { fingerprint } from "./fingerprint.ts";
import { type Name, readName } from "./names.ts";

export interface Certificate extends ByteRange {
  readonly kind: "certificate";
  /** 1, 2 or 3; the range covers the version's field, the start of the certificate where there is none. */
  readonly version: { readonly number: number } & ByteRange;
  /** Content bytes in hexadecimal; `negative` as two's complement. */
  readonly serial: { readonly hex: string; readonly length: number; readonly negative: boolean } & ByteRange;
  /** Within the signed part, and the one that stands beside the signature. They must be equal. */
  readonly signature: SignatureAlgorithm;
  readonly outerSignature: SignatureAlgorithm;
  readonly signaturesAgree: boolean;
  readonly issuer: Name;
  readonly subject: Name;
  readonly validity: ByteRange;
  readonly notBefore: Time;
  readonly notAfter: Time;
  readonly key: PublicKey;
  /** issuerUniqueID and subjectUniqueID, which nobody uses. */
  readonly uniqueIds: readonly ByteRange[];
  readonly extensions: readonly Extension[];
  readonly values: ExtensionValues;
  /** Issuer and subject are the same bytes: a root, or a self-signed end entity. */
  readonly selfIssued: boolean;
  /** SHA-256 of the whole. */
  readonly fingerprint: string;
  /** Bytes after the certificate, which most readers ignore and rustls refuses. */
  readonly trailing: ByteRange | undefined;
}

/** `lax`: no stricter than OpenSSL. */
export function readCertificate(der: Uint8Array, lax = false): Certificate | DerError {
  const { reader, element } = readWhole(der, TAG.sequence, "a certificate", lax);
  const certificate = new EncodedCertificate(reader, element);
  return reader.error ?? certificate;
}

/** The constructor goes over every field, strictly; what is dear and asked for by few waits until somebody asks. */
class EncodedCertificate implements Certificate {
  readonly kind = "certificate";
  readonly start: number;
  readonly end: number;
  readonly version: Certificate["version"];
  readonly serial: Certificate["serial"];
  readonly signature: SignatureAlgorithm;
  readonly outerSignature: SignatureAlgorithm;
  readonly signaturesAgree: boolean;
  readonly issuer: Name;
  readonly subject: Name;
  readonly validity: ByteRange;
  readonly notBefore: Time;
  readonly notAfter: Time;
  readonly key: PublicKey;
  readonly uniqueIds: readonly ByteRange[];
  readonly extensions: readonly Extension[];
  readonly selfIssued: boolean;
  readonly trailing: ByteRange | undefined;
  readonly #reader: DerReader;
  #values: ExtensionValues | undefined;
  #fingerprint: string | undefined;

  constructor(reader: DerReader, element: Element) {
    const outer = reader.inside(element);
    const tbs = outer.inside(outer.read(TAG.sequence, "the signed part of a certificate"));
    this.version = readVersion(tbs);
    this.serial = readSerial(tbs);
    this.signature = readSignatureAlgorithm(tbs, "the signature algorithm of the signed part");
    this.issuer = readName(tbs, "the issuer");
    const validity = tbs.read(TAG.sequence, "the validity");
    const times = tbs.inside(validity);
    this.validity = { start: validity.start, end: validity.end };
    this.notBefore = readTime(times, "notBefore");
    this.notAfter = readTime(times, "notAfter");
    times.finish("notAfter");
    this.subject = readName(tbs, "the subject");
    this.key = readPublicKey(tbs);
    this.uniqueIds = readUniqueIds(tbs);
    this.extensions = readExtensionField(tbs, 3);
    tbs.finish("the extensions");
    this.outerSignature = readSignatureAlgorithm(outer, "the signature algorithm");
    readBitString(outer, "the signature");
    outer.finish("the signature");
    const { bytes } = reader;
    this.start = element.start;
    this.end = element.end;
    this.signaturesAgree = sameRange(bytes, this.signature, bytes, this.outerSignature);
    this.selfIssued = sameRange(bytes, this.issuer, bytes, this.subject);
    this.trailing = element.end < bytes.length ? { start: element.end, end: bytes.length } : undefined;
    this.#reader = reader;
  }
  get values(): ExtensionValues {
    this.#values ??= extensionValues(this.#reader, this.extensions);
    return this.#values;
  }
  get fingerprint(): string {
    this.#fingerprint ??= fingerprint(this.#reader.bytes.subarray(this.start, this.end));
    return this.#fingerprint;
  }
}

/** issuerUniqueID and subjectUniqueID. */
function readUniqueIds(tbs: DerReader): readonly ByteRange[] {
  const found: ByteRange[] = [];
  for (const number of [1, 2]) {
    if (tbs.lax && tbs.nextIs(context(number))) tbs.fail("BadDer", tbs.at, "a unique identifier in pieces", true);
    const id = tbs.optional(context(number, false), "a unique identifier");
    if (id !== undefined) found.push({ start: id.start, end: id.end });
  }
  return found;
}

/** The explicitly tagged extensions of certificates ([3]) and of lists ([0]). */
export function readExtensionField(reader: DerReader, number: number): Extension[] {
  const field = reader.optional(context(number), "extensions");
  if (field === undefined) return [];
  const inner = reader.inside(field);
  const extensions = readExtensions(inner);
  inner.finish("the extensions");
  return extensions;
}

function readVersion(tbs: DerReader): Certificate["version"] {
  const field = tbs.optional(context(0), "a version");
  if (field === undefined) return { number: 1, start: tbs.at, end: tbs.at };
  const inner = tbs.inside(field);
  const number = (readSmallInteger(inner, "the version") ?? 255) + 1;
  inner.finish("the version");
  return { number, start: field.start, end: field.end };
}

function readSerial(tbs: DerReader): Certificate["serial"] {
  const { start, content, end } = readIntegerElement(tbs, "the serial number");
  const { bytes } = tbs;
  return { hex: toHex(bytes, content, end), length: end - content, negative: end > content && (bytes[content] ?? 0) >= 0x80, start, end };
}
