/** Edits that put certificate files right: sections moved, removed or added as they are, byte for byte. */
import { type Span, span } from "../../base/span.ts";
import type { TextEdit } from "../../base/text-edit.ts";
import type { CertificateFile, Section } from "../../pki/index.ts";

/** A section with the explanatory lines above it, which belong to it, and its line end. */
export function blockOf(file: CertificateFile, section: Section): Span {
  const { text, sections } = file;
  const before = sections.filter((it) => it.span.end <= section.span.start).at(-1)?.span.end;
  const above = before === undefined ? 0 : afterLine(text, before);
  // What stands above the first section may be about the whole file: a blank line decides.
  const paragraph = text.slice(above, section.span.start);
  const gap = /(?:^|\n)[ \t]*\r?\n(?![\s\S]*\n[ \t]*\r?\n)/.exec(paragraph);
  const start = gap === null ? above : above + gap.index + gap[0].length;
  return span(Math.min(start, section.span.start), afterLine(text, section.span.end));
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
  const before = at === 0 || /[\r\n]$/.test(file.text.slice(0, at)) ? "" : end;
  const body = sections.map((it) => it.replace(/\r\n|\r|\n/g, end) + end).join("");
  return { span: span(at, at), text: before + body };
}

const lineEnd = (text: string): string => (/\r\n/.test(text) ? "\r\n" : "\n");
