/** A server's certificate whose names are no hosts. */
import { type GeneralName, rangeSpan, visible } from "../../pki/index.ts";
import type { FileRule, FileVerdict } from "../rule.ts";
import { isAuthority } from "./chain.ts";
import { certificatesOf, type PlacedCertificate } from "./context.ts";

export const noHostName: FileRule = {
  id: "no-host-name",
  judges: "file",
  summary: "a server certificate names an identity, but no host",
  severity: "hint",
  since: "0.1.0",
  cwe: [297],
  sources: [
    { title: "SPIFFE: X.509-SVID, 2 and 4", url: "https://spiffe.io/docs/latest/spiffe-specs/x509-svid/" },
    { title: "rustls issue 1194: certificates with URI names only", url: "https://github.com/rustls/rustls/issues/1194" },
    { title: "RFC 9525, 6.3 Matching the DNS domain name portion", url: "https://www.rfc-editor.org/rfc/rfc9525#section-6.3" },
  ],
  rationale: `Identities of workloads, such as those of SPIFFE, are URIs. A usual client looks for a host or an address among the SANs, finds
none and rejects the certificate (rustls \`CertNotValidForName\`; OpenSSL falls back to the common name). Programs with such
identities need a verifier that compares the URI after verifying the path; disabling hostname verification is no answer. As most
identities of this form have their verifier, it is a hint.`,
  examples: [{ bad: "identity-of-a-server", good: "identity-in-order" }],
  judge: (file) => certificatesOf(file).flatMap(judge),
};

const namesHost = ({ kind }: GeneralName): boolean => kind === "DNS" || kind === "IP";

function judge({ section, certificate }: PlacedCertificate): readonly FileVerdict[] {
  const { alternativeNames, purposes } = certificate.values;
  const [first] = alternativeNames ?? [];
  if (first === undefined || alternativeNames?.some(namesHost) !== false) return [];
  if (isAuthority(certificate) || purposes?.includes("serverAuth") !== true) return [];
  const shown = visible(first.value).replaceAll("`", "'");
  return [
    {
      span: rangeSpan(section, first),
      message: `server certificate names \`${shown}\` but no host: hostname verification fails`,
      help: "reissue it with its hosts as SANs, or verify the identity in a custom verifier after the chain",
      notes: ["rustls reports `CertNotValidForName`; OpenSSL falls back to the common name"],
    },
  ];
}
