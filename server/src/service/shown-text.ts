/** The text of a file as reports show it: where its lines are, and parts of it with private keys blotted out. Nothing is copied before it is asked for. */
import { LineIndex } from "../base/line-index.ts";
import { type Span, span } from "../base/span.ts";
import type { TextEdit } from "../base/text-edit.ts";
import { type EditedPart, editedParts, isPartwise } from "../pki/secrets/edited-text.ts";
import { partWithoutKeys } from "../pki/secrets/secret-spans.ts";

export class ShownText {
  readonly #text: string;
  #lines: LineIndex | undefined;
  #isPartwise: boolean | undefined;

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

  /** What edits change, with so many lines around each: what is a key only in the changed text is blotted out there, too. */
  edited(edits: readonly TextEdit[], lines: number): readonly EditedPart[] {
    this.#isPartwise ??= isPartwise(this.#text);
    return editedParts(this.#text, this.#isPartwise, edits, ({ start, end }) =>
      span(
        this.lines.line(Math.max(0, this.lines.position(start).line - lines)).start,
        this.lines.line(this.lines.position(end).line + lines).end,
      ),
    );
  }
}
