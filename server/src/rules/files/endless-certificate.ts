/** A certificate whose end is the date that stands for "no end". */
import { rangeSpan } from "../../pki/index.ts";
import type { FileRule, FileVerdict } from "../rule.ts";
import { isAuthority } from "./chain.ts";
import { certificatesOf, type PlacedCertificate } from "./context.ts";

/** RFC 5280 §4.1.2.5: 99991231235959Z. */
const NO_END = Date.UTC(9999, 11, 31, 23, 59, 59);

export const endlessCertificate: FileRule = {
  id: "endless-certificate",
  judges: "file",
  issuedAgain: "alike",
  summary: "a certificate never expires",
  severity: "info",
  since: "0.1.0",
  cwe: [298],
  sources: [{ title: "RFC 5280, 4.1.2.5 Validity", url: "https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5" }],
  rationale: `The date 9999-12-31 23:59:59 stands for "no well-defined end". It is meant for identities burnt into devices. Elsewhere a stolen
key stays valid until its certificate is revoked, and revocation is rarely checked. Reported as information; both stacks accept
such a certificate.`,
  examples: [{ bad: "leaf-of-9999", good: "leaf-of-9998" }],
  judge: (file) => certificatesOf(file).flatMap(judge),
};

function judge({ section, certificate }: PlacedCertificate): readonly FileVerdict[] {
  if (certificate.notAfter.milliseconds !== NO_END) return [];
  const whose = isAuthority(certificate)
    ? "every certificate below it depends on a key that is never replaced"
    : "a lost or stolen key stays valid";
  return [
    {
      span: rangeSpan(section, certificate.notAfter.element),
      message: "certificate never expires (`99991231235959Z`)",
      notes: [`${whose} unless it is revoked`],
      help: "issue it for months and renew it automatically, unless it identifies a device",
    },
  ];
}
