/** Certificate revocation lists (RFC 5280 §5.1): the head in full, the entries counted. */

import { toHex } from "../der/characters.ts";
import { type ByteRange, type DerError, DerReader, type Element, readWhole, TAG } from "../der/der.ts";
import { readBitString, readInteger, readIntegerElement, readSmallInteger, readTime, type Time } from "../der/primitives.ts";
import { readSignatureAlgorithm, type SignatureAlgorithm } from "./algorithms.ts";
import { readExtensionField } from "./certificate.ts";
import { type Extension, type ExtensionValues, extensionValues, readExtensions } from "./extensions.ts";
import { fingerprint } from "./fingerprint.ts";
import { type Name, readName } from "./names.ts";

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
  const list = new EncodedList(reader, element);
  return reader.error ?? list;
}

/** The constructor goes over every field, strictly; what is dear and asked for by few waits until somebody asks. */
class EncodedList implements RevocationList {
  readonly kind = "revocation-list";
  readonly start: number;
  readonly end: number;
  readonly version: number;
  readonly signature: SignatureAlgorithm;
  readonly issuer: Name;
  readonly thisUpdate: Time;
  readonly nextUpdate: Time | undefined;
  readonly entries: number;
  readonly revoked: ByteRange | undefined;
  readonly extensions: readonly Extension[];
  readonly trailing: ByteRange | undefined;
  readonly #reader: DerReader;
  #values: ExtensionValues | undefined;
  #fingerprint: string | undefined;

  constructor(reader: DerReader, element: Element) {
    const outer = reader.inside(element);
    const list = outer.inside(outer.read(TAG.sequence, "the signed part of a revocation list"));
    this.version = list.nextIs(TAG.integer) ? (readSmallInteger(list, "the version") ?? 254) + 1 : 1;
    this.signature = readSignatureAlgorithm(list, "the signature algorithm of the signed part");
    this.issuer = readName(list, "the issuer");
    this.thisUpdate = readTime(list, "thisUpdate");
    this.nextUpdate = list.nextIs(TAG.utcTime) || list.nextIs(TAG.generalizedTime) ? readTime(list, "nextUpdate") : undefined;
    const revoked = list.optional(TAG.sequence, "revoked certificates");
    this.entries = revoked === undefined ? 0 : list.inside(revoked).count(TAG.sequence, "a revoked certificate");
    this.revoked = rangeOf(revoked);
    this.extensions = readExtensionField(list, 0);
    list.finish("the extensions");
    readSignatureAlgorithm(outer, "the signature algorithm");
    readBitString(outer, "the signature");
    outer.finish("the signature");
    this.start = element.start;
    this.end = element.end;
    this.trailing = element.end < reader.bytes.length ? { start: element.end, end: reader.bytes.length } : undefined;
    this.#reader = reader;
  }
  get number(): string | undefined {
    return listNumber(this.#reader, this.extensions);
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

const rangeOf = (element: Element | undefined): ByteRange | undefined => element && { start: element.start, end: element.end };

export interface RevokedEntry extends ByteRange {
  /** Hexadecimal, as `Certificate.serial` has it. */
  readonly serial: string;
  /** The number itself. */
  readonly number: ByteRange;
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
    const entry = entryAt(der, at, list.end);
    if (entry === undefined) return;
    yield entry;
    at = entry.end;
  }
}

/** Undefined where none can be read. */
export function entryAt(der: Uint8Array, at: number, end: number): RevokedEntry | undefined {
  const reader = new DerReader(der, { start: at, end });
  const element = reader.read(TAG.sequence, "a revoked certificate");
  const inner = reader.inside(element);
  const serial = readIntegerElement(inner, "a serial number");
  const date = readTime(inner, "a revocation date");
  const extensions = inner.nextIs(TAG.sequence) ? readExtensions(inner) : NO_EXTENSIONS;
  return reader.error === undefined ? new EncodedEntry(der, element, serial, date, extensions) : undefined;
}
const NO_EXTENSIONS: readonly Extension[] = [];

class EncodedEntry implements RevokedEntry {
  readonly start: number;
  readonly end: number;
  readonly date: Time;
  readonly extensions: readonly Extension[];
  readonly #der: Uint8Array;
  readonly number: Element;

  constructor(der: Uint8Array, { start, end }: ByteRange, serial: Element, date: Time, extensions: readonly Extension[]) {
    this.start = start;
    this.end = end;
    this.date = date;
    this.extensions = extensions;
    this.#der = der;
    this.number = serial;
  }
  get serial(): string {
    return toHex(this.#der, this.number.content, this.number.end);
  }
  get reasonCode(): number | undefined {
    return reasonIn(this.#der, this.extensions);
  }
  get reason(): string | undefined {
    return this.reasonCode === undefined ? undefined : REVOCATION_REASONS[this.reasonCode];
  }
}

/** RFC 5280 §5.3.1: an ENUMERATED of one byte. */
function reasonIn(der: Uint8Array, extensions: readonly Extension[]): number | undefined {
  const value = extensions.find((it) => it.oid === "2.5.29.21")?.value;
  return value === undefined ? undefined : (der[value.end - 1] ?? 0);
}
export const REVOCATION_REASONS = [
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
