/** An authority key identifier that is not the one of the authority whose signature it is. */

import { rangeSpan } from "../../pki/index.ts";
import type { FileContext, FileRule, FileVerdict } from "../rule.ts";
import { isAuthority, isIssuer, isNamedIssuer, keyIdsAgree, placed, subjectOf } from "./chain.ts";
import { nameOf, type PlacedCertificate, stacksOf } from "./context.ts";
import { type Holdings, holdingsOf } from "./holdings.ts";

export const mismatchedKeyIdentifier: FileRule = {
  id: "mismatched-key-identifier",
  judges: "file",
  issuedAgain: "alike",
  summary: "a certificate names another key identifier than its issuer has",
  severity: "warning",
  since: "0.1.0",
  cwe: [295],
  sources: [
    { title: "RFC 5280, 4.2.1.1 Authority key identifier", url: "https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.1" },
    {
      title: "OpenSSL: openssl-verification-options, certification path building",
      url: "https://docs.openssl.org/3.0/man1/openssl-verification-options/",
    },
  ],
  rationale: `OpenSSL and GnuTLS find an issuer by its name *and* by the key identifier that the certificate states; rustls by the name alone.
When a reissued CA got another identifier for the same key, rustls keeps accepting what it signed, and OpenSSL answers \`unable
to get local issuer certificate\` for the same chain.

Reported when the signature is right and the identifiers differ, and no other certificate fits.`,
  byHand: "key identifiers are signed: one of the two certificates must be reissued",
  examples: [{ bad: "other-key-identifier", good: "chain" }],
  judge(file, context) {
    const holdings = holdingsOf(file);
    return holdings.distinct.flatMap((it) => judge(it, holdings, context));
  },
};

function judge(child: PlacedCertificate, own: Holdings, context: FileContext): readonly FileVerdict[] {
  const { neighbours } = context;
  const { section, certificate } = child;
  const extension = certificate.extensions.find((it) => it.name === "authorityKeyIdentifier");
  if (neighbours === undefined || certificate.selfIssued || extension === undefined) return [];
  const name = certificate.issuer.text;
  const named = [...own.alike(subjectOf, name), ...neighbours.named(name).map(placed)].filter((it) => isAuthority(it.certificate));
  if (named.some((it) => isIssuer(it, child, context))) return [];
  const issuer = named.find(
    (it) =>
      isNamedIssuer(it, child) &&
      !keyIdsAgree(it.certificate, certificate) &&
      neighbours.signature(certificate, it.certificate.key) === "valid",
  );
  if (issuer === undefined) return [];
  const stacks = stacksOf(context);
  return [
    {
      span: rangeSpan(section, extension),
      message: `key identifier of issuer ${nameOf(issuer.certificate)} differs from that in ${nameOf(certificate)}`,
      notes: ["OpenSSL does not find the issuer (`unable to get local issuer certificate`); rustls ignores key identifiers"],
      help: "have the certificate reissued by the current CA",
      severity: stacks.has("OpenSSL") ? "error" : stacks.has("rustls") ? "info" : "warning",
    },
  ];
}
