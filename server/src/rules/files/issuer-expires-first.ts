/** A certificate that outlives an authority above it, and so ends earlier than it says. */
import { certificateRole, rangeSpan, timeText } from "../../pki/index.ts";
import type { FileContext, FileRule } from "../rule.ts";
import { chainOf } from "./chain.ts";
import { nameOf, type PlacedCertificate } from "./context.ts";

export const issuerExpiresFirst: FileRule = {
  id: "issuer-expires-first",
  judges: "file",
  summary: "an issuer in a chain expires before the certificate that it issued",
  severity: "warning",
  since: "0.1.0",
  cwe: [298],
  sources: [
    { title: "RFC 5280, 6.1 Basic path validation", url: "https://www.rfc-editor.org/rfc/rfc5280#section-6.1" },
    { title: "RFC 5280, 4.1.2.5 Validity", url: "https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5" },
  ],
  rationale: `Every certificate of a path must be valid, so a chain ends with the first of them. A monitor that looks at the leaf's date alone
sees months where there are days. For rustls the dates of a root do not count, for OpenSSL they do: an early end of the root is
therefore information.

An issuer that has expired already is reported as expired, and only there.`,
  byHand: "only the CA above can reissue its certificate",
  examples: [{ bad: "intermediate-ends-first", good: "chain" }],
  judge(file, context) {
    const chain = chainOf(file, context);
    const end = chain?.leaf.certificate.notAfter.milliseconds;
    if (chain === undefined || end === undefined) return [];
    const first = earliest(chain.path.slice(1), end, context);
    if (first === undefined) return [];
    const { notAfter } = first.certificate;
    const isRoot = certificateRole(first.certificate) === "root";
    const counts = isRoot ? ", for OpenSSL" : "";
    return [
      {
        span: rangeSpan(first.section, notAfter.element),
        message: `issuer ${nameOf(first.certificate)} expires on ${timeText(notAfter)}, before ${nameOf(chain.leaf.certificate)}${counts}`,
        help: "renew the chain by this date, or have the leaf issued under the CA's newer certificate",
        ...(isRoot && { severity: "info" }),
      },
    ];
  },
};

function earliest(issuers: readonly PlacedCertificate[], leafEnd: number, { policy }: FileContext): PlacedCertificate | undefined {
  const ends = (it: PlacedCertificate): number => it.certificate.notAfter.milliseconds ?? Number.POSITIVE_INFINITY;
  const before = issuers.filter((it) => ends(it) < leafEnd && ends(it) >= policy.now);
  return before.sort((a, b) => ends(a) - ends(b))[0];
}
