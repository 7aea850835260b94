/** Certification requests (PKCS#10, RFC 2986): who asks, for which names, with which key. */

import { type ByteRange, context, type DerError, type DerReader, readWhole, TAG } from "../der/der.ts";
import { EXTENSION_REQUEST } from "../der/oids.ts";
import { readBitString, readOid, readSmallInteger } from "../der/primitives.ts";
import { type PublicKey, readPublicKey, readSignatureAlgorithm, type SignatureAlgorithm } from "./algorithms.ts";
import { type Extension, type ExtensionValues, extensionValues, readExtensions } from "./extensions.ts";
import { fingerprint } from "./fingerprint.ts";
import { type Name, readName } from "./names.ts";

export interface CertificateRequest extends ByteRange {
  readonly kind: "request";
  /** As people count: the first is written as 0. */
  readonly version: number;
  readonly subject: Name;
  readonly key: PublicKey;
  readonly signature: SignatureAlgorithm;
  readonly extensions: readonly Extension[];
  readonly values: ExtensionValues;
  /** Each attribute as a whole: the requested extensions are one of them. */
  readonly attributes: readonly RequestAttribute[];
  readonly fingerprint: string;
  /** Bytes after the request. */
  readonly trailing: ByteRange | undefined;
}

export interface RequestAttribute extends ByteRange {
  /** "challengePassword"; the identifier when it has no name here. */
  readonly name: string;
}

/** PKCS#9 (RFC 2985) and Microsoft's, as OpenSSL and Windows write them. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  "1.2.840.113549.1.9.2": "unstructuredName",
  "1.2.840.113549.1.9.7": "challengePassword",
  [EXTENSION_REQUEST]: "extensionRequest",
  "1.3.6.1.4.1.311.2.1.14": "extensionRequest",
};

export function readRequest(der: Uint8Array): CertificateRequest | DerError {
  const { reader, element } = readWhole(der, TAG.sequence, "a certification request");
  const outer = reader.inside(element);
  const info = outer.inside(outer.read(TAG.sequence, "the signed part of a request"));
  const version = (readSmallInteger(info, "the version") ?? 255) + 1;
  const subject = readName(info, "the subject");
  const key = readPublicKey(info);
  const field = info.optional(context(0), "attributes");
  const { attributes, extensions } = field === undefined ? { attributes: [], extensions: [] } : readAttributes(info.inside(field));
  info.finish("the attributes");
  const signature = readSignatureAlgorithm(outer, "the signature algorithm");
  readBitString(outer, "the signature");
  outer.finish("the signature");
  if (reader.error !== undefined) return reader.error;
  return {
    kind: "request",
    version,
    start: element.start,
    end: element.end,
    subject,
    key,
    signature,
    extensions,
    attributes,
    values: extensionValues(reader, extensions),
    fingerprint: fingerprint(der.subarray(element.start, element.end)),
    trailing: element.end < der.length ? { start: element.end, end: der.length } : undefined,
  };
}

function readAttributes(reader: DerReader): Pick<CertificateRequest, "attributes" | "extensions"> {
  const extensions: Extension[] = [];
  const attributes: RequestAttribute[] = [];
  while (reader.more) {
    const element = reader.read(TAG.sequence, "an attribute");
    const attribute = reader.inside(element);
    const oid = readOid(attribute, "an attribute's type");
    const values = attribute.inside(attribute.read(TAG.set, "an attribute's values"));
    const name = ATTRIBUTES[oid] ?? oid;
    attributes.push({ name, start: element.start, end: element.end });
    if (name === "extensionRequest") while (values.more) extensions.push(...readExtensions(values));
  }
  return { attributes, extensions };
}
