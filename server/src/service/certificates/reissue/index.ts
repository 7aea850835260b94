/** The commands that issue a certificate again, as text for the user to run: nothing is started here, and nothing of a key is in it. */
import { covers, type Span } from "../../../base/span.ts";
import { type CertificateFile, rangeSpan, type Section } from "../../../pki/index.ts";
import type { FileContext, IssuedAgain } from "../../../rules/rule.ts";
import type { Reissue } from "../../api.ts";
import { opensslScript } from "./openssl.ts";
import { planOf } from "./plan.ts";
import { stepScript } from "./step.ts";

/** Of the certificates that a file's findings lie in: what several findings ask for alike is written once. */
export class Reissues {
  readonly #file: CertificateFile;
  readonly #context: FileContext;
  readonly #made = new Map<Section, Map<string, Reissue | undefined>>();
  /** Those that hold certificates, in the order of their places. */
  readonly #sections: readonly Section[];

  constructor(file: CertificateFile, context: FileContext) {
    this.#file = file;
    this.#context = context;
    this.#sections = file.sections.filter((it) => it.parsed?.kind === "certificate").sort((a, b) => a.span.start - b.span.start);
  }

  at(place: Span, wanted: IssuedAgain): Reissue | undefined {
    const section = this.#sectionAt(place);
    if (section?.parsed?.kind !== "certificate") return undefined;
    // Of the place it matters only which extension it lies in: that one is not taken over.
    const fault = section.parsed.extensions.find((it) => covers(rangeSpan(section, it), place));
    const key = `${wanted} ${fault?.start ?? ""}`;
    const made = this.#made.get(section) ?? new Map<string, Reissue | undefined>();
    this.#made.set(section, made);
    if (!made.has(key)) made.set(key, reissueOf(this.#file, section, wanted, this.#context, fault && place));
    return made.get(key);
  }

  /** The first of those that cover it: in PKCS#7 all have one place. */
  #sectionAt(place: Span): Section | undefined {
    let from = 0;
    let to = this.#sections.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      const span = this.#sections[middle]?.span;
      if (span !== undefined && (span.start < place.start || (span.start === place.start && span.end < place.end))) from = middle + 1;
      else to = middle;
    }
    const [at, before] = [this.#sections[from], this.#sections[from - 1]];
    if (at !== undefined && covers(at.span, place)) return at;
    return before !== undefined && covers(before.span, place) ? this.#firstOf(before.span, from - 1) : undefined;
  }

  #firstOf({ start }: Span, last: number): Section | undefined {
    let first = last;
    while (this.#sections[first - 1]?.span.start === start) first--;
    return this.#sections[first];
  }
}

export function reissueOf(
  file: CertificateFile,
  section: Section,
  wanted: IssuedAgain,
  context: FileContext,
  fault?: Span,
): Reissue | undefined {
  if (section.parsed?.kind !== "certificate") return undefined;
  const plan = planOf(file, section, section.parsed, wanted, context, fault);
  if (plan === undefined) return undefined;
  const step = stepScript(plan);
  return { openssl: opensslScript(plan), ...(step === undefined ? {} : { step }) };
}
