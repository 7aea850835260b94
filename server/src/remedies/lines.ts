/** How a text is laid out: its line ends, its indentation and what stands on a line of its own. */
import type { Span } from "../base/span.ts";
import type { Style } from "../rust/index.ts";

/** Columns of a tab. */
const TAB = 4;

/** A file's habits: the end of its first line, and its smallest indentation. Parts of fixes ask for that of one text, one after the other. */
export function styleOf(text: string): Style {
  if (last?.text !== text) last = { text, style: habitsOf(text) };
  return last.style;
}
let last: { readonly text: string; readonly style: Style } | undefined;

function habitsOf(text: string): Style {
  const eol = /\r\n|\n|\r/.exec(text)?.[0] ?? "\n";
  if (/^\t/m.test(text)) return { eol, unit: "\t" };
  const widths = [...text.matchAll(/^( {2,8})\S/gm)].map((it) => it[1]?.length ?? TAB);
  const narrowest = Math.min(TAB, ...widths);
  return { eol, unit: " ".repeat(narrowest === 2 && widths.filter((it) => it === 2).length > 1 ? 2 : TAB) };
}

export function lineStart(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && text[at - 1] !== "\n" && text[at - 1] !== "\r") at--;
  return at;
}

export function lineEnd(text: string, offset: number): number {
  let at = offset;
  while (at < text.length && text[at] !== "\n" && text[at] !== "\r") at++;
  return at;
}

/** Past the line's end characters. */
export function nextLine(text: string, offset: number): number {
  const end = lineEnd(text, offset);
  return text.startsWith("\r\n", end) ? end + 2 : Math.min(end + 1, text.length);
}

export const indentationAt = (text: string, offset: number): string =>
  /^[ \t]*/.exec(text.slice(lineStart(text, offset), lineEnd(text, offset)))?.[0] ?? "";

export const startsLine = (text: string, offset: number): boolean => /^[ \t]*$/.test(text.slice(lineStart(text, offset), offset));

/** Nothing but blanks or a line comment follows on the line. */
export const endsLine = (text: string, offset: number): boolean => /^[ \t]*(\/\/.*)?$/.test(text.slice(offset, lineEnd(text, offset)));

export const width = (text: string): number => [...text].reduce((sum, it) => sum + (it === "\t" ? TAB : 1), 0);

export const column = (text: string, offset: number): number => width(text.slice(lineStart(text, offset), offset));

/**
 * Indents statements that are written one a line with four blanks a level. The first line has no indentation, for it goes where the
 * indentation already stands. What is too long for its line is broken when the whole is laid out (`layout-after.ts`).
 */
export function indented(written: readonly string[], indentation: string, { eol, unit }: Style): string {
  const lines: string[] = [];
  for (const line of written) {
    const last = lines.at(-1);
    // A chain that was written over several lines is one statement.
    if (last !== undefined && /^\s*\.\w/.test(line)) lines[lines.length - 1] = last + line.trim();
    else lines.push(line);
  }
  return lines
    .map((line) => {
      const depth = Math.floor((/^ */.exec(line)?.[0].length ?? 0) / TAB);
      return line.trim() === "" ? "" : indentation + unit.repeat(depth) + line.trim();
    })
    .join(eol)
    .slice(indentation.length);
}

/** The lines that a span touches, when nothing else stands on them: from the first one's start to the next one's. */
export function wholeLines(text: string, { start, end }: Span): Span | undefined {
  return startsLine(text, start) && endsLine(text, end) ? { start: lineStart(text, start), end: nextLine(text, end) } : undefined;
}
