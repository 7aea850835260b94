/** PKCS#7 (RFC 2315, RFC 5652) as authorities hand out chains: the certificates and lists in it, each with its place. Signatures are not read. */
import { BerReader, plainOctets } from "../der/ber.ts";
import { type ByteRange, context, type DerError, TAG } from "../der/der.ts";
import { MAXIMUM_SECTIONS } from "../pem/pem.ts";

export interface Contained {
  readonly certificates: readonly ByteRange[];
  readonly lists: readonly ByteRange[];
  /** There are more than these. */
  readonly cut: boolean;
}

const SIGNED_DATA = "1.2.840.113549.1.7.2";
/** Of each kind, as in a bundle of PEM. */
export const MOST_CONTAINED = MAXIMUM_SECTIONS;

export function readPkcs7(der: Uint8Array): Contained | DerError {
  const reader = new BerReader(plainOctets(der));
  const outer = reader.inside(reader.read(TAG.sequence, "a PKCS#7 object"));
  const type = outer.oid("the type of the contents");
  if (type !== SIGNED_DATA) reader.fail("BadDer", 0, "PKCS#7 of another kind than signed data");
  const data = outer.inside(outer.read(context(0), "signed data"));
  const inner = data.inside(data.read(TAG.sequence, "signed data"));
  inner.read(TAG.integer, "the version");
  inner.read(TAG.set, "digest algorithms");
  inner.read(TAG.sequence, "the contents that are signed");
  const certificates = inner.optional(context(0), "certificates");
  const lists = inner.optional(context(1), "revocation lists");
  const found: { certificates: ByteRange[]; lists: ByteRange[]; cut: boolean } = { certificates: [], lists: [], cut: false };
  for (const [field, into] of [
    [certificates, found.certificates],
    [lists, found.lists],
  ] as const) {
    const all = field === undefined ? undefined : inner.inside(field);
    while (all?.more === true) {
      const { tag, start, end } = all.readAny();
      // Attribute certificates and other formats have tags of their own.
      if (tag !== TAG.sequence || all.error !== undefined) continue;
      if (into.length < MOST_CONTAINED) into.push({ start, end });
      else found.cut = true;
    }
  }
  return reader.error ?? found;
}

/** Labels of PKCS#7 and CMS (RFC 7468 §8 and §9; the last is of old). */
export const MESSAGES = /^(?:PKCS7|CMS|PKCS #7 SIGNED DATA)$/;

/** Of what is labelled as such, and neither is nor holds anything that can be read. */
export function pkcs7Error(der: Uint8Array): DerError | undefined {
  const read = readPkcs7(der);
  return "certificates" in read ? undefined : read;
}
