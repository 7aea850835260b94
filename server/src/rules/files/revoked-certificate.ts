/** A certificate that a revocation list of the workspace revokes. */
import { type Certificate, type RevocationList, type RevokedEntry, rangeSpan, revocationOf, timeText } from "../../pki/index.ts";
import type { FileContext, FileRule } from "../rule.ts";
import { keyIdsAgree } from "./chain.ts";
import { certificatesOf, nameOf } from "./context.ts";
import { anyLists, listsByIssuer } from "./lists.ts";

export const revokedCertificate: FileRule = {
  id: "revoked-certificate",
  judges: "file",
  issuedAgain: "new-key",
  summary: "a certificate is revoked by a CRL of its CA",
  severity: "error",
  since: "0.1.0",
  cwe: [299],
  sources: [
    { title: "RFC 5280, 5 CRL and CRL extensions profile", url: "https://www.rfc-editor.org/rfc/rfc5280#section-5" },
    {
      title: "rustls-webpki: Error::CertRevoked",
      url: "https://docs.rs/rustls-webpki/latest/webpki/enum.Error.html#variant.CertRevoked",
    },
  ],
  rationale: `The CA has withdrawn the certificate: verifiers with the CRL reject it (\`CertRevoked\`, \`certificate revoked\`), others keep
trusting a key that may be stolen. The list that says so lies in the same workspace.

Matched by the issuer's name, key identifier and serial number. A certificate that is only on hold is reported like the others.`,
  byHand: "only its CA can issue another, for a new key",
  examples: [{ bad: "revoked-leaf", good: "server-leaf" }],
  judge(file, context) {
    if (!anyLists(file, context)) return [];
    const lists = listsByIssuer(file, context);
    return certificatesOf(file).flatMap(({ section, certificate }) => {
      for (const {
        list,
        section: { der },
        shown,
      } of lists(certificate.issuer.text)) {
        const entry = der === undefined || section.der === undefined ? undefined : revoked(certificate, section.der, list, der, context);
        if (entry === undefined) continue;
        const reason = entry.reason === undefined ? "" : `, reason \`${entry.reason}\``;
        return [
          {
            span: rangeSpan(section, certificate.serial),
            message: `${nameOf(certificate)} was revoked on ${timeText(entry.date)}${reason} (CRL ${shown === undefined ? "in this file" : `in \`${shown}\``})`,
            help: "replace the certificate, and its key if it was compromised",
          },
        ];
      }
      return [];
    });
  },
};

function revoked(
  certificate: Certificate,
  holder: Uint8Array,
  list: RevocationList,
  der: Uint8Array,
  { neighbours }: FileContext,
): RevokedEntry | undefined {
  if (list.entries === 0) return undefined;
  if (list.values.authorityKeyId !== certificate.values.authorityKeyId && !keyIdsAgree(signerOf(list), certificate)) return undefined;
  // A list that its authority did not sign revokes nothing.
  const issuers = neighbours?.named(list.issuer.text) ?? [];
  if (issuers.length > 0 && issuers.every((it) => neighbours?.signature(list, it.parsed.key) === "invalid")) return undefined;
  return revocationOf(der, list, holder, certificate.serial);
}

/** The key that signed the list, as if it were the issuer's own identifier. */
const signerOf = ({ values }: RevocationList) => ({ values: { subjectKeyId: values.authorityKeyId } });
