/** What the label of a PEM section says, and what a section was meant to be whose label says nothing. */
import { closest } from "../base/closest.ts";
import { readPrivateKey } from "./keys/keys.ts";
import { OPENSSL_LABELS } from "./pem/loader-openssl.ts";
import type { PemProblem, PemSection } from "./pem/pem-section.ts";
import { readCertificate } from "./x509/certificate.ts";
import { readRevocationList } from "./x509/crl.ts";
import { readRequest } from "./x509/request.ts";

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
  if (readRevocationList(bytes).kind === "revocation-list") return "X509 CRL";
  if (readRequest(bytes).kind === "request") return "CERTIFICATE REQUEST";
  // Whether it is a key shows in its form: nothing need be computed.
  return KEY_LABELS.find((it) => readPrivateKey(bytes, it, [], { left: 0 }).kind === "private-key") ?? label;
}

const KEY_LABELS = ["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"];

/** Labels of other things (RFC 7468 §10 to §12; OpenSSL's parameters and sessions), whose contents nobody takes for one of ours. */
const KNOWN_OTHERS = /^(?:ATTRIBUTE CERTIFICATE|SSL SESSION PARAMETERS)$|PARAMETERS$/;

/** Whether a section was meant to be read, though nothing tells what it is: it holds what begins as DER does, or its label is a slip of the pen. */
export function seemsMeant({ label, base64: { bytes } }: PemSection): boolean {
  if (KNOWN_OTHERS.test(label)) return false;
  const cut = READ_LABELS.some((it) => it !== label && it.startsWith(label));
  return cut || (bytes[0] === 0x30 && bytes.length > 2) || closest(label, USUAL_LABELS) !== undefined || namesMore(label);
}

/** A usual label, and words around it: `CERTIFICATE CHAIN`. */
const namesMore = (label: string): boolean => USUAL_LABELS.some((it) => ` ${label} `.includes(` ${it} `));

/** Those that one of the readers here knows: a file may end within any of them. */
const READ_LABELS = [...OPENSSL_LABELS, "OPENSSH PRIVATE KEY", "PKCS7", "PKCS #7 SIGNED DATA", "CMS"];
const USUAL_LABELS = ["CERTIFICATE", "X509 CRL", "CERTIFICATE REQUEST", "PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "PUBLIC KEY"];

export const unknownLabel = ({ label, begin }: PemSection): PemProblem => ({
  defect: "unusual-label",
  span: begin,
  message: `no reader knows the label \`${label}\``,
});
