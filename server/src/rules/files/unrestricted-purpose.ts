/** A certificate that does not say whether it is a server's or a client's. */
import type { FileRule, FileVerdict } from "../rule.ts";
import { isAuthority } from "./chain.ts";
import { certificatesOf, type PlacedCertificate } from "./context.ts";

export const unrestrictedPurpose: FileRule = {
  id: "unrestricted-purpose",
  judges: "file",
  issuedAgain: "end-entity",
  summary: "an end-entity certificate is valid for every purpose",
  severity: "hint",
  since: "0.1.0",
  cwe: [1220],
  sources: [
    { title: "RFC 5280, 4.2.1.12 Extended key usage", url: "https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.12" },
    { title: "OpenSSL: extended key usage", url: "https://docs.openssl.org/3.0/man5/x509v3_config/#extended-key-usage" },
  ],
  rationale: `Without an extended key usage a certificate may be used as a server's and as a client's: rustls and OpenSSL accept it as both.
With mutual TLS that matters: where servers and clients share a CA, an attacker with a server's key connects as a client, and
with a client's key, if it names hosts, impersonates a server. Private CAs often leave the extension out, so it is a hint.`,
  examples: [{ bad: "leaf-without-purposes", good: "server-leaf" }],
  judge: (file) => certificatesOf(file).flatMap(judge),
};

function judge({ section, certificate }: PlacedCertificate): readonly FileVerdict[] {
  // Before version 3 nothing could be said of it, and rustls refuses them for that.
  if (isAuthority(certificate) || certificate.version.number < 3) return [];
  if (certificate.extensions.some((it) => it.name === "extKeyUsage")) return [];
  return [
    {
      span: section.boundary,
      message: "certificate has no EKU: it is accepted for servers and for clients",
      help: "reissue it with `extendedKeyUsage = serverAuth` or `clientAuth`, whichever it is for",
    },
  ];
}
