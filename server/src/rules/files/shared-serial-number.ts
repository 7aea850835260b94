/** Two certificates of one authority with the same serial number. */

import { type Certificate, rangeSpan } from "../../pki/index.ts";
import type { FileContext, FileRule, FileVerdict } from "../rule.ts";
import { keyIdsAgreeOfIssuer } from "./chain.ts";
import { nameOf, type PlacedCertificate } from "./context.ts";
import { holdingsOf } from "./holdings.ts";

export const sharedSerialNumber: FileRule = {
  id: "shared-serial-number",
  judges: "file",
  issuedAgain: "alike",
  summary: "two certificates of one CA have the same serial number",
  severity: "warning",
  since: "0.1.0",
  cwe: [694],
  sources: [
    { title: "RFC 5280, 4.1.2.2 Serial number", url: "https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.2" },
    { title: "RFC 5280, 5.3 CRL entries", url: "https://www.rfc-editor.org/rfc/rfc5280#section-5.3" },
  ],
  rationale: `A CA revokes by serial number. When two certificates share one, neither can be revoked without the other, and a program that
keeps certificates by issuer and number takes one for the other (NSS: \`SEC_ERROR_REUSED_ISSUER_AND_SERIAL\`). Mostly a CA made of
scripts lost its counter, or was set up twice under the same name.

Compared by the issuer's name and, where both certificates tell, its key identifier; within the file and beyond it. A
precertificate has the number of its certificate, and CAs of the same name with different keys are two.`,
  byHand: "only the CA can reissue one of them",
  examples: [{ bad: "serial-number-twice", good: "serial-numbers-in-order" }],
  judge(file, context) {
    const holdings = holdingsOf(file);
    return holdings.distinct.flatMap((it) => judge(it, holdings.before(numberOf, it), context));
  },
};

function judge(it: PlacedCertificate, before: readonly PlacedCertificate[], context: FileContext): readonly FileVerdict[] {
  const { section, certificate } = it;
  // A root numbers itself: another of its name is another authority.
  if (certificate.selfIssued) return [];
  const own = before.find((other) => isSameNumber(certificate, other.certificate));
  const other =
    own === undefined ? context.neighbours?.numbered(certificate).find((one) => isSameNumber(certificate, one.parsed)) : undefined;
  const twin = own?.certificate ?? other?.parsed;
  if (twin === undefined) return [];
  const where = other === undefined ? "in this file" : `in \`${other.shown}\``;
  return [
    {
      span: rangeSpan(section, certificate.serial),
      message: `${nameOf(certificate)} has the same issuer and serial number as ${nameOf(twin)} ${where}: revoking one revokes both`,
      help: "have one of them reissued, and generate serial numbers at random",
      ...(other && { related: [{ file: other.path, span: rangeSpan(other.section, twin.serial), message: "other certificate" }] }),
    },
  ];
}

const numberOf = ({ serial, issuer }: Certificate): string => `${serial.hex} ${issuer.text}`;

function isSameNumber(a: Certificate, b: Certificate): boolean {
  const isPre = ({ extensions }: Certificate): boolean => extensions.some((it) => it.name === "ctPoison");
  return (
    a.fingerprint !== b.fingerprint &&
    a.serial.hex === b.serial.hex &&
    a.issuer.text === b.issuer.text &&
    !b.selfIssued &&
    keyIdsAgreeOfIssuer(a, b) &&
    isPre(a) === isPre(b)
  );
}
