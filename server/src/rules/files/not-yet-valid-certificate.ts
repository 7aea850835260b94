/** A certificate whose validity has not begun. */
import { certificateRole, days, daysUntil, rangeSpan, timeText } from "../../pki/index.ts";
import type { FileRule } from "../rule.ts";
import { anchorsOfRustlsOnly, certificatesOf } from "./context.ts";

export const notYetValidCertificate: FileRule = {
  id: "not-yet-valid-certificate",
  judges: "file",
  summary: "a certificate is not valid yet",
  severity: "error",
  since: "0.1.0",
  cwe: [298],
  sources: [{ title: "RFC 5280, 4.1.2.5 Validity", url: "https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5" }],
  rationale: `Until its first second rustls (\`NotValidYet\`) and OpenSSL (\`certificate is not yet valid\`) reject the certificate. Mostly one of
two clocks is wrong, or a time zone was taken for UTC; a successor that is put down early on purpose is the exception.`,
  byHand: "either a clock is wrong, or its CA must issue another, or the time must come",
  examples: [{ bad: "starts-tomorrow", good: "server-leaf" }],
  judge: (file, context) =>
    certificatesOf(file).flatMap(({ section, certificate }) => {
      const start = certificate.notBefore.milliseconds;
      const { now } = context.policy;
      // One that ends before it starts is malformed.
      if (start === undefined || now >= start || start > (certificate.notAfter.milliseconds ?? start)) return [];
      const left = daysUntil(start, now);
      const when = left === 0 ? "in less than a day" : `in ${days(left)}`;
      return [
        {
          span: rangeSpan(section, certificate.notBefore.element),
          message: `certificate is not valid until ${timeText(certificate.notBefore)} (${when}): peers reject it`,
          help: "wait, or check the clock and time zone of the CA",
          ...(anchorsOfRustlsOnly(context) && certificateRole(certificate) === "root" && { severity: "info" as const }),
        },
      ];
    }),
};
