/** A revocation list that the authority of its name did not sign, or may not have. */

import { type Certificate, rangeSpan } from "../../pki/index.ts";
import type { FileContext, FileRule, FileVerdict, Neighbour } from "../rule.ts";
import { isAuthority, keyIdsAgree, subjectOf } from "./chain.ts";
import { nameOf, type PlacedList } from "./context.ts";
import { type Holdings, holdingsOf } from "./holdings.ts";

export const unmatchedRevocationList: FileRule = {
  id: "unmatched-revocation-list",
  judges: "file",
  summary: "a CRL is not signed by the CA that it names",
  severity: "error",
  since: "0.1.0",
  cwe: [299, 347],
  sources: [
    { title: "RFC 5280, 6.3.3 CRL processing", url: "https://www.rfc-editor.org/rfc/rfc5280#section-6.3.3" },
    {
      title: "rustls-webpki: Error::IssuerNotCrlSigner",
      url: "https://docs.rs/rustls-webpki/latest/webpki/enum.Error.html#variant.IssuerNotCrlSigner",
    },
  ],
  rationale: `A list is found by the issuer's name and believed by its signature. When the CA of that name lies in the workspace and did not
sign the list, or its key usage forbids it to sign lists, every certificate of that CA is rejected as soon as revocation is
checked (\`InvalidCrlSignatureForPublicKey\`, \`IssuerNotCrlSigner\`, \`CRL signature failure\`); and revocation checking gets
disabled.

Compared with certificates that have the list's issuer as their subject and, where both tell, the same key identifier.`,
  byHand: "which CRL belongs here, only the CA's operator knows",
  examples: [{ bad: "list-of-former-key", good: "revocation-list" }],
  judge: (file, context) => {
    const holdings = holdingsOf(file);
    return holdings.lists.flatMap((it) => judge(it, holdings, context));
  },
};

function judge({ section, list }: PlacedList, own: Holdings, { neighbours }: FileContext): readonly FileVerdict[] {
  const others: readonly Neighbour<Certificate>[] = neighbours?.named(list.issuer.text) ?? [];
  const inFile = own.alike(subjectOf, list.issuer.text).map((it) => it.certificate);
  const named = [...inFile, ...others.map((it) => it.parsed)].filter(isAuthority);
  if (named.length === 0) return [];
  const span = rangeSpan(section, list.issuer);
  const [first] = named;
  const identified = named.filter((it) => keyIdsAgree(it, list));
  if (first !== undefined && identified.length === 0) {
    return [
      {
        span,
        message: `CRL is signed by another key than that of its issuer ${nameOf(first)}: key identifiers differ`,
        help: "get the CRL that the CA signs with its current key",
        severity: "warning",
      },
    ];
  }
  const invalid = identified.length > 0 && identified.every((it) => neighbours?.signature(list, it.key) === "invalid");
  const [issuer] = identified;
  if (issuer === undefined) return [];
  if (invalid) {
    return [
      {
        span,
        message: `CRL is not signed by its issuer ${nameOf(issuer)}: certificates checked against it are rejected`,
        notes: ["rustls reports `InvalidCrlSignatureForPublicKey`"],
        help: "get the CRL again from the CA",
      },
    ];
  }
  if (!identified.every((it) => it.values.keyUsage !== undefined && !it.values.keyUsage.includes("cRLSign"))) return [];
  return [
    {
      span,
      message: `key usage of CRL issuer ${nameOf(issuer)} lacks \`cRLSign\`: certificates checked against it are rejected`,
      notes: ["rustls reports `IssuerNotCrlSigner`"],
      help: "reissue the CA certificate with `keyUsage = critical,keyCertSign,cRLSign`",
    },
  ];
}
