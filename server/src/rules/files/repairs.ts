/** Edits that put certificate files right: sections moved, removed or added as they are, byte for byte. */
import { type Span, span } from "../../base/span.ts";
import type { TextEdit } from "../../base/text-edit.ts";
import type { CertificateFile, Section } from "../../pki/index.ts";

/** A section with the explanatory lines above it, which belong to it, and its line end. */
function blockOf(file: CertificateFile, section: Section): Span {
  const { text, sections } = file;
  const before = lastEndBefore(sections, section.span.start);
  const above = before === undefined ? 0 : afterLine(text, before);
  // What stands above the first section may be about the whole file: a blank line decides.
  const start = afterBlankLine(text, above, section.span.start);
  return span(Math.min(start, section.span.start), afterLine(text, section.span.end));
}

/** Sections stand in the file's order: their number is halved until one is left. */
function lastEndBefore(sections: readonly Section[], at: number): number | undefined {
  let from = 0;
  let to = sections.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((sections[middle]?.span.end ?? at) <= at) from = middle + 1;
    else to = middle;
  }
  return sections[from - 1]?.span.end;
}

/** Behind the last blank line of a stretch of text, or its start. */
function afterBlankLine(text: string, from: number, to: number): number {
  for (let end = to; end > from; ) {
    const newline = text.lastIndexOf("\n", end - 1);
    if (newline < from) return from;
    const start = Math.max(from, text.lastIndexOf("\n", newline - 1) + 1);
    if (/^[ \t]*\r?$/.test(text.slice(start, newline))) return newline + 1;
    end = newline;
  }
  return from;
}

/** Behind the line end that follows, blanks included. */
function afterLine(text: string, at: number): number {
  const rest = /[ \t]*(?:\r\n|\n|\r)?/y;
  rest.lastIndex = at;
  return rest.test(text) ? rest.lastIndex : at;
}

export const removal = (file: CertificateFile, sections: readonly Section[]): TextEdit[] =>
  sections.map((it) => ({ span: blockOf(file, it), text: "" }));

/** Each place of these sections gets the one that belongs there: explanatory text goes along. */
export function reordering(file: CertificateFile, wanted: readonly Section[]): TextEdit[] {
  const places = wanted.toSorted((a, b) => a.span.start - b.span.start);
  return places.flatMap((place, index): TextEdit[] => {
    const section = wanted[index];
    if (section === undefined || section === place) return [];
    const there = blockOf(file, place);
    const block = blockOf(file, section);
    const own = file.text.slice(block.start, block.end);
    const needsEnd = there.end < file.text.length && !/[\r\n]$/.test(own);
    return [{ span: there, text: needsEnd ? own + lineEnd(file.text) : own }];
  });
}

/** At the place, with line ends around it. `sections`: PEM text without explanations. */
export function insertion(file: CertificateFile, after: Section, sections: readonly string[]): TextEdit {
  const at = blockOf(file, after).end;
  const end = lineEnd(file.text);
  const before = at === 0 || /[\r\n]/.test(file.text[at - 1] ?? "") ? "" : end;
  const body = sections.map((it) => it.replace(/\r\n|\r|\n/g, end) + end).join("");
  return { span: span(at, at), text: before + body };
}

const lineEnd = (text: string): string => (/\r\n/.test(text) ? "\r\n" : "\n");
