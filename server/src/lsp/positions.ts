/** Spans of the service and ranges of the protocol, in the unit of columns that was agreed with the client. */
import type { PositionEncodingKind, Range } from "vscode-languageserver";
import type { ColumnUnit, LineIndex } from "../base/line-index.ts";
import { type Span, span } from "../base/span.ts";

const UNITS: readonly ColumnUnit[] = ["utf-8", "utf-16", "utf-32"];

/** The first that the client lists and we know; UTF-16 is what every client has. */
export function negotiatedUnit(offered: readonly PositionEncodingKind[] | undefined): ColumnUnit {
  for (const kind of offered ?? []) {
    const unit = UNITS.find((it) => it === kind);
    if (unit) return unit;
  }
  return "utf-16";
}

export const rangeOf = (lines: LineIndex, { start, end }: Span, unit: ColumnUnit): Range => ({
  start: lines.position(start, unit),
  end: lines.position(end, unit),
});

/** A range that is given backwards covers nothing. */
export function spanOf(lines: LineIndex, range: Range, unit: ColumnUnit): Span {
  const start = lines.offset(range.start, unit);
  return span(start, Math.max(start, lines.offset(range.end, unit)));
}
