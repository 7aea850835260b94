/** Lines and columns of a text as editors count them: `\n`, `\r\n` and a lone `\r` each end a line. */

/** Zero-based. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export type ColumnUnit = "utf-8" | "utf-16" | "utf-32";

export class LineIndex {
  readonly #text: string;
  readonly #starts: readonly number[];
  /** Whether each unit is a byte in UTF-8, too; asked once. */
  #ascii: boolean | undefined;

  constructor(text: string) {
    this.#text = text;
    const starts = [0];
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (unit === 0x0a || (unit === 0x0d && text.charCodeAt(at + 1) !== 0x0a)) starts.push(at + 1);
    }
    this.#starts = starts;
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  /** The span's end excludes the line's end characters. */
  line(line: number): { readonly start: number; readonly end: number } {
    const start = this.#starts[line] ?? this.#text.length;
    let end = this.#starts[line + 1] ?? this.#text.length;
    while (end > start && (this.#text[end - 1] === "\n" || this.#text[end - 1] === "\r")) end--;
    return { start, end };
  }

  position(offset: number, unit: ColumnUnit = "utf-16"): Position {
    const bounded = Math.max(0, Math.min(offset, this.#text.length));
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= bounded) low = middle;
      else high = middle - 1;
    }
    const start = this.#starts[low] ?? 0;
    // Counting costs a pass over the line, which may be the whole file.
    if (unit !== "utf-16") this.#ascii ??= !BEYOND_ASCII.test(this.#text);
    const counted = unit !== "utf-16" && this.#ascii === false;
    return { line: low, character: counted ? columns(this.#text.slice(start, bounded), unit) : bounded - start };
  }

  /** Positions outside the text are moved to its nearest place, as LSP asks. */
  offset({ line, character }: Position, unit: ColumnUnit = "utf-16"): number {
    if (line < 0) return 0;
    if (line >= this.#starts.length) return this.#text.length;
    const { start, end } = this.line(line);
    if (unit === "utf-16") return Math.min(start + Math.max(0, character), end);
    let at = start;
    for (let column = 0; at < end; ) {
      const codePoint = this.#text.codePointAt(at) ?? 0;
      const width = unit === "utf-32" ? 1 : utf8Length(codePoint);
      if (column + width > character) break;
      column += width;
      at += codePoint > 0xffff ? 2 : 1;
    }
    return at;
  }
}

const BEYOND_ASCII = /[^\0-\x7f]/;

const utf8Length = (codePoint: number): number => (codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4);

function columns(text: string, unit: "utf-8" | "utf-32"): number {
  let count = 0;
  for (const character of text) count += unit === "utf-32" ? 1 : utf8Length(character.codePointAt(0) ?? 0);
  return count;
}
