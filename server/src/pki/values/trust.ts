/** What OpenSSL writes behind a `TRUSTED CERTIFICATE` (X509_CERT_AUX): for which purposes it is trusted and rejected, and its alias. */
import { toHex } from "../der/characters.ts";
import { type ByteRange, context, DerReader, TAG } from "../der/der.ts";
import { PURPOSES } from "../der/oids.ts";
import { decodeString, readOid } from "../der/primitives.ts";
import { sequenceIn } from "./form.ts";

export interface Trust {
  readonly trusted?: readonly string[];
  readonly rejected?: readonly string[];
  readonly alias?: string;
  readonly keyIdentifier?: string;
}

/** Undefined when it is something else. */
export function trustBehind(der: Uint8Array, trailing: ByteRange): Trust | undefined {
  const reader = new DerReader(der, trailing);
  const inner = sequenceIn(reader, "trust settings");
  const trusted = inner.nextIs(TAG.sequence) ? purposesIn(sequenceIn(inner, "purposes")) : undefined;
  const refused = inner.optional(context(0), "rejected purposes");
  const rejected = refused && purposesIn(inner.inside(refused));
  const alias = inner.optional(TAG.utf8String, "an alias");
  const id = inner.optional(TAG.octetString, "a key identifier");
  inner.optional(context(1), "other settings");
  inner.finish("the trust settings");
  reader.finish("the trust settings");
  if (reader.error !== undefined) return undefined;
  return {
    ...(trusted !== undefined && { trusted }),
    ...(rejected !== undefined && { rejected }),
    ...(alias !== undefined && { alias: decodeString(alias.tag, der, alias.content, alias.end) }),
    ...(id !== undefined && { keyIdentifier: toHex(der, id.content, id.end) }),
  };
}

function purposesIn(reader: DerReader): readonly string[] {
  const found: string[] = [];
  while (reader.more) {
    const oid = readOid(reader, "a purpose");
    found.push(PURPOSES[oid] ?? oid);
  }
  return found;
}
