/** A certificate for every host below a name. */
import { rangeSpan, visible } from "../../pki/index.ts";
import type { FileRule, FileVerdict } from "../rule.ts";
import { isAuthority } from "./chain.ts";
import { certificatesOf, type PlacedCertificate } from "./context.ts";

export const wildcardName: FileRule = {
  id: "wildcard-name",
  judges: "file",
  summary: "a certificate covers every host below a name",
  severity: "hint",
  since: "0.1.0",
  cwe: [1220],
  sources: [
    {
      title: "OWASP Transport Layer Security Cheat Sheet: wildcard certificates",
      url: "https://cheatsheetseries.owasp.org/cheatsheets/Transport_Layer_Security_Cheat_Sheet.html#carefully-consider-the-use-of-wildcard-certificates",
    },
    { title: "RFC 9525, 7 Security considerations", url: "https://www.rfc-editor.org/rfc/rfc9525#section-7" },
  ],
  rationale: `A certificate with \`*.example.org\` lets an attacker with its key impersonate any host of that level: the least important one
compromises the most important. Where the hosts are one service behind one key, that is what is wanted; where they are not, each
should have a certificate of its own. It is a decision, and so no more than a hint. Wildcards that match nothing are reported by
\`unusable-name\`.`,
  examples: [{ bad: "wildcard-of-a-domain", good: "server-leaf" }],
  judge: (file) => certificatesOf(file).flatMap(judge),
};

function judge({ section, certificate }: PlacedCertificate): readonly FileVerdict[] {
  if (isAuthority(certificate)) return [];
  // A whole label, with two below it: what rustls and OpenSSL match.
  const name = certificate.values.alternativeNames?.find((it) => it.kind === "DNS" && /^\*(?:\.[a-z0-9_-]+){2,}\.?$/i.test(it.value));
  if (name === undefined) return [];
  const below = visible(name.value.slice(2));
  return [
    {
      span: rangeSpan(section, name),
      message: `\`*.${below}\` covers every host below \`${below}\`: a stolen key can impersonate any of them`,
      help: "issue a separate certificate for each service",
    },
  ];
}
