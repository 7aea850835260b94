/** The room that code has on its lines, as rustfmt counts it, and how wide a text is on the first and last of its lines. */

/** rustfmt's widths in its default configuration (rustfmt 1.8: `max_width`, `chain_width`, …). */
export const MAX_WIDTH = 100;
export const CHAIN_WIDTH = 60;
export const CALL_WIDTH = 60;
export const ARRAY_WIDTH = 60;
export const STRUCT_WIDTH = 18;
export const IF_ELSE_WIDTH = 50;
export const LET_ELSE_WIDTH = 50;
/** Elements up to this width share lines where a list is broken. */
export const SHORT_ELEMENT = 10;

/** Where a piece of code starts and how much of its first line it may fill, in columns. */
export interface Shape {
  /** The indentation of the line that the innermost block, argument list or chain stands on. */
  readonly indent: number;
  /** What stands on the line between the indentation and the code. */
  readonly offset: number;
  readonly width: number;
}

export const usedWidth = ({ indent, offset }: Shape): number => indent + offset;

/** At the start of a line, with all of the line for itself. */
export const atIndent = (indent: number): Shape => ({ indent, offset: 0, width: Math.max(0, MAX_WIDTH - indent) });

/** `columns` more stand before it; undefined where there is no room for them. */
export const offsetBy = (shape: Shape, columns: number): Shape | undefined =>
  shape.width < columns ? undefined : { ...shape, offset: shape.offset + columns, width: shape.width - columns };

/** `columns` follow behind it. */
export const narrower = (shape: Shape, columns: number): Shape | undefined =>
  shape.width < columns ? undefined : { ...shape, width: shape.width - columns };

/** With whatever follows on the line left out of account. */
export const unhindered = (shape: Shape): Shape => ({ ...shape, width: Math.max(0, MAX_WIDTH - usedWidth(shape)) });

/** What follows behind it on the line. */
export const reserved = (shape: Shape): number => Math.max(0, MAX_WIDTH - (usedWidth(shape) + shape.width));

export const columns = (text: string): number => [...text].length;
export const isMultiline = (text: string): boolean => text.includes("\n");
export const firstLine = (text: string): string => text.split("\n", 1)[0] ?? "";
export const lastLine = (text: string): string => text.slice(text.lastIndexOf("\n") + 1);
export const lineCount = (text: string): number => text.split("\n").length;
export const newline = (indent: number): string => `\n${" ".repeat(indent)}`;

/** Whether a text that may go over several lines stays within its shape. */
export function fits(text: string, shape: Shape): boolean {
  if (columns(firstLine(text)) > shape.width) return false;
  if (!isMultiline(text)) return true;
  const [, ...others] = text.split("\n");
  return others.every((it) => columns(it) <= MAX_WIDTH) && columns(lastLine(text)) <= usedWidth(shape) + shape.width;
}

/** The last line holds nothing but closing brackets, so that more may stand on it. */
export const closes = (text: string): boolean => /^[\s)\]}?>]*$/.test(lastLine(text)) || text.endsWith('"#');
