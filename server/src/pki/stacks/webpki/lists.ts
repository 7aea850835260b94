/** Revocation lists as rustls-webpki loads them (`crl/types.rs`): all entries at once, and nothing that it does not support. */
import { toHex } from "../../der/characters.ts";
import { type ByteRange, context, type Element, sameBytes, TAG } from "../../der/der.ts";
import { readWholeBits, StrictReader, UNLIMITED } from "../strict-reader.ts";
import type { Place } from "../verdict.ts";
import { type Read, readDefaultFalse, readSmall, trailing } from "./certificate.ts";
import { readSeconds } from "./checks.ts";
import { DISTRIBUTION_POINT, type DistributionPoint, readDistributionPoint, type Scope } from "./distribution.ts";
import { readFlags } from "./flags.ts";
import type { WebpkiBehaviour } from "./versions.ts";

export interface StrictList {
  readonly place: Place;
  readonly bytes: Uint8Array;
  /** What is signed, with its tag and length. */
  readonly signed: ByteRange;
  /** Contents of the AlgorithmIdentifier. */
  readonly algorithm: ByteRange;
  readonly signature: ByteRange;
  /** Contents of the SEQUENCE. */
  readonly issuer: ByteRange;
  /** Seconds since 1970. */
  readonly nextUpdate: { readonly seconds: number; readonly range: ByteRange };
  /** Without a leading zero; empty when there is none. */
  readonly number: Uint8Array;
  readonly scope: Scope | undefined;
  /** By serial number in hexadecimal, as it is written. */
  readonly revoked: ReadonlyMap<string, ByteRange>;
}

const TAG_ENUMERATED = 0x0a;
/** Object identifiers below id-ce, by their last byte. */
const ID_CE = "551d";

export function readStrictList(bytes: Uint8Array, place: Place, behaviour: WebpkiBehaviour): Read<StrictList> {
  const reader = new StrictReader(bytes);
  const whole = trailing(behaviour, "CertRevocationList");
  const outer = reader.inside(reader.read(TAG.sequence, "a revocation list", whole, UNLIMITED));
  const tbs = outer.read(TAG.sequence, "the signed part of a revocation list", "BadDer", UNLIMITED);
  const algorithm = outer.read(TAG.sequence, "the signature algorithm");
  const signature = readWholeBits(outer, "the signature", trailing(behaviour, "BitString"));
  outer.finish(whole, "the signature");
  reader.finish(whole, "the revocation list");

  const fields = reader.inside(tbs);
  const version = readSmall(fields, "the version");
  if (reader.failure === undefined && version !== 1)
    fields.fail("UnsupportedCrlVersion", "the list is not of version 2", { start: tbs.content, end: tbs.content + 3 });
  const inner = fields.read(TAG.sequence, "the signature algorithm of the signed part");
  if (reader.failure === undefined && !sameBytes(reader.contents(inner), reader.contents(algorithm)))
    reader.fail("SignatureAlgorithmMismatch", "the two signature algorithms of the list differ", inner);
  const issuer = fields.read(TAG.sequence, "the issuer");
  readSeconds(fields, behaviour, "thisUpdate");
  const nextUpdate = readSeconds(fields, behaviour, "nextUpdate");
  const entries = fields.nextIs(TAG.sequence) ? fields.read(TAG.sequence, "revoked certificates", "BadDer", UNLIMITED) : undefined;
  const found = readListExtensions(fields, behaviour);
  fields.finish("BadDer", "the extensions");
  const scope = found.scope === undefined ? undefined : readScope(reader, found.scope, behaviour);
  // rustls keeps lists with all their entries, so that one that is malformed fails when it is loaded.
  const revoked = entries === undefined ? new Map<string, ByteRange>() : readEntries(reader.inside(entries), behaviour);
  if (reader.failure !== undefined) return { ok: false, failure: reader.failure };
  const contents = ({ content, end }: Element): ByteRange => ({ start: content, end });
  return {
    ok: true,
    value: {
      place,
      bytes,
      signed: { start: tbs.start, end: tbs.end },
      algorithm: contents(algorithm),
      signature,
      issuer: contents(issuer),
      nextUpdate,
      number: found.number,
      scope,
      revoked,
    },
  };
}

