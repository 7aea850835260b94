/** A revocation list whose successor is overdue. */
import { days, daysUntil, rangeSpan, timeText } from "../../pki/index.ts";
import type { FileRule, FileVerdict } from "../rule.ts";
import { listsOf, stacksOf } from "./context.ts";

export const staleRevocationList: FileRule = {
  id: "stale-revocation-list",
  judges: "file",
  summary: "a CRL has expired",
  severity: "warning",
  since: "0.1.0",
  cwe: [299],
  sources: [
    { title: "RFC 5280, 5.1.2.5 Next update", url: "https://www.rfc-editor.org/rfc/rfc5280#section-5.1.2.5" },
    {
      title: "rustls: WebPkiClientVerifier builder, enforce_revocation_expiration",
      url: "https://docs.rs/rustls/latest/rustls/server/struct.ClientCertVerifierBuilder.html#method.enforce_revocation_expiration",
    },
  ],
  rationale: `By its own word there is a newer list. OpenSSL rejects every certificate that it would have to look up in the old one (\`CRL has
expired\`). rustls ignores the date unless enforcement is enabled (\`ExpiredRevocationList\`): certificates revoked since then are
accepted.`,
  byHand: "only its CA can issue a new CRL",
  examples: [{ bad: "list-overdue", good: "revocation-list" }],
  judge(file, context) {
    const stacks = stacksOf(context);
    return listsOf(file).flatMap(({ section, list }): readonly FileVerdict[] => {
      const { thisUpdate, nextUpdate } = list;
      const { now } = context.policy;
      if (thisUpdate.milliseconds !== undefined && now < thisUpdate.milliseconds) {
        return [
          {
            span: rangeSpan(section, thisUpdate.element),
            message: `CRL is not valid until ${timeText(thisUpdate)}: OpenSSL rejects it`,
            notes: ["OpenSSL reports `CRL is not yet valid`; rustls does not check the date"],
            help: "check the clocks of the CA and of this machine",
          },
        ];
      }
      const end = nextUpdate?.milliseconds;
      if (nextUpdate === undefined || end === undefined || now <= end) return [];
      const since = -daysUntil(end, now) - 1;
      return [
        {
          span: rangeSpan(section, nextUpdate.element),
          message: `CRL expired ${since === 0 ? "less than a day ago" : `${days(since)} ago`}, on ${timeText(nextUpdate)}: OpenSSL rejects every certificate`,
          notes: ["rustls rejects them only with `enforce_revocation_expiration`"],
          help: "download the current CRL, and update it automatically from now on",
          ...(stacks.has("OpenSSL") && { severity: "error" }),
        },
      ];
    });
  },
};
