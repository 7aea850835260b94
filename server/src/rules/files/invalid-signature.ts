/** A certificate or revocation list whose signature its issuer did not make. */

import { rangeSpan, type Section } from "../../pki/index.ts";
import type { FileContext, FileRule, FileVerdict, Neighbour } from "../rule.ts";
import { isAuthority, isNamedIssuer, keyIdsAgree, placed, subjectOf } from "./chain.ts";
import { nameOf, type PlacedCertificate } from "./context.ts";
import { type Holdings, holdingsOf } from "./holdings.ts";

export const invalidSignature: FileRule = {
  id: "invalid-signature",
  judges: "file",
  issuedAgain: "alike",
  summary: "a signature was not made by the named issuer",
  severity: "error",
  since: "0.1.0",
  cwe: [347],
  sources: [
    { title: "RFC 5280, 6.1.3 Basic certificate processing", url: "https://www.rfc-editor.org/rfc/rfc5280#section-6.1.3" },
    {
      title: "rustls-webpki: Error::InvalidSignatureForPublicKey",
      url: "https://docs.rs/rustls-webpki/latest/webpki/enum.Error.html#variant.InvalidSignatureForPublicKey",
    },
  ],
  rationale: `The issuer's certificate is there, its name and key identifier fit, and its key did not make the signature. Either the bytes
were changed, or the CA has got a new key under its old name and the file still holds the old one. rustls says
\`InvalidSignatureForPublicKey\`, OpenSSL \`certificate signature failure\`, or, where key identifiers tell, that it cannot find the
issuer.

Reported only when no certificate of that name, here or in another file, has the key that signed, when every one of that name in
the file fails, when the algorithm can be computed here, and when key identifiers do not show that another issuer is meant. A
certificate request is signed with the key that it is for. Other files of the workspace count where the key identifiers agree:
CAs of test suites often share a name.`,
  byHand: "a certificate with a wrong signature was changed or mixed up: get it from its CA again",
  examples: [{ bad: "forged-in-chain", good: "chain" }],
  judge(file, context) {
    const holdings = holdingsOf(file);
    return [...holdings.certificates.flatMap((it) => judge(it, holdings, context)), ...file.sections.flatMap((it) => request(it, context))];
  },
};

function judge(child: PlacedCertificate, own: Holdings, context: FileContext): readonly FileVerdict[] {
  const { neighbours } = context;
  if (neighbours === undefined) return [];
  const { certificate } = child;
  // Whoever it was: a stack that has this certificate accepts the signature.
  if (namesakes(child, own, context).some((it) => neighbours.signature(certificate, it.certificate.key) === "valid")) return [];
  if (certificate.selfIssued) return selfSigned(child, context);
  const inFile = own
    .alike(subjectOf, certificate.issuer.text)
    .filter((it) => it !== child && isAuthority(it.certificate) && isNamedIssuer(it, child));
  const elsewhere = neighbours.named(certificate.issuer.text).filter((it) => identified(it, child));
  const candidates = [...inFile.filter((it) => keyIdsAgree(it.certificate, certificate)), ...elsewhere.map(placed)];
  const [named] = candidates;
  if (named === undefined || !candidates.every((it) => neighbours.signature(certificate, it.certificate.key) === "invalid")) return [];
  return [
    {
      span: rangeSpan(child.section, certificate.issuer),
      message: `${nameOf(certificate)} is not signed by the key of its issuer ${nameOf(named.certificate)}`,
      help: "get the issuer's current certificate, or the certificate itself, again",
      notes: ["the CA may have a new key, or bytes were changed", "rustls (`InvalidSignatureForPublicKey`) and OpenSSL reject it"],
    },
  ];
}

/** Certificates of the issuer's name, here and in other files, itself not among them. */
const namesakes = (child: PlacedCertificate, own: Holdings, { neighbours }: FileContext): readonly PlacedCertificate[] =>
  [...own.alike(subjectOf, child.certificate.issuer.text), ...(neighbours?.named(child.certificate.issuer.text) ?? []).map(placed)].filter(
    (it) => it.certificate.fingerprint !== child.certificate.fingerprint,
  );

/** RFC 2986 §4.2: the signature shows that who asks has the key. */
function request(section: Section, { neighbours }: FileContext): readonly FileVerdict[] {
  const { parsed } = section;
  if (parsed?.kind !== "request" || neighbours?.signature(parsed, parsed.key) !== "invalid") return [];
  return [
    {
      span: rangeSpan(section, parsed.signature),
      message: "certificate request is not signed by its own key: every CA rejects it",
      help: "create the request again with its private key; a request must not be edited afterwards",
    },
  ];
}

/** Names alone are not enough across files. */
const identified = (issuer: Neighbour<PlacedCertificate["certificate"]>, child: PlacedCertificate): boolean =>
  issuer.parsed.values.subjectKeyId !== undefined &&
  issuer.parsed.values.subjectKeyId === child.certificate.values.authorityKeyId &&
  isNamedIssuer(placed(issuer), child);

/**
 * Nobody checks a root's own signature; a pinned leaf's, OpenSSL does. That it names itself is no proof that it signed itself: only its
 * key identifiers say that, for an authority of the same name may lie anywhere.
 */
function selfSigned(it: PlacedCertificate, { neighbours }: FileContext): readonly FileVerdict[] {
  const { certificate, section } = it;
  const { subjectKeyId, authorityKeyId } = certificate.values;
  if (isAuthority(certificate) || !keyIdsAgree(certificate, certificate)) return [];
  if (neighbours?.signature(certificate, certificate.key) !== "invalid") return [];
  const certain = subjectKeyId !== undefined && subjectKeyId === authorityKeyId;
  return [
    {
      span: rangeSpan(section, certificate.issuer),
      message: `self-issued ${nameOf(certificate)} is not signed by its own key`,
      help: certain ? "have it made again" : "create it again, or add the CA of the same name that issued it",
      severity: certain ? "error" : "warning",
    },
  ];
}
