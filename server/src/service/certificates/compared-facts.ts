/** What others compare of a certificate file: found once, kept as long as the file is known, and little beside what it was read from. */
import type { Span } from "../../base/span.ts";
import type { Certificate, CertificateFile } from "../../pki/index.ts";

/** Which of the sections it is; and where it stands, when it can be read without the others. */
export interface SectionPlace {
  readonly at: number;
  readonly alone: Span | undefined;
}

export type ComparedFact =
  | ({
      readonly kind: "certificate";
      readonly subject: string;
      readonly issuer: string;
      readonly number: string;
      readonly pin: string;
    } & SectionPlace)
  | { readonly kind: "key"; readonly at: number; readonly pin: string }
  | { readonly kind: "closed key" }
  | ({ readonly kind: "list"; readonly issuer: string } & SectionPlace);

/** Undefined where there is no section. */
export function comparedFacts({ sections, isStrict = false }: CertificateFile): readonly ComparedFact[] | undefined {
  if (sections.length === 0) return undefined;
  const facts: ComparedFact[] = [];
  for (const [at, { kind, parsed, span }] of sections.entries()) {
    const alone = isStrict && sections.length > 1 ? span : undefined;
    if (parsed?.kind === "certificate")
      facts.push({
        kind: "certificate",
        at,
        alone,
        subject: parsed.subject.text,
        issuer: parsed.issuer.text,
        number: numberOf(parsed),
        pin: parsed.key.pin,
      });
    else if (parsed?.kind === "private-key" && parsed.pin !== undefined) facts.push({ kind: "key", at, pin: parsed.pin });
    else if (kind === "private-key" || kind === "key-store") facts.push({ kind: "closed key" });
    else if (parsed?.kind === "revocation-list") facts.push({ kind: "list", at, alone, issuer: parsed.issuer.text });
  }
  return facts;
}

/** Joined to one text: pieces would be kept as long as the index is. */
export const numberOf = ({ serial, issuer }: Pick<Certificate, "serial" | "issuer">): string => [serial.hex, issuer.text].join(" ");
