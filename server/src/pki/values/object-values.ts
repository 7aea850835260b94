/** Certificates, lists and requests as JSON holds them: all that is in them, numbers as numbers, times in ISO 8601, bytes in hexadecimal. */
import { toHex } from "../der/characters.ts";
import { type ByteRange, DerReader, TAG } from "../der/der.ts";
import { certificateRole } from "../describe/describe.ts";
import type { Certificate } from "../x509/certificate.ts";
import { type RevocationList, type RevokedEntry, revokedEntries } from "../x509/crl.ts";
import type { Extension } from "../x509/extensions.ts";
import type { CertificateRequest, RequestAttribute } from "../x509/request.ts";
import { type Asn1, asn1Of } from "./asn1.ts";
import { iso } from "./dates.ts";
import { type ExtensionValue, extensionValue } from "./extension-values.ts";
import { magnitude } from "./integers.ts";
import { bitsAt, type PublicKeyValue, publicKeyValue } from "./key-values.ts";
import { type DistinguishedName, nameValue } from "./names.ts";
import { type SignatureValue, signatureValue } from "./signature-values.ts";
import { type Trust, trustBehind } from "./trust.ts";

interface Signed {
  /** The contents of the BIT STRING. */
  readonly signature: string;
  readonly fingerprints: { readonly sha1: string; readonly sha256: string };
}

export interface CertificateValue extends Signed {
  readonly role: ReturnType<typeof certificateRole>;
  readonly version: number;
  readonly serial: string;
  readonly signatureAlgorithm: SignatureValue;
  readonly issuer: DistinguishedName;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly subject: DistinguishedName;
  readonly key: PublicKeyValue;
  readonly uniqueIds?: readonly string[];
  readonly extensions: readonly ExtensionValue[];
  readonly trust?: Trust;
}

export interface ListValue extends Signed {
  readonly version: number;
  readonly signatureAlgorithm: SignatureValue;
  readonly issuer: DistinguishedName;
  readonly thisUpdate: string;
  readonly nextUpdate?: string;
  readonly entries: readonly EntryValue[];
  readonly extensions: readonly ExtensionValue[];
}

export interface EntryValue {
  readonly serial: string;
  readonly date: string;
  readonly reason?: string;
  readonly extensions?: readonly ExtensionValue[];
}

export interface RequestValue extends Signed {
  readonly version: number;
  readonly subject: DistinguishedName;
  readonly key: PublicKeyValue;
  readonly signatureAlgorithm: SignatureValue;
  /** A challenge password stays where it is. */
  readonly attributes: readonly { readonly name: string; readonly values?: readonly Asn1[] }[];
  readonly extensions: readonly ExtensionValue[];
}

export async function certificateValue(der: Uint8Array, certificate: Certificate): Promise<CertificateValue> {
  const { uniqueIds, trailing } = certificate;
  const trust = trailing && trustBehind(der, trailing);
  return {
    role: certificateRole(certificate),
    version: certificate.version.number,
    serial: integerAt(der, certificate.serial),
    signatureAlgorithm: signatureValue(der, certificate.signature),
    issuer: nameValue(certificate.issuer),
    notBefore: iso(certificate.notBefore),
    notAfter: iso(certificate.notAfter),
    subject: nameValue(certificate.subject),
    key: publicKeyValue(der, certificate.key),
    ...(uniqueIds.length > 0 && { uniqueIds: uniqueIds.map(({ start, end }) => bitsAt(der, start, end)) }),
    extensions: extensionValues(der, certificate.extensions),
    ...(trust !== undefined && { trust }),
    ...(await signed(der, certificate, certificate.fingerprint)),
  };
}

export async function listValue(der: Uint8Array, list: RevocationList): Promise<ListValue> {
  return {
    version: list.version,
    signatureAlgorithm: signatureValue(der, list.signature),
    issuer: nameValue(list.issuer),
    thisUpdate: iso(list.thisUpdate),
    ...(list.nextUpdate !== undefined && { nextUpdate: iso(list.nextUpdate) }),
    entries: Array.from(revokedEntries(der, list), (it) => entryValue(der, it)),
    extensions: extensionValues(der, list.extensions),
    ...(await signed(der, list, list.fingerprint)),
  };
}

export async function requestValue(der: Uint8Array, request: CertificateRequest): Promise<RequestValue> {
  return {
    version: request.version,
    subject: nameValue(request.subject),
    key: publicKeyValue(der, request.key),
    signatureAlgorithm: signatureValue(der, request.signature),
    attributes: request.attributes.filter(({ name }) => name !== "extensionRequest").map((it) => attributeValue(der, it)),
    extensions: extensionValues(der, request.extensions),
    ...(await signed(der, request, request.fingerprint)),
  };
}

export function entryValue(der: Uint8Array, entry: RevokedEntry): EntryValue {
  const { extensions, reason, reasonCode } = entry;
  return {
    serial: integerAt(der, entry.number),
    date: iso(entry.date),
    ...(reasonCode !== undefined && { reason: reason ?? String(reasonCode) }),
    ...(extensions.length > 0 && { extensions: extensionValues(der, extensions) }),
  };
}

export function attributeValue(der: Uint8Array, { name, start, end }: RequestAttribute): RequestValue["attributes"][number] {
  if (name === "challengePassword") return { name };
  const reader = new DerReader(der, { start, end });
  const inner = reader.inside(reader.read(TAG.sequence, "an attribute"));
  inner.read(TAG.oid, "a type");
  const set = inner.inside(inner.read(TAG.set, "values"));
  const values: Asn1[] = [];
  while (set.more) {
    const tree = asn1Of(der, set.readAny());
    if (tree !== undefined) values.push(tree);
  }
  return { name, values };
}

const extensionValues = (der: Uint8Array, extensions: readonly Extension[]): readonly ExtensionValue[] =>
  extensions.map((it) => {
    const { text: _, ...value } = extensionValue(der, it);
    return value;
  });

/** The number of an INTEGER, whose contents end where it does. */
function integerAt(der: Uint8Array, { start, end }: ByteRange): string {
  const reader = new DerReader(der, { start, end });
  return magnitude(reader.contents(reader.readAny()));
}

/** `sha256`: with colons, as certificates know it. */
async function signed(der: Uint8Array, object: ByteRange, sha256: string): Promise<Signed> {
  return {
    signature: signatureBits(der, object),
    fingerprints: { sha1: await sha1(der.subarray(object.start, object.end)), sha256: sha256.replaceAll(":", "").toLowerCase() },
  };
}

/** What stands behind the signed part and its algorithm. */
export function signatureBits(der: Uint8Array, { start, end }: ByteRange): string {
  const reader = new DerReader(der, { start, end });
  const outer = reader.inside(reader.read(TAG.sequence, "what is signed"));
  outer.readAny();
  return bitsAt(der, outer.readAny().end, end);
}

export async function sha1(bytes: Uint8Array): Promise<string> {
  const legacy = await import("@noble/hashes/legacy.js");
  return toHex(legacy.sha1(bytes));
}
