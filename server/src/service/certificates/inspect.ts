/** Everything in a certificate file, for people: `tlslint inspect`, trees, hovers of tools. */
import { type CertificateFile, describeFully, type Section, sectionValue } from "../../pki/index.ts";
import type { FileContext, Neighbours } from "../../rules/rule.ts";
import type { Finding, Inspection, InspectionEntry } from "../api.ts";
import { type OutlookInput, outlook } from "./outlook.ts";

export async function inspection(
  file: string,
  read: CertificateFile,
  context: FileContext & { readonly neighbours: Neighbours },
  stacks: OutlookInput["stacks"],
  findings: readonly Finding[],
  notAnalysed: string | undefined,
): Promise<Inspection> {
  const reason = read.unread ?? notAnalysed;
  const entries: InspectionEntry[] = [];
  for (const section of read.sections) {
    const { title, fields, details, daysLeft } = await describeFully(read, section, context.policy.now);
    const pem = read.format === "pem" && isShown(section) ? read.text.slice(section.span.start, section.span.end) : undefined;
    const lines = await outlook({ file: read, section, context, stacks });
    const contents = await sectionValue(section);
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
      ...(pem === undefined || pem.length > LONGEST_TEXT ? {} : { pem }),
    });
  }
  return { file, entries, findings, ...(reason === undefined ? {} : { notAnalysed: reason }) };
}

/** Only what was read as what its label says: a key may stand under any label, and its text stays where it is. */
function isShown({ kind, parsed, der }: Section): boolean {
  if (parsed?.kind !== kind || ("end" in parsed && parsed.end !== der?.length)) return false;
  return kind === "certificate" || kind === "revocation-list" || kind === "request" || kind === "public-key";
}

/** Certificates have a few thousand characters; a long revocation list is not repeated. */
const LONGEST_TEXT = 65_536;
