/** What the label of a PEM section says, and what a section was meant to be whose label says nothing. */
import type { PemProblem, PemSection } from "./pem/pem.ts";
import { readCertificate } from "./x509/certificate.ts";
import { readRevocationList } from "./x509/crl.ts";

export type SectionKind = "certificate" | "revocation-list" | "request" | "private-key" | "public-key" | "key-store" | "other";

export function kindOf(label: string): SectionKind {
  if (/^((X509|TRUSTED) )?CERTIFICATE$/.test(label)) return "certificate";
  if (/^(X509 )?CRL$/.test(label)) return "revocation-list";
  if (/^(NEW )?CERTIFICATE REQUEST$/.test(label)) return "request";
  if (/(^| )PRIVATE KEY$/.test(label)) return "private-key";
  return /(^| )PUBLIC KEY$/.test(label) ? "public-key" : "other";
}

/** What a section was meant to be: by its BEGIN, by its END, or by what it holds under a label that no reader knows. */
export function meantLabel({ label, endLabel, base64: { bytes } }: PemSection): string {
  if (kindOf(label) !== "other" || KNOWN_OTHERS.test(label)) return label;
  if (endLabel !== undefined && kindOf(endLabel) !== "other") return endLabel;
  if (readCertificate(bytes).kind === "certificate") return "CERTIFICATE";
  return readRevocationList(bytes).kind === "revocation-list" ? "X509 CRL" : label;
}

/** Labels of other things (RFC 7468 §8 to §12; OpenSSL's parameters and sessions). */
const KNOWN_OTHERS = /^(?:PKCS7|CMS|ATTRIBUTE CERTIFICATE|PKCS #7 SIGNED DATA|SSL SESSION PARAMETERS)$|PARAMETERS$/;

export const unknownLabel = ({ label, begin }: PemSection): PemProblem => ({
  defect: "unusual-label",
  span: begin,
  message: `no reader knows the label \`${label}\``,
});
