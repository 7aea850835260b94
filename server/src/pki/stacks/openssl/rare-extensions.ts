/** Extensions that hardly anybody uses and that OpenSSL judges: Netscape's certificate type, proxy certificates, resources. */
import { context, DerReader, TAG } from "../../der/der.ts";
import { readBits, readInteger, readOid } from "../../der/primitives.ts";
import type { Extension } from "../../x509/extensions.ts";

/** Bits of `nsCertType` (`NS_SSL_CLIENT` and its neighbours in `x509v3.h`). */
export const NETSCAPE = { client: 0x80, server: 0x40, tlsAuthority: 0x04, anyAuthority: 0x07 } as const;

/** The first byte of the bits, as `ossl_x509v3_cache_extensions` keeps it. */
export function readNetscapeType(der: Uint8Array, extension: Extension | undefined): number | "malformed" | undefined {
  if (extension === undefined) return undefined;
  const reader = DerReader.lax(der, extension.value);
  const { bytes } = readBits(reader, "a certificate type");
  return reader.error === undefined ? (bytes[0] ?? 0) : "malformed";
}

/** Whether the value of a proxyCertInfo can be decoded: `SEQUENCE { INTEGER OPTIONAL, SEQUENCE { OID, OCTET STRING OPTIONAL } }`. */
export function isProxyInformation(der: Uint8Array, extension: Extension): boolean {
  const reader = DerReader.lax(der, extension.value);
  const fields = reader.inside(reader.read(TAG.sequence, "proxy information"));
  if (fields.nextIs(TAG.integer)) readInteger(fields, "a path length");
  const policy = fields.inside(fields.read(TAG.sequence, "a proxy policy"));
  readOid(policy, "a policy language");
  policy.optional(TAG.octetString, "a policy");
  policy.finish("the policy");
  fields.finish("the proxy policy");
  return reader.error === undefined;
}

/** The resources of RFC 3779, §2.2.3 and §3.2.3, which are judged along the path. */
export const RESOURCES: readonly string[] = ["ipAddrBlocks", "autonomousSysIds"];

export function areResources(der: Uint8Array, extension: Extension): boolean {
  const reader = DerReader.lax(der, extension.value);
  const outer = reader.inside(reader.read(TAG.sequence, "resources"));
  if (extension.name === "ipAddrBlocks") readAddressFamilies(outer);
  else {
    for (const number of [0, 1]) {
      const choice = outer.optional(context(number), "numbers");
      if (choice === undefined) continue;
      const inner = outer.inside(choice);
      readChoice(inner, (numbers) => readInteger(numbers, "a number"));
      inner.finish("the numbers");
    }
    outer.finish("the numbers");
  }
  return reader.error === undefined;
}

function readAddressFamilies(list: DerReader): void {
  while (list.more) {
    const family = list.inside(list.read(TAG.sequence, "an address family"));
    family.read(TAG.octetString, "the number of a family");
    readChoice(family, (addresses) => readBits(addresses, "an address"));
    family.finish("the addresses");
  }
}

/** NULL, which inherits, or a list of single values and of ranges. */
function readChoice(reader: DerReader, readValue: (reader: DerReader) => unknown): void {
  if (reader.nextIs(TAG.null)) {
    reader.readAny();
    return;
  }
  const list = reader.inside(reader.read(TAG.sequence, "a list of resources"));
  while (list.more) {
    if (!list.nextIs(TAG.sequence)) {
      readValue(list);
      continue;
    }
    const range = list.inside(list.readAny());
    readValue(range);
    readValue(range);
    range.finish("the end of a range");
  }
}
