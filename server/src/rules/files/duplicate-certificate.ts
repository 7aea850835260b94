/** The same certificate twice in a file. */
import type { FileRule } from "../rule.ts";
import { certificatesOf, distinctOf, nameOf } from "./context.ts";
import { removal } from "./repairs.ts";

export const duplicateCertificate: FileRule = {
  id: "duplicate-certificate",
  judges: "file",
  summary: "a certificate is in a file twice",
  severity: "warning",
  since: "0.1.0",
  cwe: [1041],
  sources: [
    { title: "RFC 8446, 4.4.2 Certificate", url: "https://www.rfc-editor.org/rfc/rfc8446#section-4.4.2" },
    { title: "RFC 4158, 5.2 Loops", url: "https://www.rfc-editor.org/rfc/rfc4158#section-5.2" },
  ],
  rationale: `A repeated certificate is sent with every handshake and changes nothing: rustls and OpenSSL skip it. Smaller clients that expect
each certificate to certify the one before it fail. Mostly it is a trace of a script that appends to a file which was not empty,
and the certificate that was meant to be appended is somewhere else.`,
  examples: [{ bad: "duplicate-in-chain", good: "chain" }],
  judge(file) {
    const certificates = certificatesOf(file);
    // No digest where there is nothing to tell: it costs as much as all other rules.
    if (distinctOf(file).length === certificates.length) return [];
    const first = new Map<string, number>();
    return certificates.flatMap(({ section, certificate }, index) => {
      const known = first.get(certificate.fingerprint);
      if (known === undefined) {
        first.set(certificate.fingerprint, index + 1);
        return [];
      }
      return [
        {
          span: section.boundary,
          message: `${nameOf(certificate)} repeats certificate ${known} of this file`,
          help: "remove the duplicate",
          repairs: [{ title: "Remove duplicate certificate", applicability: "safe", edits: removal(file, [section]) }],
        },
      ];
    });
  },
};
