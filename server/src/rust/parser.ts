/** From text to a `RustFile`. */
import { err, ok, type Result } from "../base/result.ts";
import type { Span } from "../base/span.ts";
import type { Attributes, Item } from "./ast.ts";
import { LARGEST_TEXT } from "./bounds.ts";
import { type WrittenNames, type WrittenWord, writtenNames, writtenWords } from "./items/index.ts";
import { stringOf } from "./lower/literals.ts";
import { Text } from "./lower/text.ts";
import * as token from "./syntax/tokens.ts";

export interface RustFile {
  readonly text: string;
  readonly items: readonly Item[];
  /** Inner attributes of the file: `#![cfg(test)]`. */
  readonly attributes?: Attributes;
  /** What does not parse. A reason for care where an edit would touch it, never for skipping the file. */
  readonly errors: readonly Span[];
  /** Comments, doc comments included, in order: suppressions live there. */
  readonly comments: readonly Span[];
  /** The string literal at an offset, for hovers on path literals. */
  stringAt(offset: number): WrittenString | undefined;
  /** The last token that ends before an offset or there, and the first that begins behind it or there. */
  tokenBefore(offset: number): Span | undefined;
  tokenFrom(offset: number): Span | undefined;
  /** All string literals, in order. */
  strings(): Iterable<WrittenString>;
  /** Names and strings in order, those of comments not among them. */
  words(): Iterable<WrittenWord>;
  /** Those of code, as a set. */
  readonly names: WrittenNames;
}
/** Its value, and the span between its quotes. */
export interface WrittenString {
  readonly value: string;
  readonly span: Span;
}
export interface ParseFailure {
  readonly reason: "too-large";
  readonly detail: string;
}
export interface RustParser {
  parse(text: string): Result<RustFile, ParseFailure>;
}

export function createRustParser(largest = LARGEST_TEXT): RustParser {
  return {
    parse: (text) =>
      text.length > largest
        ? err({ reason: "too-large", detail: `${text.length} code units, at most ${largest} are read` })
        : ok(new ParsedFile(text)),
  };
}

export const rustParser: RustParser = createRustParser();

/** Whether nothing in some items is an error. */
export const parses = (items: string): boolean => Text.of(items).whole().errors.length === 0;

/** More errors than anybody looks at. */
const MOST_ERRORS = 1000;

class ParsedFile implements RustFile {
  readonly text: string;
  readonly items: readonly Item[];
  readonly attributes: Attributes;
  readonly #text: Text;
  #errors: readonly Span[] | undefined;
  #comments: readonly Span[] | undefined;
  #names: WrittenNames | undefined;

  constructor(text: string) {
    this.text = text;
    this.#text = Text.of(text);
    const { items, attributes } = this.#text.items();
    this.items = items;
    this.attributes = attributes;
  }

  get errors(): readonly Span[] {
    this.#errors ??= this.#text.whole().errors.slice(0, MOST_ERRORS);
    return this.#errors;
  }

  get comments(): readonly Span[] {
    const { comments } = this.#text.paired;
    this.#comments ??= comments.flatMap((start, at) => (at % 2 === 0 ? [{ start, end: comments[at + 1] ?? start }] : []));
    return this.#comments;
  }

  *strings(): Iterable<WrittenString> {
    const { starts, ends, kinds, count } = this.#text.paired;
    for (let at = 0; at < count; at++)
      if (kinds[at] === token.STRING) yield stringOf(this.text.slice(starts[at], ends[at]), starts[at] ?? 0);
  }

  stringAt(offset: number): WrittenString | undefined {
    const { starts, ends, kinds } = this.#text.paired;
    const at = this.#endingBefore(offset);
    const start = starts[at] ?? 0;
    return kinds[at] === token.STRING && start <= offset ? stringOf(this.text.slice(start, ends[at]), start) : undefined;
  }

  tokenBefore(offset: number): Span | undefined {
    return this.#spanOf(this.#endingBefore(offset) - 1);
  }

  tokenFrom(offset: number): Span | undefined {
    const at = this.#endingBefore(offset);
    return this.#spanOf((this.#text.paired.starts[at] ?? 0) < offset ? at + 1 : at);
  }

  /** How many tokens end before an offset or there. */
  #endingBefore(offset: number): number {
    const { ends, count } = this.#text.paired;
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #spanOf(at: number): Span | undefined {
    const { starts, ends, count } = this.#text.paired;
    return at < 0 || at >= count ? undefined : { start: starts[at] ?? 0, end: ends[at] ?? 0 };
  }

  words(): Iterable<WrittenWord> {
    return writtenWords(this.#text.paired);
  }

  get names(): WrittenNames {
    this.#names ??= writtenNames(this.#text.paired);
    return this.#names;
  }
}
