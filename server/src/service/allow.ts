/** "Allow with a reason": the comment above a finding that suppresses it, with the reason left for the user to write. */
import { type Span, span } from "../base/span.ts";
import type { FileKind } from "../project/index.ts";
import type { Finding, Fix } from "./api.ts";
import { ownRules } from "./own-rules.ts";

const REASON = "reason";

/** `sections`: those of a PEM file; a comment must not stand inside of one. */
export function allowFix(file: string, kind: FileKind, text: string, sections: readonly Span[], { rule, place }: Finding): Fix | undefined {
  // What is wrong with suppressions or the configuration is corrected, not allowed.
  if (ownRules.some((it) => it.id === rule)) return undefined;
  if (kind === "lock" || kind === "configuration" || kind === "other") return undefined;
  const section = sections.find((it) => it.start <= place.span.start && place.span.start <= it.end);
  if (kind === "certificates" && !section && sections.length > 0 && place.span.start > (sections[0]?.start ?? 0)) return undefined;
  const at = lineStart(text, section?.start ?? place.span.start);
  const indent = kind === "certificates" ? "" : (/^[ \t]*/.exec(text.slice(at))?.[0] ?? "");
  const lineEnd = /\r\n|\r|\n/.exec(text)?.[0] ?? "\n";
  const opening = `${indent}${kind === "rust" ? "// " : kind === "certificates" ? "" : "# "}tlslint: allow(${rule}): `;
  return {
    title: `Suppress \`${rule}\` on this line…`,
    applicability: "review",
    preferred: false,
    edits: [{ file, edits: [{ span: span(at, at), text: `${opening}${REASON}${lineEnd}` }] }],
    placeholders: [span(at + opening.length, at + opening.length + REASON.length)],
    notes: [],
  };
}

/** A byte order mark stays the first character. */
function lineStart(text: string, offset: number): number {
  const start = Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf("\r", offset - 1)) + 1;
  return start === 0 && text.startsWith("\uFEFF") ? 1 : start;
}
