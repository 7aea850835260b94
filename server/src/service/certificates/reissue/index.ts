/** The commands that issue a certificate again, as text for the user to run: nothing is started here, and nothing of a key is in it. */
import { covers, type Span } from "../../../base/span.ts";
import type { CertificateFile, Section } from "../../../pki/index.ts";
import type { FileContext, IssuedAgain } from "../../../rules/rule.ts";
import type { Reissue } from "../../api.ts";
import { opensslScript } from "./openssl.ts";
import { planOf } from "./plan.ts";
import { stepScript } from "./step.ts";

/** Of the certificate that a finding lies in. */
export function reissueAt(file: CertificateFile, place: Span, wanted: IssuedAgain, context: FileContext): Reissue | undefined {
  const section = file.sections.find((it) => it.parsed?.kind === "certificate" && covers(it.span, place));
  return section && reissueOf(file, section, wanted, context, place);
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
