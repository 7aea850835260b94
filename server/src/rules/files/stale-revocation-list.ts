/** A revocation list whose successor is overdue. */
import { days, daysUntil, rangeSpan, timeText } from "../../pki/index.ts";
import type { FileRule, FileVerdict } from "../rule.ts";
import { listsOf, stacksOf } from "./context.ts";

export const staleRevocationList: FileRule = {
  id: "stale-revocation-list",
  judges: "file",
  summary: "a revocation list is past its next update",
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
  rationale: `By its own word there is a newer list. OpenSSL refuses every certificate that it would have to look up in the old one (\`CRL has
expired\`). rustls ignores the date unless it is told to enforce it (\`ExpiredRevocationList\`): what was revoked since then gets in.`,
  byHand: "only its authority can issue a new list",
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
            message: `this revocation list is of the future, ${timeText(thisUpdate)}: OpenSSL refuses it (\`CRL is not yet valid\`), rustls does not look`,
            help: "see which clock is wrong",
          },
        ];
      }
      const end = nextUpdate?.milliseconds;
      if (nextUpdate === undefined || end === undefined || now <= end) return [];
      const since = -daysUntil(end, now) - 1;
      return [
        {
          span: rangeSpan(section, nextUpdate.element),
          message: `the next revocation list was due ${since === 0 ? "less than a day ago" : `${days(since)} ago`}, on ${timeText(nextUpdate)}: OpenSSL refuses what it would look up in this one, rustls does so only when it is told to enforce the date`,
          help: "get the present list, and let a job fetch it from here on",
          ...(stacks.has("OpenSSL") && { severity: "error" }),
        },
      ];
    });
  },
};
