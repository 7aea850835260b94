/** Certificates and trust anchors as rustls-webpki reads them (`cert.rs`, `trust_anchor.rs`): only as deep as it looks. */
import { toHex } from "../../der/characters.ts";
import { type ByteRange, context, type Element, sameBytes, TAG } from "../../der/der.ts";
import { type Failure, readWholeBits, StrictReader } from "../strict-reader.ts";
import type { Place } from "../verdict.ts";
import type { WebpkiBehaviour } from "./versions.ts";

/** Contents of the extensions that webpki remembers: what is inside the outermost SEQUENCE, of key usage the whole value. */
export interface Remembered {
  readonly basicConstraints?: ByteRange;
  readonly keyUsage?: ByteRange;
  readonly extKeyUsage?: ByteRange;
  readonly nameConstraints?: ByteRange;
  readonly subjectAltName?: ByteRange;
  readonly cRLDistributionPoints?: ByteRange;
}

export interface PathCertificate extends Remembered {
  readonly place: Place;
  readonly bytes: Uint8Array;
  /** Contents of the INTEGER. */
  readonly serial: ByteRange;
  /** What is signed, with its tag and length. */
  readonly signed: ByteRange;
  /** Contents of the AlgorithmIdentifier. */
  readonly algorithm: ByteRange;
  readonly signature: ByteRange;
  /** Contents of the SEQUENCEs. */
  readonly issuer: ByteRange;
  readonly validity: ByteRange;
  readonly subject: ByteRange;
  readonly spki: ByteRange;
}

/** All that webpki keeps of a root. */
export interface Anchor {
  readonly place: Place;
  readonly bytes: Uint8Array;
  readonly subject: ByteRange;
  readonly spki: ByteRange;
  readonly nameConstraints?: ByteRange;
}

export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

const contentsOf = (element: Element): ByteRange => ({ start: element.content, end: element.end });

export const trailing = (behaviour: WebpkiBehaviour, type: string): string =>
  behaviour.namesTrailingData ? `TrailingData(${type})` : "BadDer";

export function readPathCertificate(
  bytes: Uint8Array,
  place: Place,
  behaviour: WebpkiBehaviour,
  unknownCritical: "refuse" | "ignore" = "refuse",
): Read<PathCertificate> {
  const reader = new StrictReader(bytes);
  const outer = reader.inside(reader.read(TAG.sequence, "a certificate", trailing(behaviour, "SignedData")));
  const tbs = outer.read(TAG.sequence, "the signed part of a certificate");
  const algorithm = outer.read(TAG.sequence, "the signature algorithm");
  const signature = readWholeBits(outer, "the signature", trailing(behaviour, "BitString"));
  outer.finish(trailing(behaviour, "SignedData"), "the signature");
  reader.finish(trailing(behaviour, "Certificate"), "the certificate");

  const fields = reader.inside(tbs);
  readVersion3(fields);
  const serial = fields.read(TAG.integer, "the serial number");
  const inner = fields.read(TAG.sequence, "the signature algorithm of the signed part");
  if (reader.failure === undefined && !sameBytes(reader.contents(inner), reader.contents(algorithm)))
    reader.fail("SignatureAlgorithmMismatch", "the two signature algorithms of the certificate differ", inner);
  const issuer = fields.read(TAG.sequence, "the issuer");
  const validity = fields.read(TAG.sequence, "the validity");
  const subject = fields.read(TAG.sequence, "the subject");
  const spki = fields.read(TAG.sequence, "the public key");
  if (behaviour.skipsUniqueIds)
    for (const [number, type] of [
      [1, "IssuerUniqueId"],
      [2, "SubjectUniqueId"],
    ] as const)
      if (fields.nextIs(context(number, false))) fields.read(context(number, false), "a unique identifier", trailing(behaviour, type));
  const remembered = fields.more ? readExtensions(fields, behaviour, unknownCritical) : {};
  fields.finish(trailing(behaviour, "CertificateTbsCertificate"), "the extensions");
  if (reader.failure !== undefined) return { ok: false, failure: reader.failure };
  return {
    ok: true,
    value: {
      place,
      bytes,
      serial: contentsOf(serial),
      signed: { start: tbs.start, end: tbs.end },
      algorithm: contentsOf(algorithm),
      signature,
      issuer: contentsOf(issuer),
      validity: contentsOf(validity),
      subject: contentsOf(subject),
      spki: contentsOf(spki),
      ...remembered,
    },
  };
}

/** Certificates of version 1, which have no version field, are read by a second, shorter reader. */
export function readAnchor(bytes: Uint8Array, place: Place, behaviour: WebpkiBehaviour): Read<Anchor> {
  const read = readPathCertificate(bytes, place, behaviour, behaviour.lenientAnchors ? "ignore" : "refuse");
  if (read.ok || read.failure.kind !== "UnsupportedCertVersion") return read;
  const reader = new StrictReader(bytes);
  const outer = reader.inside(reader.read(TAG.sequence, "a certificate"));
  const fields = reader.inside(outer.read(TAG.sequence, "the signed part of a certificate"));
  fields.read(TAG.integer, "the serial number");
  for (const what of ["the signature algorithm", "the issuer", "the validity"]) fields.read(TAG.sequence, what);
  const subject = fields.read(TAG.sequence, "the subject");
  const spki = fields.read(TAG.sequence, "the public key");
  fields.finish("BadDer", "the public key");
  outer.read(TAG.sequence, "the signature algorithm");
  outer.read(TAG.bitString, "the signature");
  outer.finish("BadDer", "the signature");
  reader.finish("BadDer", "the certificate");
  // Whatever is wrong with it is `BadDer`; what was wrong first says more.
  if (reader.failure !== undefined) return { ok: false, failure: { ...read.failure, kind: "BadDer" } };
  return { ok: true, value: { place, bytes, subject: contentsOf(subject), spki: contentsOf(spki) } };
}

