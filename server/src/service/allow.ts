/** "Allow with a reason": the comments that suppress a finding, on its line or in its file, with the reason left for the user to write. */
import { type Span, span } from "../base/span.ts";
import { type FileKind, kindOf } from "../project/index.ts";
import type { Finding, Fix } from "./api.ts";
import { ownRules } from "./own-rules.ts";

const REASON = "reason";

/** What the file is follows from its bytes; PEM is the one certificate file that a comment can stand in. */
export async function allowFixesIn(file: string, bytes: Uint8Array, text: string | undefined, finding: Finding): Promise<readonly Fix[]> {
  if (text === undefined) return [];
  const kind = await kindOf(file, bytes);
  if (kind !== "certificates") return allowFixes(file, kind, text, [], finding);
  const { format, sections } = (await import("../pki/index.ts")).readCertificateFile(bytes);
  const spans = sections.map((it) => it.span);
  return format === "pem" ? allowFixes(file, kind, text, spans, finding) : [];
}

/** Of its line first. `sections`: those of a PEM file; a comment must not stand inside of one. */
export function allowFixes(file: string, kind: FileKind, text: string, sections: readonly Span[], finding: Finding): readonly Fix[] {
  const { rule, place } = finding;
  // What is wrong with suppressions or the configuration is corrected, not allowed.
  if (ownRules.some((it) => it.id === rule)) return [];
  if (kind === "lock" || kind === "configuration" || kind === "other") return [];
  const sign = kind === "rust" ? "// " : kind === "certificates" ? "" : "# ";
  const lineEnd = /\r\n|\r|\n/.exec(text)?.[0] ?? "\n";
  const allow = (title: string, word: string, at: number, indent: string): Fix => {
    const opening = `${indent}${sign}tlslint: ${word}(${rule}): `;
    return {
      title,
      applicability: "review",
      preferred: false,
      edits: [{ file, edits: [{ span: span(at, at), text: `${opening}${REASON}${lineEnd}` }] }],
      placeholders: [span(at + opening.length, at + opening.length + REASON.length)],
      notes: [],
    };
  };
  const section = sections.find((it) => it.start <= place.span.start && place.span.start <= it.end);
  const isBelowSections = kind === "certificates" && !section && sections.length > 0 && place.span.start > (sections[0]?.start ?? 0);
  const at = lineStart(text, section?.start ?? place.span.start);
  const indent = kind === "certificates" ? "" : (/^[ \t]*/.exec(text.slice(at))?.[0] ?? "");
  return [
    ...(isBelowSections ? [] : [allow(`Suppress \`${rule}\` on this line…`, "allow", at, indent)]),
    allow(`Suppress \`${rule}\` in this file…`, "allow-file", fileStart(text), ""),
  ];
}

/** A byte order mark stays the first character. */
function lineStart(text: string, offset: number): number {
  const start = Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf("\r", offset - 1)) + 1;
  return start === 0 && text.startsWith("\uFEFF") ? 1 : start;
}

/** Below a line that says which program runs the file: it counts in the first line alone. `#![` is an attribute. */
function fileStart(text: string): number {
  const start = lineStart(text, 0);
  return start + (/^#!(?!\s*\[)[^\r\n]*(?:\r\n|\r|\n)/.exec(text.slice(start))?.[0].length ?? 0);
}
