/** Forms of the extensions that say what a certificate is for, Netscape's and those of Certificate Transparency among them. */
import { TAG } from "../der/der.ts";
import { readBits } from "../der/primitives.ts";
import { readKeyUsage, readPurposes } from "../x509/extensions.ts";
import { form, stringIn } from "./form.ts";
import { timestampList } from "./timestamps.ts";

/** In the order of the bits; the fifth is reserved. */
const NETSCAPE_TYPES = ["client", "server", "email", "object signing", "reserved", "TLS authority", "email authority", "signing authority"];

const words = (list: readonly string[]): readonly string[] => list;

const nsCertType = form((value) => {
  const { bytes, unused } = readBits(value, "a type");
  return NETSCAPE_TYPES.filter((_, bit) => bit < 8 * bytes.length - unused && ((bytes[0] ?? 0) & (0x80 >> bit)) !== 0);
}, words);

const nsComment = form(stringIn, (text) => text);

/** What is there says everything. */
const present = form(
  (value) => {
    value.read(TAG.null, "NULL");
    return true;
  },
  () => "yes",
);

export const USAGE_FORMS = {
  keyUsage: form(readKeyUsage, words),
  extKeyUsage: form(readPurposes, words),
  nsCertType,
  nsComment,
  ctPoison: present,
  ocspNoCheck: present,
  signedCertificateTimestamps: timestampList,
} as const;