function readVersion3(fields: StrictReader): void {
  const field = fields.read(context(0), "version 3", "UnsupportedCertVersion");
  const inner = fields.inside(field);
  const number = readSmall(inner, "the version");
  if (fields.failure === undefined && number !== 2) fields.fail("UnsupportedCertVersion", "the certificate is not of version 3", field);
  inner.finish("UnsupportedCertVersion", "the version");
}

/** An INTEGER from 0 to 255. */
export function readSmall(reader: StrictReader, what: string): number {
  const element = reader.read(TAG.integer, what);
  const [first = 0, second = 0] = reader.contents(element);
  const length = element.end - element.content;
  const small = length === 1 ? first < 0x80 : length === 2 && first === 0 && second >= 0x80;
  if (!small) reader.fail("BadDer", `${what} is not a number from 0 to 255 in its shortest form`, element);
  return length === 1 ? first : second;
}

/** A BOOLEAN DEFAULT FALSE. */
export function readDefaultFalse(reader: StrictReader, behaviour: WebpkiBehaviour, what: string): boolean {
  if (!reader.nextIs(TAG.boolean)) return false;
  const element = reader.read(TAG.boolean, what, trailing(behaviour, "Bool"));
  const [first] = reader.contents(element);
  if (first !== 0 && first !== 0xff) reader.fail("BadDer", `${what} is neither 00 nor FF`, element);
  else if (element.end - element.content > 1) reader.fail(trailing(behaviour, "Bool"), `${what} is longer than a byte`, element);
  return first === 0xff;
}

/** By the contents of the object identifier, in hexadecimal: those of id-ce that webpki remembers. */
const REMEMBERED: Readonly<Record<string, keyof Remembered>> = {
  "551d0f": "keyUsage",
  "551d11": "subjectAltName",
  "551d13": "basicConstraints",
  "551d1e": "nameConstraints",
  "551d1f": "cRLDistributionPoints",
  "551d25": "extKeyUsage",
};
const TIMESTAMPS = "2b06010401d679020402";

function readExtensions(fields: StrictReader, behaviour: WebpkiBehaviour, unknownCritical: "refuse" | "ignore"): Remembered {
  const tagged = fields.inside(
    fields.read(
      context(3),
      "extensions",
      behaviour.namesTrailingData ? trailing(behaviour, "CertificateExtensions") : "MalformedExtensions",
    ),
  );
  const kind = trailing(behaviour, "Extension");
  const list = tagged.inside(tagged.read(TAG.sequence, "extensions", kind));
  const remembered: { -readonly [name in keyof Remembered]: Remembered[name] } = {};
  let timestamps = false;
  if (!list.more && !behaviour.allowsEmptyExtensions) list.fail(kind, "the list of extensions is empty");
  while (list.more) {
    const extension = list.read(TAG.sequence, "an extension", kind);
    const inner = list.inside(extension);
    const id = toHex(inner.contents(inner.read(TAG.oid, "an extension's identifier")));
    const critical = readDefaultFalse(inner, behaviour, "an extension's criticality");
    const value = inner.read(TAG.octetString, "an extension's value");
    if (inner.failure !== undefined) break;
    const name = REMEMBERED[id];
    if (behaviour.readsTimestamps && id === TIMESTAMPS) {
      if (timestamps) inner.fail("ExtensionValueInvalid", "there are two lists of SCTs", extension);
      timestamps = true;
      const content = inner.inside(value);
      content.read(TAG.octetString, "a list of SCTs");
      content.finish(afterValue(behaviour), "the list of SCTs");
    } else if (name === undefined || (name === "cRLDistributionPoints" && !behaviour.knowsDistributionPoints)) {
      if (critical && unknownCritical === "refuse")
        inner.fail("UnsupportedCriticalExtension", "an extension is critical that rustls does not know", extension);
    } else if (remembered[name] !== undefined) {
      inner.fail("ExtensionValueInvalid", `there are two extensions \`${name}\``, extension);
    } else {
      remembered[name] = extensionContents(inner, value, name, behaviour);
    }
    inner.finish(kind, "an extension");
  }
  tagged.finish(behaviour.namesTrailingData ? trailing(behaviour, "CertificateExtensions") : "MalformedExtensions", "the extensions");
  return remembered;
}

const afterValue = (behaviour: WebpkiBehaviour): string => (behaviour.namesTrailingValue ? trailing(behaviour, "Extension") : "BadDer");

function extensionContents(reader: StrictReader, value: Element, name: keyof Remembered, behaviour: WebpkiBehaviour): ByteRange {
  if (name === "keyUsage") return contentsOf(value);
  const inner = reader.inside(value);
  const sequence = inner.read(TAG.sequence, `the value of \`${name}\``);
  inner.finish(afterValue(behaviour), `the value of \`${name}\``);
  return contentsOf(sequence);
}
