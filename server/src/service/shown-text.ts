/** The text of a file as reports show it: where its lines are, and parts of it with private keys blotted out. Nothing is copied before it is asked for. */
import { LineIndex } from "../base/line-index.ts";
import type { Span } from "../base/span.ts";
import { partWithoutKeys, withoutKeys } from "../pki/secrets/secret-spans.ts";

export class ShownText {
  readonly #text: string;
  #lines: LineIndex | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** Blotted or not, a text has the same lines. */
  get lines(): LineIndex {
    this.#lines ??= new LineIndex(this.#text);
    return this.#lines;
  }

  /** What is a key is told from the whole text: a line out of the middle of one looks like nothing. */
  part(span: Span): string {
    return partWithoutKeys(this.#text, span);
  }

  get whole(): string {
    return withoutKeys(this.#text);
  }
}
