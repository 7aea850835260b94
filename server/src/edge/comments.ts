/** Comments in configurations, for suppressions. */
import { type Span, span } from "../base/span.ts";
import { isApache } from "./apache/files.ts";
import { readApache } from "./apache/syntax.ts";
import { isNginx } from "./nginx/files.ts";
import { readNginx } from "./nginx/syntax.ts";
import { mayBeApache } from "./places.ts";

export const commentsOf = (file: string, text: string): readonly Span[] =>
  mayBeApache(file) ? commentsOfDirectives(file, text) : lineComments(text);

const commentsOfDirectives = (file: string, text: string): readonly Span[] =>
  (isApache(file, text) && !isNginx(file, text) ? readApache(text, file) : readNginx(text, file)).comments;

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
