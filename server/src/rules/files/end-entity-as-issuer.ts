/** A certificate that is no authority and has issued another one. */

import { certificateRole, rangeSpan } from "../../pki/index.ts";
import type { FileContext, FileRule, FileVerdict } from "../rule.ts";
import { isAuthority, isIssuer, issuerOf, subjectOf } from "./chain.ts";
import { nameOf, type PlacedCertificate } from "./context.ts";
import { type Holdings, holdingsOf } from "./holdings.ts";

export const endEntityAsIssuer: FileRule = {
  id: "end-entity-as-issuer",
  judges: "file",
  summary: "a certificate that is not a CA has issued another one",
  severity: "error",
  since: "0.1.0",
  cwe: [295],
  sources: [
    { title: "RFC 5280, 4.2.1.9 Basic constraints", url: "https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.9" },
    {
      title: "rustls-webpki: Error::EndEntityUsedAsCa",
      url: "https://docs.rs/rustls-webpki/latest/webpki/enum.Error.html#variant.EndEntityUsedAsCa",
    },
  ],
  rationale: `Only a certificate whose basic constraints say \`CA:TRUE\` may issue others: otherwise an attacker with any certificate issues one
for any name. Both stacks reject a chain through another kind (\`EndEntityUsedAsCa\`, \`invalid CA certificate\`). Mostly the
extension file was forgotten when the intermediate was signed (\`openssl x509 -req\` without \`-extfile\`).

Reported within one file, where names and key identifiers show who issued whom. A root without constraints is a trust anchor for
rustls, which looks at no more than its name and key; OpenSSL rejects that, too.`,
  byHand: "which certificate was intended as the issuer is unknown, and only a CA can issue another",
  examples: [{ bad: "issued-by-a-leaf", good: "serial-numbers-in-order" }],
  judge(file, context) {
    const holdings = holdingsOf(file);
    // Alone it has issued nothing that is known.
    return holdings.distinct.length < 2 ? [] : holdings.distinct.flatMap((it) => judge(it, holdings, context));
  },
};

function judge(it: PlacedCertificate, own: Holdings, context: FileContext): readonly FileVerdict[] {
  const { section, certificate } = it;
  // Of version 1: neither an authority for sure nor an end entity.
  if (isAuthority(certificate) || certificate.version.number !== 3) return [];
  const isOf = (other: PlacedCertificate): boolean => other !== it && !other.certificate.selfIssued && isIssuer(it, other, context);
  const issued = own.alike(issuerOf, certificate.subject.text).find(isOf);
  // An authority of the same name may be meant.
  if (issued === undefined) return [];
  const namesakes = own.alike(subjectOf, issued.certificate.issuer.text);
  if (namesakes.some((other) => isAuthority(other.certificate) && isIssuer(other, issued, context))) return [];
  const constraints = certificate.extensions.find((one) => one.name === "basicConstraints");
  // Stacks differ in what they make of a value that is malformed, which is a fault of its own.
  if (certificate.values.malformed.some((one) => one.extension === constraints)) return [];
  const root = certificateRole(certificate) === "self-signed";
  return [
    {
      span: rangeSpan(section, constraints ?? certificate.subject),
      message: `${nameOf(certificate)} issued ${nameOf(issued.certificate)} but is not a CA: ${root ? "OpenSSL rejects" : "both stacks reject"} the chain (${root ? "" : "`EndEntityUsedAsCa`, "}\`invalid CA certificate\`)`,
      help: "reissue it with `basicConstraints = critical,CA:TRUE` and `keyUsage = critical,keyCertSign,cRLSign`",
      ...(root && { severity: "warning" }),
    },
  ];
}
