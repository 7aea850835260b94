/** Everything in a certificate file, for people: `tlslint inspect`, trees, hovers of tools. */
import { type CertificateFile, describeFully } from "../../pki/index.ts";
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
    const { title, fields, daysLeft } = await describeFully(read, section, context.policy.now);
    // The text of a key stays where it is.
    const pem = read.format === "pem" && section.kind !== "private-key" ? read.text.slice(section.span.start, section.span.end) : undefined;
    entries.push({
      kind: section.kind,
      span: section.span,
      title,
      fields: [...fields, ...(await outlook({ file: read, section, context, stacks }))],
      ...(daysLeft === undefined ? {} : { daysLeft }),
      ...(pem === undefined || pem.length > LONGEST_TEXT ? {} : { pem }),
    });
  }
  return { file, entries, findings, ...(reason === undefined ? {} : { notAnalysed: reason }) };
}

/** Certificates have a few thousand characters; a long revocation list is not repeated. */
const LONGEST_TEXT = 65_536;
