/** Which line somebody types and has not ended: what stands in it for the moment is not what is meant. */
import { type Span, span } from "../../base/span.ts";

/** A place of the text before, and what stands there now. */
export interface Change {
  readonly span: Span;
  readonly text: string;
}

/**
 * The line in `after`; undefined where the change was not typed, or where a line or a statement ends with it. A tail expression and the
 * receiver of a chain parse long before they are whole, which nothing but types could tell.
 */
export function lineTyped(before: string, after: string, changes: readonly Change[] | undefined): Span | undefined {
  const [change, ...more] = changes ?? [];
  if (change === undefined || more.length > 0) return undefined;
  if (!isTyped(before.slice(change.span.start, change.span.end), change.text)) return undefined;
  const caret = change.span.start + (PAIRS.has(change.text) ? 1 : change.text.length);
  const start = after.lastIndexOf("\n", caret - 1) + 1;
  const end = after.indexOf("\n", caret);
  const typed = after.slice(start, caret).trimEnd();
  const isEnded = typed === "" || typed.endsWith(";") || typed.endsWith("}");
  return isEnded ? undefined : span(start, end < 0 ? after.length : end);
}

/** Editors that close brackets put the caret between them. */
const PAIRS: ReadonlySet<string> = new Set(["()", "[]", "{}", '""', "''", "||"]);

const WORD = /^(?:\w*|\W)$/;

/** Something more, a word less, or a word completed. To put one thing in another's place, as fixes do, is to mean it. */
const isTyped = (replaced: string, inserted: string): boolean =>
  !/\n/.test(replaced + inserted) && (replaced === "" || (inserted === "" ? WORD.test(replaced) : inserted.startsWith(replaced)));
