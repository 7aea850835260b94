/** A refusal that points at the field of a certificate which is at fault. */
import { placeText, type Refusal } from "../verdict.ts";
import type { OpensslCertificate } from "./certificate.ts";

/** From the leaf to the root. */
export type Chain = readonly [OpensslCertificate, ...OpensslCertificate[]];

/** `field`: an extension or one of the certificate's own. */
export function refusal(kind: string, at: OpensslCertificate, field: string, message: string): Refusal {
  const { certificate } = at;
  const extension = certificate.extensions.find(({ name }) => name === field);
  const own = {
    issuer: certificate.issuer,
    subject: certificate.subject,
    subjectPublicKeyInfo: certificate.key,
    signatureAlgorithm: certificate.signature,
  };
  const times = { notBefore: certificate.notBefore.element, notAfter: certificate.notAfter.element };
  const found = extension ?? Object.entries({ ...own, ...times }).find(([name]) => name === field)?.[1] ?? certificate;
  return { kind, place: at.place, field, range: { start: found.start, end: found.end }, sentence: `${placeText(at.place)}: ${message}` };
}
