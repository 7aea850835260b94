/** Certificates as Markdown, for hovers. Whatever a file says is written by strangers: it is shown as text, never as markup. */
import { escapeMarkdown, proseWithCode } from "../../base/markdown.ts";
import { type CertificateFile, certificateRole, type Description, describe, type Section } from "../../pki/index.ts";
import type { Finding, PredictedVerdict } from "../api.ts";
import { withoutWholeKeys } from "../redaction.ts";
import { caption, knownName, validityText } from "./captions.ts";
import type { OutlookLine } from "./outlook-lines.ts";

/** More sections than a hover has room for. */
const SHOWN_SECTIONS = 4;
const SHOWN_FINDINGS = 6;

/** `more`: what is known of it beyond the file. */
export function sectionCard(
  file: CertificateFile,
  section: Section,
  now: number,
  findings: readonly Finding[],
  more: readonly OutlookLine[] = [],
): string {
  const description = describe(file, section, now);
  const { fields, validity } = description;
  const first = headline(section, description, more);
  // What the first line says is not said again.
  const rest = [...fields.filter((it) => it !== validity), ...more.filter((it) => !isAcceptance(it))];
  return [card({ title: first, fields: rest }), ...findingLines(findings)].join("\n\n");
}

const isAcceptance = ({ verdicts = [] }: OutlookLine): boolean => verdicts.length > 0 && verdicts.every((it) => it.verdict === "accepted");

/** What people ask first: until when, what it is and whose, and who accepts it. */
function headline(section: Section, description: Description, more: readonly OutlookLine[]): string {
  const validity = validityText(description);
  const { what, place } = description;
  const parts = [
    ...(validity === "" ? [] : [validity]),
    caption({ what: byPurpose(section) ?? what, place }, knownName(section.parsed)),
    ...verdictsInShort(more.flatMap((it) => it.verdicts ?? [])),
  ];
  return parts.join(" · ");
}

/** A leaf is called by what it is for, where it is for one thing. */
function byPurpose({ parsed }: Section): string | undefined {
  if (parsed?.kind !== "certificate" || certificateRole(parsed) !== "leaf") return undefined;
  const [only, ...others] = (parsed.values.purposes ?? []).filter((it) => it === "serverAuth" || it === "clientAuth");
  if (only === undefined || others.length > 0) return undefined;
  return only === "serverAuth" ? "server certificate" : "client certificate";
}

/** Of the file as it is served. Roles apart only where the stacks see them differently. */
function verdictsInShort(verdicts: readonly PredictedVerdict[]): readonly string[] {
  const said = (as: PredictedVerdict["as"]): string =>
    verdicts
      .filter((it) => it.as === as && it.completedFrom === undefined)
      .map(({ stack, verdict, kind }) => `${stack.replace("openssl", "OpenSSL")} ${SAYS[verdict]}${kind === undefined ? "" : `: ${kind}`}`)
      .join(", ");
  const [server, client] = [said("server"), said("client")];
  if (server === client || client === "") return server === "" ? [] : [server];
  return server === "" ? [client] : [`as server: ${server}`, `as client: ${client}`];
}

const SAYS: Readonly<Record<PredictedVerdict["verdict"], string>> = {
  accepted: "accepts",
  refused: "refuses",
  "cannot tell": "cannot be predicted",
};

/** Of the whole file, which is named where this is shown. `more`: what is known of a section beyond the file. */
export async function fileCard(
  file: CertificateFile,
  now: number,
  findings: readonly Finding[],
  more: (section: Section) => Promise<readonly OutlookLine[]>,
): Promise<string> {
  const shown = file.sections.slice(0, SHOWN_SECTIONS);
  const cards: string[] = [];
  for (const it of shown) cards.push(sectionCard(file, it, now, [], await more(it)));
  const hidden = file.sections.length - shown.length;
  return [
    ...(file.unread === undefined ? [] : [escapeMarkdown(file.unread)]),
    ...cards,
    ...(hidden > 0 ? [`… and ${hidden} more`] : []),
    ...findingLines(findings),
  ].join("\n\n");
}

const card = ({ title, fields }: Pick<Description, "title" | "fields">): string =>
  [`**${shown(title)}**`, ...fields.map(({ label, value }) => `${label}: ${shown(value)}`)].join("  \n");

/** A key under a name of something else is looked for before escapes hide it. */
const shown = (text: string): string => escapeMarkdown(withoutWholeKeys(text));

/** What the editor does not show beside the message. */
export const adviceLines = ({ help, notes }: Finding): string =>
  [`help: ${proseWithCode(help)}`, ...notes.map((it) => `note: ${proseWithCode(it)}`)].join("  \n");

function findingLines(findings: readonly Finding[]): readonly string[] {
  const more = findings.length - SHOWN_FINDINGS;
  const lines = findings.slice(0, SHOWN_FINDINGS).map((it) => `- ${it.severity}: ${proseWithCode(it.message)} (\`${it.rule}\`)`);
  return lines.length === 0 ? [] : [[...lines, ...(more > 0 ? [`- … and ${more} more`] : [])].join("\n")];
}
