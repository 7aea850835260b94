/** A certificate whose end of validity has passed. */
import { certificateRole, days, daysUntil, rangeSpan, timeText } from "../../pki/index.ts";
import type { FileContext, FileRule, FileVerdict } from "../rule.ts";
import { anchorsOfRustlsOnly, certificatesOf, type PlacedCertificate } from "./context.ts";

export const expiredCertificate: FileRule = {
  id: "expired-certificate",
  judges: "file",
  onlyIfReachable: true,
  issuedAgain: "alike",
  summary: "a certificate has expired",
  severity: "error",
  since: "0.1.0",
  cwe: [298],
  sources: [{ title: "RFC 5280, 4.1.2.5 Validity", url: "https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5" }],
  rationale: `Every handshake with an expired certificate is rejected, by rustls (\`CertExpired\`) and by OpenSSL (\`certificate has expired\`),
in the chain that a peer presents. The outage tempts to disable verification "for now".

A root is different: rustls takes subject and key of a trust anchor and never looks at its dates, OpenSSL and most others reject
every chain that ends in an expired root. So an expired root is a warning, and information only where the code shows that rustls
alone reads the file.`,
  byHand: "only its CA can issue a new one",
  examples: [{ bad: "expired-leaf", good: "server-leaf" }],
  judge: (file, context) => certificatesOf(file).flatMap((it) => judge(it, context)),
};

function judge({ section, certificate }: PlacedCertificate, context: FileContext): readonly FileVerdict[] {
  const end = certificate.notAfter.milliseconds;
  // The last second of validity counts in (RFC 5280: "inclusive"), and for rustls.
  if (end === undefined || context.policy.now <= end) return [];
  const since = -daysUntil(end, context.policy.now) - 1;
  const when = since === 0 ? "less than a day ago" : `${days(since)} ago`;
  const span = rangeSpan(section, certificate.notAfter.element);
  if (certificateRole(certificate) !== "root") {
    return [
      {
        span,
        message: `certificate expired ${when}, on ${timeText(certificate.notAfter)}: peers reject it`,
        help: "issue a new certificate, and renew it automatically from now on",
      },
    ];
  }
  const onlyRustls = anchorsOfRustlsOnly(context);
  return [
    {
      span,
      message: `root certificate expired ${when}, on ${timeText(certificate.notAfter)}: OpenSSL rejects its chains`,
      help: "replace it with its successor, or remove it if it no longer issues certificates",
      notes: ["rustls ignores the validity of trust anchors"],
      severity: onlyRustls ? "info" : "warning",
    },
  ];
}
