/** X.509 certificates (RFC 5280 §4.1) as data, each field with its place in the DER. */
import { type PublicKey, readPublicKey, readSignatureAlgorithm, type SignatureAlgorithm } from "./algorithms.ts";
import { type ByteRange, context, type DerError, type DerReader, readWhole, sameBytes, TAG, toHex } from "./der.ts";
import { type Extension, type ExtensionValues, extensionValues, readExtensions } from "./extensions.ts";
import { fingerprint } from "./fingerprint.ts";
import { type Name, readName } from "./names.ts";
import { readBitString, readInteger, readSmallInteger, readTime, type Time } from "./primitives.ts";

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
  const outer = reader.inside(element);
  const tbs = outer.read(TAG.sequence, "the signed part of a certificate");
  const fields = readFields(outer.inside(tbs));
  const outerSignature = readSignatureAlgorithm(outer, "the signature algorithm");
  readBitString(outer, "the signature");
  outer.finish("the signature");
  if (reader.error !== undefined) return reader.error;
  const { signature, issuer, subject, extensions } = fields;
  let digest: string | undefined;
  const part = (range: ByteRange): Uint8Array => der.subarray(range.start, range.end);
  return {
    kind: "certificate",
    start: element.start,
    end: element.end,
    ...fields,
    outerSignature,
    signaturesAgree: sameBytes(part(signature), part(outerSignature)),
    values: extensionValues(reader, extensions),
    selfIssued: sameBytes(part(issuer), part(subject)),
    // Asked for by few, and as dear as the rest of the reading.
    get fingerprint() {
      digest ??= fingerprint(part(element));
      return digest;
    },
    trailing: element.end < der.length ? { start: element.end, end: der.length } : undefined,
  };
}

function readFields(tbs: DerReader) {
  const version = readVersion(tbs);
  const serial = readSerial(tbs);
  const signature = readSignatureAlgorithm(tbs, "the signature algorithm of the signed part");
  const issuer = readName(tbs, "the issuer");
  const validityElement = tbs.read(TAG.sequence, "the validity");
  const times = tbs.inside(validityElement);
  const notBefore = readTime(times, "notBefore");
  const notAfter = readTime(times, "notAfter");
  times.finish("notAfter");
  const subject = readName(tbs, "the subject");
  const key = readPublicKey(tbs);
  const uniqueIds: ByteRange[] = [];
  for (const number of [1, 2]) {
    const id = tbs.optional(context(number, false), "a unique identifier");
    if (id !== undefined) uniqueIds.push({ start: id.start, end: id.end });
  }
  const extensions = readExtensionField(tbs, 3);
  tbs.finish("the extensions");
  const validity = { start: validityElement.start, end: validityElement.end };
  return { version, serial, signature, issuer, validity, notBefore, notAfter, subject, key, uniqueIds, extensions };
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
  const { element, bytes } = readInteger(tbs, "the serial number");
  return { hex: toHex(bytes), length: bytes.length, negative: (bytes[0] ?? 0) >= 0x80, start: element.start, end: element.end };
}
