/** Certificates as Markdown, for hovers. Whatever a file says is written by strangers: it is shown as text, never as markup. */
import { escapeMarkdown, proseWithCode } from "../../base/markdown.ts";
import { type CertificateFile, type Description, describe, type Section } from "../../pki/index.ts";
import type { Finding } from "../api.ts";

/** More sections than a hover has room for. */
const SHOWN_SECTIONS = 4;
const SHOWN_FINDINGS = 6;

/** `more`: what is known of it beyond the file. */
export function sectionCard(
  file: CertificateFile,
  section: Section,
  now: number,
  findings: readonly Finding[],
  more: Description["fields"] = [],
): string {
  const { title, fields } = describe(file, section, now);
  return [card({ title, fields: [...fields, ...more] }), ...findingLines(findings)].join("\n\n");
}

/** `name`: the file's, as it should be shown. */
export function fileCard(name: string, file: CertificateFile, now: number, findings: readonly Finding[]): string {
  const shown = file.sections.slice(0, SHOWN_SECTIONS);
  const more = file.sections.length - shown.length;
  return [
    `**${escapeMarkdown(name)}**`,
    ...(file.unread === undefined ? [] : [escapeMarkdown(file.unread)]),
    ...shown.map((it) => card(describe(file, it, now))),
    ...(more > 0 ? [`… and ${more} more`] : []),
    ...findingLines(findings),
  ].join("\n\n");
}

const card = ({ title, fields }: Description): string =>
  [`**${escapeMarkdown(title)}**`, ...fields.map(({ label, value }) => `${label}: ${escapeMarkdown(value)}`)].join("  \n");

/** What the editor does not show beside the message. */
export const adviceLines = ({ help, notes }: Finding): string =>
  [`help: ${proseWithCode(help)}`, ...notes.map((it) => `note: ${proseWithCode(it)}`)].join("  \n");

function findingLines(findings: readonly Finding[]): readonly string[] {
  const more = findings.length - SHOWN_FINDINGS;
  const lines = findings.slice(0, SHOWN_FINDINGS).map((it) => `- ${it.severity}: ${proseWithCode(it.message)} (\`${it.rule}\`)`);
  return lines.length === 0 ? [] : [[...lines, ...(more > 0 ? [`- … and ${more} more`] : [])].join("\n")];
}