function readListExtensions(fields: StrictReader, behaviour: WebpkiBehaviour): { readonly number: Uint8Array; readonly scope?: Element } {
  const tagged = fields.inside(fields.read(context(0), "extensions, which a list of version 2 must have", "MalformedExtensions"));
  const kind = trailing(behaviour, "CertRevocationListExtension");
  const list = tagged.inside(tagged.read(TAG.sequence, "extensions", kind));
  let number: Uint8Array | undefined;
  let scope: Element | undefined;
  if (!list.more) list.fail(kind, "the list of extensions is empty");
  while (list.more) {
    const extension = list.read(TAG.sequence, "an extension", kind);
    const { id, critical, value, inner } = readExtension(list, extension, behaviour);
    if (inner.failure !== undefined) break;
    switch (id) {
      case "14":
        if (number !== undefined && behaviour.ordersLists) inner.fail("ExtensionValueInvalid", "there are two numbers", extension);
        number = readNumber(inner.inside(value), behaviour);
        break;
      case "1b":
        inner.fail("UnsupportedDeltaCrl", "it is a delta list, which rustls does not support", extension);
        break;
      case "1c":
        // Before 0.102 it was taken as understood and not looked at.
        if (behaviour.readsScope && scope !== undefined)
          inner.fail("ExtensionValueInvalid", "there are two issuing distribution points", extension);
        if (behaviour.readsScope) scope = value;
        break;
      case "23":
        break;
      default:
        if (critical)
          inner.fail("UnsupportedCriticalExtension", "an extension of the list is critical that rustls does not know", extension);
    }
    inner.finish(kind, "an extension");
  }
  tagged.finish("MalformedExtensions", "the extensions");
  if (number === undefined && behaviour.ordersLists) fields.fail("MissingCrlNumber", "it has no number");
  return { number: number ?? new Uint8Array(), ...(scope === undefined ? {} : { scope }) };
}

interface ReadExtension {
  /** The last byte of an identifier below id-ce, in hexadecimal; "" for others. */
  readonly id: string;
  readonly critical: boolean;
  readonly value: Element;
  readonly inner: StrictReader;
}

function readExtension(list: StrictReader, extension: Element, behaviour: WebpkiBehaviour): ReadExtension {
  const inner = list.inside(extension);
  const oid = toHex(inner.contents(inner.read(TAG.oid, "an extension's identifier")));
  const critical = readDefaultFalse(inner, behaviour, "an extension's criticality");
  const value = inner.read(TAG.octetString, "an extension's value");
  return { id: oid.length === 6 && oid.startsWith(ID_CE) ? oid.slice(4) : "", critical, value, inner };
}

/** RFC 5280 §5.2.3: up to 20 bytes. */
function readNumber(value: StrictReader, behaviour: WebpkiBehaviour): Uint8Array {
  const kind = "InvalidCrlNumber";
  const element = value.read(TAG.integer, "a number", kind);
  const bytes = value.contents(element);
  const [first = 0x80, second = 0x80] = bytes;
  const shortest = first > 0 || bytes.length === 1 || second >= 0x80;
  const number = first === 0 && bytes.length > 1 ? bytes.subarray(1) : bytes;
  const allowed = first < 0x80 && shortest && number.length <= 20 && (behaviour.readsScope || number.some((it) => it !== 0));
  if (!allowed) value.fail(kind, "its number is no number of up to 20 bytes", element);
  value.finish(kind, "the number");
  return number;
}

