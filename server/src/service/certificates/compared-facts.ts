/** What others compare of a certificate file: found once, kept as long as the file is known, and little beside what it was read from. */
import type { Span } from "../../base/span.ts";
import type { Certificate, CertificateFile, Section } from "../../pki/index.ts";

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
  // Of as many elements as there are: one that grows has room for sixteen more.
  return [...sections.flatMap((section, at) => factOf(section, at, isStrict && sections.length > 1) ?? [])];
}

function factOf({ kind, parsed, span }: Section, at: number, standsAlone: boolean): ComparedFact | undefined {
  const alone = standsAlone ? span : undefined;
  if (parsed?.kind === "certificate")
    return {
      kind: "certificate",
      at,
      alone,
      subject: parsed.subject.text,
      issuer: parsed.issuer.text,
      number: numberOf(parsed),
      pin: parsed.key.pin,
    };
  if (parsed?.kind === "private-key" && parsed.pin !== undefined) return { kind: "key", at, pin: parsed.pin };
  if (kind === "private-key" || kind === "key-store") return { kind: "closed key" };
  return parsed?.kind === "revocation-list" ? { kind: "list", at, alone, issuer: parsed.issuer.text } : undefined;
}

/** Joined to one text: pieces would be kept as long as the index is. */
export const numberOf = ({ serial, issuer }: Pick<Certificate, "serial" | "issuer">): string => [serial.hex, issuer.text].join(" ");
