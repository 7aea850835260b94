/** What stands in the brackets of a macro call in item place, as texts that may hold items: what no macro that is known makes of them. */
import type { Span } from "../../base/span.ts";
import { partnersOf } from "../items/brackets.ts";
import { lex } from "../syntax/lexer.ts";
import * as token from "../syntax/tokens.ts";

/** Spans in the text of a call. `branches`: `cfg_if! { if #[cfg(unix)] { … } else { … } }` holds items one level further inside. */
export function insideOf(call: string, branches: boolean): readonly Span[] {
  const tokens = lex(call);
  const partners = partnersOf(tokens);
  const inner = (open: number): Span => ({ start: tokens.ends[open] ?? 0, end: tokens.starts[partners[open] ?? 0] ?? call.length });
  let open = 0;
  while (open < tokens.count && !isOpening(tokens.kinds[open] ?? token.END)) open++;
  if (open === tokens.count) return [];
  if (!branches) return [inner(open)];
  const found: Span[] = [];
  for (let at = open + 1; at < (partners[open] ?? 0); at++) {
    if (!isOpening(tokens.kinds[at] ?? token.END)) continue;
    if (tokens.kinds[at] === token.LEFT_BRACE) found.push(inner(at));
    at = Math.max(at, partners[at] ?? at);
  }
  return found;
}

const isOpening = (kind: number): boolean => kind === token.LEFT_PAREN || kind === token.LEFT_BRACKET || kind === token.LEFT_BRACE;
