/** The one word, or attribute, that is changed where somebody decided. */
import type { Span } from "../base/span.ts";

export interface Flip {
  readonly file: string;
  readonly span: Span;
  readonly text: string;
  readonly title: string;
}
