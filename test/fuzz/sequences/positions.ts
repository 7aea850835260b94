/** Offsets and positions counted the slow way, character by character: what the server's own counting is compared with. */
import type { Position, Range } from "vscode-languageserver-protocol/node";
import type { ColumnUnit } from "../../../server/src/base/line-index.ts";
import type { Span } from "../../../server/src/base/span.ts";

/** Lines with their ends. */
const linesOf = (text: string): readonly string[] => {
  const lines = text.match(/[^\r\n]*(?:\r\n|\n|\r|$)/g) ?? [];
  // The last match is empty: it is the last line only where the one before it has ended.
  return lines.length > 1 && !/[\r\n]$/.test(lines.at(-2) ?? "") ? lines.slice(0, -1) : lines;
};

const widthIn = (unit: ColumnUnit, text: string): number =>
  unit === "utf-16" ? text.length : unit === "utf-32" ? [...text].length : Buffer.byteLength(text);

export function positionAt(text: string, offset: number, unit: ColumnUnit): Position {
  let start = 0;
  const lines = linesOf(text);
  for (const [line, content] of lines.entries()) {
    if (offset < start + content.length || line === lines.length - 1)
      return { line, character: widthIn(unit, text.slice(start, Math.min(offset, text.length))) };
    start += content.length;
  }
  return { line: 0, character: 0 };
}

export const rangeAt = (text: string, { start, end }: Span, unit: ColumnUnit): Range => ({
  start: positionAt(text, start, unit),
  end: positionAt(text, end, unit),
});

/** Undefined where the text has no such position. */
export function offsetAt(text: string, { line, character }: Position, unit: ColumnUnit): number | undefined {
  const lines = linesOf(text);
  const content = lines[line];
  if (content === undefined) return undefined;
  const start = lines.slice(0, line).join("").length;
  for (let at = 0; at <= content.length; at++) if (widthIn(unit, content.slice(0, at)) === character) return start + at;
  return undefined;
}

/** A place between two characters, and not within the end of a line, at or before this one: editors know no others. */
export function snapped(text: string, offset: number): number {
  const inPair = /[\ud800-\udbff]/.test(text[offset - 1] ?? "") && /[\udc00-\udfff]/.test(text[offset] ?? "");
  const inEnd = text[offset - 1] === "\r" && text[offset] === "\n";
  return inPair || inEnd ? offset - 1 : offset;
}
