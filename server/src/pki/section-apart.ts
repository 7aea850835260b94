/** One section of a bundle without the others: whoever is compared with a bundle wants few of what it holds. */
import { type Span, span } from "../base/span.ts";
import type { DerError } from "./der/der.ts";
import { readCertificateFile } from "./file.ts";
import type { SectionKind } from "./labels.ts";
import type { PemProblem } from "./pem/pem-section.ts";
import type { Parsed, Section } from "./section.ts";

/** One section of a file that is strict, as it is read with the others; undefined where there is none. */
export function readSectionAt(bytes: Uint8Array, { start, end }: Span): Section | undefined {
  const [section] = readCertificateFile(bytes.subarray(start, end)).sections;
  return section && new SectionApart(section, start);
}

/** At its place in the whole text. */
class SectionApart implements Section {
  readonly kind: SectionKind;
  readonly label: string;
  readonly span: Span;
  readonly boundary: Span;
  readonly der?: Uint8Array;
  readonly parsed?: Parsed;
  readonly error?: DerError;
  readonly problems: readonly PemProblem[];
  readonly #section: Section;
  readonly #from: number;

  constructor(section: Section, from: number) {
    this.#section = section;
    this.#from = from;
    this.kind = section.kind;
    this.label = section.label;
    this.span = this.#moved(section.span);
    this.boundary = this.#moved(section.boundary);
    if (section.der !== undefined) this.der = section.der;
    if (section.parsed !== undefined) this.parsed = section.parsed;
    if (section.error !== undefined) this.error = section.error;
    this.problems = section.problems.map((it) => ({ ...it, span: this.#moved(it.span) }));
  }
  textSpan(offset: number, length: number): Span {
    return this.#moved(this.#section.textSpan(offset, length));
  }
  #moved({ start, end }: Span): Span {
    return span(start + this.#from, end + this.#from);
  }
}
