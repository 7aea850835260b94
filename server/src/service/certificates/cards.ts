/** Certificates as Markdown, for hovers. Whatever a file says is written by strangers: it is shown as text, never as markup. */
import { type CertificateFile, type Description, describe, type Section, visible } from "../../pki/index.ts";
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

function findingLines(findings: readonly Finding[]): readonly string[] {
  const more = findings.length - SHOWN_FINDINGS;
  const lines = findings.slice(0, SHOWN_FINDINGS).map((it) => `- ${it.severity}: ${proseWithCode(it.message)} (\`${it.rule}\`)`);
  return lines.length === 0 ? [] : [[...lines, ...(more > 0 ? [`- … and ${more} more`] : [])].join("\n")];
}

/** Text that stays text: Markdown's and HTML's signs lose their meaning, hidden characters become visible, lines are joined. */
export const escapeMarkdown = (text: string): string =>
  visible(text.replace(/[\r\n\t]+/g, " "))
    .replace(/[\\`*_{}[\]()#+!|~<>&-]/g, (sign) => (sign === "<" ? "&lt;" : sign === ">" ? "&gt;" : sign === "&" ? "&amp;" : `\\${sign}`))
    // A bare address would be made a link.
    .replace(/(https?|ftp|mailto|www)([:.])/gi, "$1&#8203;$2")
    .replace(/@/g, "&#64;");

/** Messages of rules hold code in back-ticks, and what stands in it may come from a file: only the back-ticks keep their meaning. */
export function proseWithCode(text: string): string {
  const parts = text.split("`");
  // An odd number of back-ticks is no code at all.
  if (parts.length % 2 === 0) return escapeMarkdown(text);
  return parts.map((part, index) => (index % 2 === 0 ? escapeMarkdown(part) : `\`${visible(part.replace(/[\r\n\t]+/g, " "))}\``)).join("");
}
