/** What others compare of a certificate file: found once, kept as long as the file is known, and little beside what it was read from. */
import type { Certificate, CertificateFile } from "../../pki/index.ts";

/** `at`: the number of its section. */
export type ComparedFact =
  | { readonly kind: "certificate"; readonly at: number; readonly subject: string; readonly number: string; readonly pin: string }
  | { readonly kind: "key"; readonly at: number; readonly pin: string }
  | { readonly kind: "closed key" }
  | { readonly kind: "list"; readonly at: number; readonly issuer: string };

/** Undefined where there is no section. */
export function comparedFacts({ sections }: CertificateFile): readonly ComparedFact[] | undefined {
  if (sections.length === 0) return undefined;
  const facts: ComparedFact[] = [];
  for (const [at, { kind, parsed }] of sections.entries()) {
    if (parsed?.kind === "certificate")
      facts.push({ kind: "certificate", at, subject: parsed.subject.text, number: numberOf(parsed), pin: parsed.key.pin });
    else if (parsed?.kind === "private-key" && parsed.pin !== undefined) facts.push({ kind: "key", at, pin: parsed.pin });
    else if (kind === "private-key" || kind === "key-store") facts.push({ kind: "closed key" });
    else if (parsed?.kind === "revocation-list") facts.push({ kind: "list", at, issuer: parsed.issuer.text });
  }
  return facts;
}

/** Joined to one text: pieces would be kept as long as the index is. */
export const numberOf = ({ serial, issuer }: Pick<Certificate, "serial" | "issuer">): string => [serial.hex, issuer.text].join(" ");
