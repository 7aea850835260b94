/** What a check of the profile of RFC 5280 is, and what several of them need. */
import type { Attribute, ByteRange, Certificate, Extension, PublicKey } from "../../pki/index.ts";

export interface ProfileCheck {
  /** Names the departure; used by comparisons with other linters and by the catalogue, not shown. */
  readonly id: string;
  /** Of RFC 5280, or with the RFC in front. */
  readonly section: string;
  /** A main clause, lower case. */
  readonly message: string;
  /** The extension that it is about: where there is none, there is nothing to look for. */
  readonly on?: string;
  /** The field at fault; undefined when there is none. */
  find(certificate: Certificate, der: Uint8Array): ByteRange | undefined;
}

/** Tags that checks tell apart (X.680, table 1). */
export const ASN1 = { null: 0x05, utf8String: 0x0c, printableString: 0x13, ia5String: 0x16, bmpString: 0x1e } as const;

export const extension = ({ extensions }: Pick<Certificate, "extensions">, name: string): Extension | undefined =>
  extensions.find((it) => it.name === name);
/** Parameters of an algorithm that are NULL, as those of RSA are. */
export const isNull = (parameters: PublicKey["algorithm"]["parameters"]): boolean =>
  parameters?.tag === ASN1.null && parameters.end - parameters.start === 2;
export const when = (fault: boolean, range: ByteRange | undefined): ByteRange | undefined => (fault ? range : undefined);

/** The first of the subject's attributes, then of the issuer's. */
export const attribute = ({ subject, issuer }: Certificate, isAtFault: (attribute: Attribute) => boolean): Attribute | undefined =>
  subject.attributes.find(isAtFault) ?? issuer.attributes.find(isAtFault);

/** The first that says the same as one before it. */
export function repeated<T>(all: readonly T[], property: (one: T) => string): T | undefined {
  const seen = new Set<string>();
  return all.find((it) => {
    const known = seen.has(property(it));
    seen.add(property(it));
    return known;
  });
}
