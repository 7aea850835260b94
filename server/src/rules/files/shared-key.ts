/** One key in certificates that are not each other's renewal. */

import { type Certificate, rangeSpan } from "../../pki/index.ts";
import type { FileContext, FileRule, FileVerdict } from "../rule.ts";
import { isAuthority } from "./chain.ts";
import { nameOf, type PlacedCertificate } from "./context.ts";
import { holdingsOf } from "./holdings.ts";

export const sharedKey: FileRule = {
  id: "shared-key",
  judges: "file",
  issuedAgain: "new-key",
  summary: "a CA or another end entity has the same key",
  severity: "warning",
  since: "0.1.0",
  cwe: [323],
  sources: [
    { title: "NIST SP 800-57 Part 1 Rev. 5, 5.2 Key usage", url: "https://doi.org/10.6028/NIST.SP.800-57pt1r5" },
    { title: "RFC 5280, 8 Security considerations", url: "https://www.rfc-editor.org/rfc/rfc5280#section-8" },
  ],
  rationale: `A key is for one purpose. If a CA and a server share one, an attacker who steals it from the server issues trusted certificates.
If two services share one, each can impersonate the other, and a theft compromises both.

A renewed certificate may keep its key, and a cross-signed CA does: certificates with the same subject, or with a name in
common, are taken for the same party. Found within the file and in the other files of the workspace.`,
  byHand: "whether one key may serve both is a decision, and a new one must be certified",
  examples: [{ bad: "key-of-its-authority", good: "renewed-with-its-key" }],
  judge(file, context) {
    const holdings = holdingsOf(file);
    return holdings.distinct.flatMap((it) => judge(it, holdings.before(keyOf, it), context));
  },
};

function judge(
  { section, certificate }: PlacedCertificate,
  before: readonly PlacedCertificate[],
  context: FileContext,
): readonly FileVerdict[] {
  const own = before.find((it) => isStranger(certificate, it.certificate));
  const other =
    own === undefined ? context.neighbours?.withKey(certificate.key.pin).find((it) => isStranger(certificate, it.parsed)) : undefined;
  const holder = own?.certificate ?? other?.parsed;
  if (holder === undefined) return [];
  const where = other === undefined ? "in this file" : `in \`${other.shown}\``;
  const authority = isAuthority(certificate) !== isAuthority(holder);
  const who = isAuthority(holder) && authority ? `CA ${nameOf(holder)}` : nameOf(holder);
  const danger = authority
    ? "anyone who steals the end entity's key can issue certificates"
    : "each can impersonate the other, and a stolen key compromises both";
  return [
    {
      span: rangeSpan(section, certificate.key),
      message: `${nameOf(certificate)} has the same key as ${who} ${where}`,
      help: "generate a separate key for each, and have the certificates reissued",
      notes: [danger],
      severity: authority ? "error" : "warning",
      ...(other && { related: [{ file: other.path, span: rangeSpan(other.section, holder.key), message: "other certificate" }] }),
    },
  ];
}

/** What tells keys apart without a digest. */
const keyOf = ({ key }: Certificate): string => key.contents;

/** The same key, another party. */
function isStranger(a: Certificate, b: Certificate): boolean {
  if (a.key.pin !== b.key.pin || a.fingerprint === b.fingerprint) return false;
  if (isAuthority(a) !== isAuthority(b)) return a.subject.text !== b.subject.text;
  if (a.subject.text === b.subject.text) return false;
  const names = new Set((a.values.alternativeNames ?? []).map((it) => `${it.kind} ${it.value.toLowerCase()}`));
  return !(b.values.alternativeNames ?? []).some((it) => names.has(`${it.kind} ${it.value.toLowerCase()}`));
}
