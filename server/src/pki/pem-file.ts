/** A PEM text as a certificate file. Its sections are of a class, because each literal with a getter would have a shape of its own, which keeps what it holds. */
import type { Span } from "../base/span.ts";
import type { DerError } from "./der/der.ts";
import { type SectionKind, unknownLabel } from "./labels.ts";
import { loadings } from "./pem/loaders.ts";
import type { Loading } from "./pem/loading.ts";
import type { PemText } from "./pem/pem.ts";
import type { PemProblem, PemSection } from "./pem/pem-section.ts";
import type { CertificateFile, Parsed, Section } from "./section.ts";

/** What the loaders make of it is worked out when somebody asks. */
export class PemFile implements CertificateFile {
  readonly format = "pem";
  readonly text: string;
  readonly sections: readonly Section[];
  readonly problems: readonly PemProblem[];
  readonly unread?: string;
  readonly isStrict: boolean;
  readonly #pem: readonly PemSection[];
  readonly #utf16: boolean;
  #loadings: readonly Loading[] | undefined;

  /** `pem`: what `sections` were read from. */
  constructor(
    text: string,
    { sections: pem, isStrict }: Pick<PemText, "sections" | "isStrict">,
    sections: readonly Section[],
    problems: readonly PemProblem[],
    utf16: boolean,
    unread: string | undefined,
  ) {
    this.text = text;
    this.#pem = pem;
    // Places in other texts are none of the bytes.
    this.isStrict = isStrict && !utf16;
    this.sections = sections;
    this.problems = problems;
    this.#utf16 = utf16;
    if (unread !== undefined) this.unread = unread;
  }
  get loadings(): readonly Loading[] {
    this.#loadings ??= this.#utf16 ? [] : loadings(this.text, this.#pem);
    return this.#loadings;
  }
}

/** What a section holds, read as what it was meant to be. */
export class ContentsOfPem implements Section {
  readonly kind: SectionKind;
  readonly label: string;
  readonly span: Span;
  readonly boundary: Span;
  readonly der?: Uint8Array;
  readonly parsed?: Parsed;
  readonly error?: DerError;
  readonly #section: PemSection;
  /** No reader knows its label. */
  readonly #unknown: boolean;

  constructor(
    section: PemSection,
    { kind, parsed, error }: { readonly kind: SectionKind; readonly parsed?: Parsed | undefined; readonly error?: DerError | undefined },
    unknown: boolean,
  ) {
    this.kind = kind;
    this.label = section.label;
    this.span = section.span;
    this.boundary = section.begin;
    if (kind !== "private-key") this.der = section.base64.bytes;
    if (parsed !== undefined) this.parsed = parsed;
    if (error !== undefined) this.error = error;
    this.#section = section;
    this.#unknown = unknown;
  }
  get problems(): readonly PemProblem[] {
    const { problems } = this.#section;
    return this.#unknown ? [...problems, unknownLabel(this.#section)] : problems;
  }
  textSpan(offset: number, length: number): Span {
    return this.#section.base64.textSpan(offset, length);
  }
}
