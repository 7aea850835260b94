/** PKCS#7 (RFC 2315, RFC 5652) as authorities hand out chains: the certificates and lists in it, each with its place. Signatures are not read. */
import { type ByteRange, context, type DerError, readWhole, TAG } from "./der.ts";
import { readOid } from "./primitives.ts";

export interface Contained {
  readonly certificates: readonly ByteRange[];
  readonly lists: readonly ByteRange[];
}

const SIGNED_DATA = "1.2.840.113549.1.7.2";
/** More is no chain. */
const MOST = 2000;

export function readPkcs7(der: Uint8Array): Contained | DerError {
  const { reader, element } = readWhole(der, TAG.sequence, "a PKCS#7 object");
  const outer = reader.inside(element);
  const type = readOid(outer, "the type of the contents");
  if (reader.error === undefined && type !== SIGNED_DATA) reader.fail("BadDer", element.content, "PKCS#7 of another kind than signed data");
  const data = outer.inside(outer.read(context(0), "signed data"));
  const inner = data.inside(data.read(TAG.sequence, "signed data"));
  inner.read(TAG.integer, "the version");
  inner.read(TAG.set, "digest algorithms");
  inner.read(TAG.sequence, "the contents that are signed");
  const certificates = inner.optional(context(0), "certificates");
  const lists = inner.optional(context(1), "revocation lists");
  const found: { certificates: ByteRange[]; lists: ByteRange[] } = { certificates: [], lists: [] };
  for (const [field, into] of [
    [certificates, found.certificates],
    [lists, found.lists],
  ] as const) {
    const all = field === undefined ? undefined : inner.inside(field);
    while (all?.more === true && into.length < MOST) {
      const { tag, start, end } = all.readAny();
      // Attribute certificates and other formats have tags of their own.
      if (tag === TAG.sequence) into.push({ start, end });
    }
  }
  return reader.error ?? found;
}
