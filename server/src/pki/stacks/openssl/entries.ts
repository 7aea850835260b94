/** What OpenSSL needs of a revocation list beyond its head: all entries with their extensions, and the algorithm beside the signature. */

import { toHex } from "../../der/characters.ts";
import { type ByteRange, type DerError, DerReader, type Element, readWhole, TAG } from "../../der/der.ts";
import { readInteger, readTime } from "../../der/primitives.ts";
import { readSignatureAlgorithm, type SignatureAlgorithm } from "../../x509/algorithms.ts";
import { type Extension, readExtensions } from "../../x509/extensions.ts";

/** An entry of a list (RFC 5280 §5.3). */
export interface RevokedCertificate extends ByteRange {
  /** Hexadecimal, as it is written. */
  readonly serial: string;
  readonly extensions: readonly Extension[];
}

export interface Entries {
  readonly revoked: readonly RevokedCertificate[];
  readonly outerSignature: SignatureAlgorithm;
}

/** Of a list whose head was read before; an error names the byte of the first entry that is malformed. */
export function readEntries(der: Uint8Array): Entries | DerError {
  const { reader, element } = readWhole(der, TAG.sequence, "a revocation list", true);
  const outer = reader.inside(element);
  const fields = outer.inside(outer.read(TAG.sequence, "the signed part of a revocation list"));
  fields.optional(TAG.integer, "the version");
  for (const what of ["the signature algorithm", "the issuer"]) fields.read(TAG.sequence, what);
  while (fields.nextIs(TAG.utcTime) || fields.nextIs(TAG.generalizedTime)) fields.readAny();
  const list = fields.optional(TAG.sequence, "revoked certificates");
  const outerSignature = readSignatureAlgorithm(outer, "the signature algorithm");
  if (reader.error !== undefined) return reader.error;
  const revoked = list === undefined ? [] : readAll(der, list);
  return "offset" in revoked ? revoked : { revoked, outerSignature };
}

function readAll(der: Uint8Array, list: Element): readonly RevokedCertificate[] | DerError {
  const revoked: RevokedCertificate[] = [];
  for (let at = list.content; at < list.end; ) {
    // An outcome of its own for each: the bound on elements is one for certificates.
    const reader = DerReader.lax(der, { start: at, end: list.end });
    const element = reader.read(TAG.sequence, "a revoked certificate");
    const entry = reader.inside(element);
    const serial = toHex(readInteger(entry, "a serial number").bytes);
    readTime(entry, "a revocation date");
    const extensions = entry.more ? readExtensions(entry) : [];
    entry.finish("the extensions of an entry");
    if (reader.error !== undefined) return reader.error;
    revoked.push({ start: element.start, end: element.end, serial, extensions });
    at = element.end;
  }
  return revoked;
}
