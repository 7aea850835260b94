/** Comments in configurations, for suppressions. */
import { type Span, span } from "../base/span.ts";
import { readNginx } from "./nginx/syntax.ts";
import { mayBeNginx } from "./places.ts";

export const commentsOf = (file: string, text: string): readonly Span[] =>
  mayBeNginx(file) ? readNginx(text, file).comments : lineComments(text);

/** From a `#` behind a blank or at the start of a line to its end; within a quoted value one says nothing to us. */
function lineComments(text: string): readonly Span[] {
  const found: Span[] = [];
  for (let at = text.indexOf("#"); at >= 0; at = text.indexOf("#", at + 1)) {
    const before = at === 0 ? "\n" : text.charAt(at - 1);
    if (before.trim() !== "") continue;
    const end = text.indexOf("\n", at);
    found.push(span(at, end < 0 ? text.length : end));
    if (end < 0) break;
    at = end;
  }
  return found;
}