function readScope(reader: StrictReader, value: Element, behaviour: WebpkiBehaviour): Scope | undefined {
  const outer = reader.inside(value);
  const range = { start: value.content, end: value.end };
  const sequence = outer.read(TAG.sequence, "an issuing distribution point", trailing(behaviour, "IssuingDistributionPoint"));
  const fields = outer.inside(sequence);
  const flags = { users: false, authorities: false, indirect: false, attributes: false };
  let point: DistributionPoint | undefined;
  let reasons = false;
  while (fields.more) {
    const element = fields.readAny();
    switch (element.tag) {
      case DISTRIBUTION_POINT:
        if (point !== undefined) fields.fail("ExtensionValueInvalid", "the issuing distribution point has two names", element);
        point = readDistributionPoint(reader.bytes, element, behaviour);
        break;
      case context(1, false):
        flags.users = readTruth(fields, element);
        break;
      case context(2, false):
        flags.authorities = readTruth(fields, element);
        break;
      case context(3, false):
        if (reasons) fields.fail("ExtensionValueInvalid", "the issuing distribution point has two lists of reasons", element);
        reasons = true;
        readFlags(fields, { start: element.content, end: element.end }, behaviour);
        break;
      case context(4, false):
        flags.indirect = readTruth(fields, element);
        break;
      case context(5, false):
        flags.attributes = readTruth(fields, element);
        break;
      default:
        fields.fail("BadDer", "the issuing distribution point has a field of unknown form", element);
    }
  }
  if (flags.attributes) fields.fail("MalformedExtensions", "it is for attribute certificates only", range);
  if (flags.indirect) fields.fail("UnsupportedIndirectCrl", "it is an indirect list, which rustls does not support", range);
  if (reasons) fields.fail("UnsupportedRevocationReasonsPartitioning", "it is for some reasons of revocation only", range);
  if (point === "malformed") fields.fail("MalformedExtensions", "the name of its issuing distribution point is malformed", range);
  if (point === undefined || point === "relative")
    fields.fail("UnsupportedCrlIssuingDistributionPoint", "its issuing distribution point has no full name", range);
  if (fields.failure !== undefined || point === undefined) return undefined;
  return { bytes: reader.bytes, ...range, onlyUsers: flags.users, onlyAuthorities: flags.authorities, point };
}

function readTruth(fields: StrictReader, element: Element): boolean {
  const [first, ...more] = fields.contents(element);
  if (more.length > 0 || (first !== 0 && first !== 0xff)) fields.fail("BadDer", "a truth value is neither 00 nor FF", element);
  return first === 0xff;
}

function readEntries(entries: StrictReader, behaviour: WebpkiBehaviour): Map<string, ByteRange> {
  const revoked = new Map<string, ByteRange>();
  while (entries.more) {
    const entry = entries.read(TAG.sequence, "a revoked certificate", trailing(behaviour, "RevokedCertEntry"));
    const fields = entries.inside(entry);
    const serial = toHex(fields.contents(fields.read(TAG.integer, "a serial number", "InvalidSerialNumber")));
    readSeconds(fields, behaviour, "a revocation date");
    if (fields.more) {
      const extensions = fields.read(TAG.sequence, "the extensions of an entry");
      readEntryExtensions(fields.inside(extensions), behaviour);
    }
    fields.finish(trailing(behaviour, "RevokedCertEntry"), "the extensions of an entry");
    revoked.set(serial, { start: entry.start, end: entry.end });
  }
  return revoked;
}

function readEntryExtensions(list: StrictReader, behaviour: WebpkiBehaviour): void {
  const seen = new Set<string>();
  while (list.more) {
    const extension = list.read(TAG.sequence, "an extension of an entry", trailing(behaviour, "RevokedCertificateExtension"));
    const { id, critical, value, inner } = readExtension(list, extension, behaviour);
    if (inner.failure !== undefined) return;
    if (seen.has(id) && (id === "15" || id === "18")) inner.fail("ExtensionValueInvalid", "an entry has an extension twice", extension);
    seen.add(id);
    const content = inner.inside(value);
    if (id === "15") readReason(content, behaviour);
    else if (id === "18") {
      readSeconds(content, behaviour, "an invalidity date");
      content.finish("BadDer", "the invalidity date");
    } else if (id === "1d") inner.fail("UnsupportedIndirectCrl", "an entry names another issuer, as only indirect lists do", extension);
    else if (critical)
      inner.fail("UnsupportedCriticalExtension", "an extension of an entry is critical that rustls does not know", extension);
    inner.finish(trailing(behaviour, "RevokedCertificateExtension"), "an extension of an entry");
  }
}

/** RFC 5280 §5.3.1: 0 to 10 without 7. */
function readReason(content: StrictReader, behaviour: WebpkiBehaviour): void {
  const element = content.read(TAG_ENUMERATED, "a reason");
  const [reason = 0, ...more] = content.contents(element);
  if (element.content === element.end || more.length > 0) content.fail("BadDer", "a reason is not one byte", element);
  if (reason > 10 || reason === 7) content.fail("UnsupportedRevocationReason", `there is no reason ${reason}`, element);
  content.finish(trailing(behaviour, "RevocationReason"), "the reason");
}
