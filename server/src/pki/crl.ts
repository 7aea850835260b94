/** Certificate revocation lists (RFC 5280 §5.1): the head in full, the entries counted. */
import { readSignatureAlgorithm, type SignatureAlgorithm } from "./algorithms.ts";
import { readExtensionField } from "./certificate.ts";
import { type ByteRange, type DerError, DerReader, type Element, readWhole, TAG, toHex } from "./der.ts";
import { type Extension, type ExtensionValues, extensionValues, readExtensions } from "./extensions.ts";
import { fingerprint } from "./fingerprint.ts";
import { type Name, readName } from "./names.ts";
import { readBitString, readInteger, readSmallInteger, readTime, type Time } from "./primitives.ts";

export interface RevocationList extends ByteRange {
  readonly kind: "revocation-list";
  /** 1 or 2; rustls refuses 1. */
  readonly version: number;
  readonly signature: SignatureAlgorithm;
  readonly issuer: Name;
  readonly thisUpdate: Time;
  readonly nextUpdate: Time | undefined;
  /** How many certificates are revoked. */
  readonly entries: number;
  /** The list of them, absent when it is empty. */
  readonly revoked: ByteRange | undefined;
  /** Hexadecimal, RFC 5280 §5.2.3. */
  readonly number: string | undefined;
  readonly extensions: readonly Extension[];
  readonly values: ExtensionValues;
  readonly fingerprint: string;
  /** Bytes after the list. */
  readonly trailing: ByteRange | undefined;
}

/** `lax`: no stricter than OpenSSL. */
export function readRevocationList(der: Uint8Array, lax = false): RevocationList | DerError {
  const { reader, element } = readWhole(der, TAG.sequence, "a revocation list", lax);
  const outer = reader.inside(element);
  const fields = readFields(outer.inside(outer.read(TAG.sequence, "the signed part of a revocation list")));
  readSignatureAlgorithm(outer, "the signature algorithm");
  readBitString(outer, "the signature");
  outer.finish("the signature");
  if (reader.error !== undefined) return reader.error;
  return {
    kind: "revocation-list",
    start: element.start,
    end: element.end,
    ...fields,
    number: listNumber(reader, fields.extensions),
    values: extensionValues(reader, fields.extensions),
    fingerprint: fingerprint(der.subarray(element.start, element.end)),
    trailing: element.end < der.length ? { start: element.end, end: der.length } : undefined,
  };
}

function readFields(list: DerReader) {
  const version = list.nextIs(TAG.integer) ? (readSmallInteger(list, "the version") ?? 254) + 1 : 1;
  const signature = readSignatureAlgorithm(list, "the signature algorithm of the signed part");
  const issuer = readName(list, "the issuer");
  const thisUpdate = readTime(list, "thisUpdate");
  const nextUpdate = list.nextIs(TAG.utcTime) || list.nextIs(TAG.generalizedTime) ? readTime(list, "nextUpdate") : undefined;
  const revoked = list.optional(TAG.sequence, "revoked certificates");
  const entries = revoked === undefined ? 0 : list.inside(revoked).count(TAG.sequence, "a revoked certificate");
  const extensions = readExtensionField(list, 0);
  list.finish("the extensions");
  return { version, signature, issuer, thisUpdate, nextUpdate, entries, revoked: rangeOf(revoked), extensions };
}

const rangeOf = (element: Element | undefined): ByteRange | undefined => element && { start: element.start, end: element.end };

export interface RevokedEntry extends ByteRange {
  /** Hexadecimal, as `Certificate.serial` has it. */
  readonly serial: string;
  readonly date: Time;
  /** RFC 5280 §5.3.1; absent when the list gives none. */
  readonly reason: string | undefined;
  /** The number of the reason, for those that have no name. */
  readonly reasonCode: number | undefined;
  readonly extensions: readonly Extension[];
}

/** One after the other: lists of a million entries are real, and nobody wants them all at once. Ends at what cannot be read. */
export function* revokedEntries(der: Uint8Array, { revoked }: RevocationList): Generator<RevokedEntry> {
  if (revoked === undefined) return;
  const outer = new DerReader(der, revoked);
  const list = outer.read(TAG.sequence, "revoked certificates");
  for (let at = list.content; at < list.end && outer.error === undefined; ) {
    const reader = new DerReader(der, { start: at, end: list.end });
    const element = reader.read(TAG.sequence, "a revoked certificate");
    const inner = reader.inside(element);
    const serial = readInteger(inner, "a serial number").bytes;
    const date = readTime(inner, "a revocation date");
    const extensions = inner.nextIs(TAG.sequence) ? readExtensions(inner) : [];
    if (reader.error !== undefined) return;
    const reasonCode = reasonIn(der, extensions);
    const reason = reasonCode === undefined ? undefined : REVOCATION_REASONS[reasonCode];
    yield { start: element.start, end: element.end, serial: toHex(serial), date, reason, reasonCode, extensions };
    at = element.end;
  }
}

/** RFC 5280 §5.3.1: an ENUMERATED of one byte. */
function reasonIn(der: Uint8Array, extensions: readonly Extension[]): number | undefined {
  const value = extensions.find((it) => it.oid === "2.5.29.21")?.value;
  return value === undefined ? undefined : (der[value.end - 1] ?? 0);
}
const REVOCATION_REASONS = [
  "unspecified",
  "keyCompromise",
  "cACompromise",
  "affiliationChanged",
  "superseded",
  "cessationOfOperation",
  "certificateHold",
  undefined,
  "removeFromCRL",
  "privilegeWithdrawn",
  "aACompromise",
] as const;

function listNumber(reader: DerReader, extensions: readonly Extension[]): string | undefined {
  const extension = extensions.find((it) => it.name === "cRLNumber");
  if (extension === undefined) return undefined;
  const value = reader.apart(extension.value);
  const { bytes } = readInteger(value, "the number");
  return value.error === undefined ? toHex(bytes) : undefined;
}
