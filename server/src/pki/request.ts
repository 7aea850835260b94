/** Certification requests (PKCS#10, RFC 2986): who asks, for which names, with which key. */
import { type PublicKey, readPublicKey, readSignatureAlgorithm, type SignatureAlgorithm } from "./algorithms.ts";
import { type ByteRange, context, type DerError, type DerReader, readWhole, TAG } from "./der.ts";
import { type Extension, type ExtensionValues, extensionValues, readExtensions } from "./extensions.ts";
import { fingerprint } from "./fingerprint.ts";
import { type Name, readName } from "./names.ts";
import { EXTENSION_REQUEST } from "./oids.ts";
import { readBitString, readInteger, readOid } from "./primitives.ts";

export interface CertificateRequest extends ByteRange {
  readonly kind: "request";
  readonly subject: Name;
  readonly key: PublicKey;
  readonly signature: SignatureAlgorithm;
  readonly extensions: readonly Extension[];
  readonly values: ExtensionValues;
  readonly fingerprint: string;
  /** Bytes after the request. */
  readonly trailing: ByteRange | undefined;
}

export function readRequest(der: Uint8Array): CertificateRequest | DerError {
  const { reader, element } = readWhole(der, TAG.sequence, "a certification request");
  const outer = reader.inside(element);
  const info = outer.inside(outer.read(TAG.sequence, "the signed part of a request"));
  readInteger(info, "the version");
  const subject = readName(info, "the subject");
  const key = readPublicKey(info);
  const attributes = info.optional(context(0), "attributes");
  const extensions = attributes === undefined ? [] : requestedExtensions(info.inside(attributes));
  info.finish("the attributes");
  const signature = readSignatureAlgorithm(outer, "the signature algorithm");
  readBitString(outer, "the signature");
  outer.finish("the signature");
  if (reader.error !== undefined) return reader.error;
  return {
    kind: "request",
    start: element.start,
    end: element.end,
    subject,
    key,
    signature,
    extensions,
    values: extensionValues(reader, extensions),
    fingerprint: fingerprint(der.subarray(element.start, element.end)),
    trailing: element.end < der.length ? { start: element.end, end: der.length } : undefined,
  };
}

function requestedExtensions(attributes: DerReader): Extension[] {
  const extensions: Extension[] = [];
  while (attributes.more) {
    const attribute = attributes.inside(attributes.read(TAG.sequence, "an attribute"));
    const oid = readOid(attribute, "an attribute's type");
    const values = attribute.inside(attribute.read(TAG.set, "an attribute's values"));
    if (oid === EXTENSION_REQUEST) while (values.more) extensions.push(...readExtensions(values));
  }
  return extensions;
}
