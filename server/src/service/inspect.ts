/** Everything in a certificate file, for people: `tlslint inspect`, trees, hovers of tools. */
import { describe, readCertificateFile } from "../pki/index.ts";
import type { Finding, Inspection } from "./api.ts";

export function inspection(
  file: string,
  bytes: Uint8Array,
  now: number,
  findings: readonly Finding[],
  notAnalysed: string | undefined,
): Inspection {
  const read = readCertificateFile(bytes);
  const reason = read.unread ?? notAnalysed;
  return {
    file,
    entries: read.sections.map((section) => {
      const { title, fields, daysLeft } = describe(read, section, now);
      return { kind: section.kind, span: section.span, title, fields, ...(daysLeft === undefined ? {} : { daysLeft }) };
    }),
    findings,
    ...(reason === undefined ? {} : { notAnalysed: reason }),
  };
}
