/** Everything in a certificate file, for people: `tlslint inspect`, trees, hovers of tools. */
import { type CertificateFile, describeFully, type Section, sectionValue } from "../../pki/index.ts";
import type { FileContext, Neighbours } from "../../rules/rule.ts";
import type { Finding, Inspection, InspectionEntry, InspectWish } from "../api.ts";
import { encodedFields } from "./encoded-fields.ts";
import { type OutlookInput, outlook } from "./outlook.ts";

export async function inspection(
  file: string,
  read: CertificateFile,
  context: FileContext & { readonly neighbours: Neighbours },
  stacks: OutlookInput["stacks"],
  findings: readonly Finding[],
  notAnalysed: string | undefined,
  { most = Number.POSITIVE_INFINITY, parts }: InspectWish,
): Promise<Inspection> {
  const reason = read.unread ?? notAnalysed;
  const entries: InspectionEntry[] = [];
  for (const section of read.sections.slice(0, most)) {
    const { title, fields, details, daysLeft } = await describeFully(read, section, context.policy.now);
    const pem = read.format === "pem" && isShown(section) ? read.text.slice(section.span.start, section.span.end) : undefined;
    const { lines, path } = await outlook({ file: read, section, context, stacks });
    // Who looks at bytes has no use for them as values, which of a long list are many.
    const contents = parts === undefined ? await sectionValue(section) : undefined;
    const { kind, span, label, container, alias } = section;
    entries.push({
      kind,
      span,
      label,
      ...(container !== undefined && { container }),
      ...(alias !== undefined && { alias }),
      title,
      fields: [...fields, ...lines.map((it) => ({ label: it.label, value: it.value })), ...details],
      ...(contents !== undefined && { contents }),
      verdicts: lines.flatMap((it) => it.verdicts ?? []),
      surroundings: lines.flatMap((it) => (it.verdicts === undefined ? [{ label: it.label, value: it.value }] : [])),
      ...(daysLeft === undefined ? {} : { daysLeft }),
      ...(path.length > 1 && { path }),
      ...(parts !== undefined && { parts: encodedFields(section) }),
      ...(pem === undefined || pem.length > LONGEST_TEXT ? {} : { pem }),
    });
  }
  const more = read.sections.length - entries.length;
  return {
    file,
    entries,
    findings,
    format: read.format,
    ...(more > 0 && { more }),
    ...(read.sections.some(isSealed) && { sealed: true }),
    ...(reason === undefined ? {} : { notAnalysed: reason }),
  };
}

/** A password would show more. */
export const isSealed = ({ parsed }: Section): boolean =>
  parsed?.kind === "key-store" && parsed.format === "PKCS#12" && parsed.contents === "closed" && parsed.encryptions.length > 0;

/** Only what was read as what its label says: a key may stand under any label, and its text stays where it is. */
function isShown({ kind, parsed, der }: Section): boolean {
  if (parsed?.kind !== kind || ("end" in parsed && parsed.end !== der?.length)) return false;
  return kind === "certificate" || kind === "revocation-list" || kind === "request" || kind === "public-key";
}

/** Certificates have a few thousand characters; a long revocation list is not repeated. */
const LONGEST_TEXT = 65_536;
