/** A certificate that is still valid, but should have been renewed by now. */
import { DAY } from "../../base/duration.ts";
import { days, daysUntil, rangeSpan, timeText } from "../../pki/index.ts";
import type { FileContext, FileRule, FileVerdict } from "../rule.ts";
import { anchorsOfRustlsOnly, certificatesOf, type PlacedCertificate } from "./context.ts";

/** What is issued for hours or days is not flagged for most of its life: the window is a third of it at most, as ACME clients renew. */
const PART_OF_LIFETIME = 3;

export const expiringCertificate: FileRule = {
  id: "expiring-certificate",
  judges: "file",
  onlyIfReachable: true,
  issuedAgain: "alike",
  summary: "a certificate expires soon",
  severity: "warning",
  since: "0.1.0",
  cwe: [298],
  sources: [
    { title: "RFC 5280, 4.1.2.5 Validity", url: "https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5" },
    { title: "Let's Encrypt: integration guide, when to renew", url: "https://letsencrypt.org/docs/integration-guide/#when-to-renew" },
  ],
  rationale: `A certificate within its last weeks should have been renewed. Once it ends, every handshake is rejected. How many days count is
the setting \`expiring-days\` (30 by default), but never more than a third of the whole validity, so that certificates that live
for hours are not reported from their first minute.`,
  byHand: "only its CA can issue a new one",
  examples: [{ bad: "expiring-leaf", good: "server-leaf" }],
  judge: (file, context) => certificatesOf(file).flatMap((it) => judge(it, context)),
};

function judge({ section, certificate }: PlacedCertificate, context: FileContext): readonly FileVerdict[] {
  const { now, expiringDays } = context.policy;
  const start = certificate.notBefore.milliseconds;
  const end = certificate.notAfter.milliseconds;
  if (start === undefined || end === undefined || now > end || now < start) return [];
  if (end - now > Math.min(expiringDays * DAY, (end - start) / PART_OF_LIFETIME)) return [];
  const left = daysUntil(end, now);
  const message = `certificate expires ${left === 0 ? "today" : `in ${days(left)}`}, on ${timeText(certificate.notAfter)}`;
  const help = "renew it now, and automatically from now on";
  return [
    { span: rangeSpan(section, certificate.notAfter.element), message, help, ...(anchorsOfRustlsOnly(context) && { severity: "info" }) },
  ];
}
