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
  readonly #made = new Map<string, Reissue | undefined>();
  /** Findings come in the order of the file, rule by rule: the next one's section is this one or follows it. */
  #last = 0;

  constructor(file: CertificateFile, context: FileContext) {
    this.#file = file;
    this.#context = context;
  }

  at(place: Span, wanted: IssuedAgain): Reissue | undefined {
    const section = this.#sectionAt(place);
    if (section?.parsed?.kind !== "certificate") return undefined;
    // Of the place it matters only which extension it lies in: that one is not taken over.
    const fault = section.parsed.extensions.find((it) => covers(rangeSpan(section, it), place));
    const key = `${this.#last} ${wanted} ${fault?.start ?? ""}`;
    if (!this.#made.has(key)) this.#made.set(key, reissueOf(this.#file, section, wanted, this.#context, fault && place));
    return this.#made.get(key);
  }

  #sectionAt(place: Span): Section | undefined {
    const { sections } = this.#file;
    for (let step = 0; step < sections.length; step++) {
      const at = (this.#last + step) % sections.length;
      const section = sections[at];
      if (section?.parsed?.kind !== "certificate" || !covers(section.span, place)) continue;
      this.#last = at;
      return section;
    }
    return undefined;
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
