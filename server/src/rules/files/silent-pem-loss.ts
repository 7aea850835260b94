/** A section of a PEM file that a stack leaves out without saying so. */
import type { CertificateFile, PemProblem } from "../../pki/index.ts";
import type { FileRule, FileVerdict } from "../rule.ts";
import { ADVICE, lossVerdicts, pemLosses } from "./pem-loss.ts";

export const silentPemLoss: FileRule = {
  id: "silent-pem-loss",
  judges: "file",
  summary: "a section of a PEM file is skipped without an error",
  severity: "error",
  since: "0.1.0",
  cwe: [390, 1286],
  sources: [
    { title: "RFC 7468: textual encodings of PKIX structures", url: "https://www.rfc-editor.org/rfc/rfc7468" },
    { title: "rustls-pki-types: the PEM reader", url: "https://docs.rs/rustls-pki-types/latest/rustls_pki_types/pem/index.html" },
  ],
  rationale: `rustls looks for lines that start with \`-----BEGIN \` and skips without an error everything else: a byte order mark or blanks
before the boundary, an unusual label, a second certificate whose BEGIN was glued to the END before it. A trust store, chain or
CRL that is smaller than its file is noticed when peers are rejected, or, with a CRL, never.

What each stack does is not looked up in a table: the file is read as the readers of rustls-pki-types and OpenSSL read it. When
no stack is known to read the file, a section that only one of them loses is a warning.`,
  byHand: "a damaged part that cannot be recognised must be copied again from its source",
  examples: [{ bad: "pem-byte-order-mark", good: "server-leaf" }],
  judge(file, context) {
    const losses = pemLosses(file, context);
    return [
      ...lossVerdicts(
        file,
        losses.filter((it) => it.silent),
        context,
      ),
      ...file.problems.flatMap((it) => outside(file, it, losses.length > 0)),
    ];
  },
};

/** What belongs to no section that anybody sees. */
function outside({ sections }: CertificateFile, { defect, span, message }: PemProblem, told: boolean): FileVerdict[] {
  const help = ADVICE[defect];
  switch (defect) {
    case "missing-begin":
      return [{ span, message: `${message}: rustls and OpenSSL skip the text before it silently`, help }];
    case "utf-16":
      // Whatever its sections are: no reader sees them.
      return told ? [] : [{ span, message: `${message}: rustls and OpenSSL do not load it`, help }];
    case "partly-utf-16":
      return [{ span, message: `${message}: rustls and OpenSSL skip it silently`, help }];
    case "commented-out":
      // Meant so, where there is something else to load.
      return [{ span, message: `${message}: rustls and OpenSSL do not load it`, help, severity: sections.length > 0 ? "info" : "error" }];
    default:
      return [];
  }
}
