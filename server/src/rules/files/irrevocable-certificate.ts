/** A certificate of which nobody can learn that it was revoked. */
import { DAY } from "../../base/duration.ts";
import { accessOf, certificateRole, OCSP, timeText } from "../../pki/index.ts";
import type { FileContext, FileRule, FileVerdict } from "../rule.ts";
import { distinctOf, listsOf, type PlacedCertificate } from "./context.ts";

/** As long as public authorities may issue for from 2027-03-15 on is 100 days, and ACME's usual certificates live for 90. */
const SHORT_LIVED = 90 * DAY;

export const irrevocableCertificate: FileRule = {
  id: "irrevocable-certificate",
  judges: "file",
  summary: "a certificate names no way to learn of its revocation",
  severity: "hint",
  since: "0.1.0",
  cwe: [299],
  sources: [
    { title: "RFC 5280, 4.2.1.13 CRL distribution points", url: "https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.13" },
    { title: "RFC 5280, 4.2.2.1 Authority information access", url: "https://www.rfc-editor.org/rfc/rfc5280#section-4.2.2.1" },
  ],
  rationale: `When a key is stolen, its certificate stays valid until it expires, unless verifiers have a CRL or use OCSP. This certificate
names neither a list nor a responder, lives for more than 90 days, and the workspace holds no list of its CA. Private CAs often
copy their CRLs to servers and write nothing into certificates, so it is a hint; certificates that live for days need none of
this.`,
  examples: [{ bad: "leaf-of-91-days", good: "leaf-of-90-days" }],
  judge: (file, context) => {
    // Where only the file itself is known, its authority's list may lie anywhere.
    const { neighbours } = context;
    if (neighbours === undefined) return [];
    const listed = new Set(listsOf(file).map(({ list }) => list.issuer.text));
    const isListed = (issuer: string): boolean => listed.has(issuer) || neighbours.listsOf(issuer).length > 0;
    return distinctOf(file).flatMap((it) => (isListed(it.certificate.issuer.text) ? [] : judge(it, context)));
  },
};

function judge({ section, certificate }: PlacedCertificate, { policy }: FileContext): readonly FileVerdict[] {
  // What is pinned is revoked by taking it out.
  if (certificateRole(certificate) !== "leaf" || certificate.version.number < 3 || section.der === undefined) return [];
  const { notBefore, notAfter, extensions } = certificate;
  const [start, end] = [notBefore.milliseconds, notAfter.milliseconds];
  if (start === undefined || end === undefined || end < policy.now || end - start <= SHORT_LIVED) return [];
  if (extensions.some((it) => it.name === "cRLDistributionPoints" || it.name === "freshestCRL")) return [];
  if (accessOf(section.der, certificate)?.some((it) => it.method === OCSP)) return [];
  return [
    {
      span: section.boundary,
      message: "certificate cannot be revoked: it names neither a CRL nor an OCSP responder",
      notes: [`it is valid until ${timeText(notAfter)}, and the workspace has no CRL of its CA`],
      help: "issue short-lived certificates, or distribute the CA's CRL to verifiers",
    },
  ];
}
