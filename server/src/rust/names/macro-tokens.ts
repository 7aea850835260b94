/** What stands in the brackets of a macro call in item place, as texts that may hold items: what no macro that is known makes of them. */
import type { Span } from "../../base/span.ts";
import { partnersOf } from "../items/brackets.ts";
import { lex } from "../syntax/lexer.ts";
import * as token from "../syntax/tokens.ts";

export interface Inside {
  /** In the text of the call. */
  readonly span: Span;
  /** The attributes that are written for all that is in there. */
  readonly attributes: readonly string[];
}

/** `branches`: `cfg_if! { if #[cfg(unix)] { … } else { … } }` holds items one level further inside. */
export function insideOf(call: string, branches: boolean): readonly Inside[] {
  const tokens = lex(call);
  const partners = partnersOf(tokens);
  const inner = (open: number): Span => ({ start: tokens.ends[open] ?? 0, end: tokens.starts[partners[open] ?? 0] ?? call.length });
  let open = 0;
  while (open < tokens.count && !isOpening(tokens.kinds[open] ?? token.END)) open++;
  if (open === tokens.count) return [];
  if (!branches) return [{ span: inner(open), attributes: [] }];
  const found: Inside[] = [];
  const refused: string[] = [];
  for (let at = open + 1, own: string | undefined; at < (partners[open] ?? 0); at++) {
    if (!isOpening(tokens.kinds[at] ?? token.END)) continue;
    if (tokens.kinds[at] === token.LEFT_BRACKET) own = call.slice(inner(at).start, inner(at).end);
    if (tokens.kinds[at] === token.LEFT_BRACE) {
      found.push({ span: inner(at), attributes: [...refused.map((it) => `cfg(not(${it}))`), ...(own === undefined ? [] : [own])] });
      // Whatever `cfg` has in its parentheses.
      if (own !== undefined) refused.push(own.slice(own.indexOf("(") + 1, own.lastIndexOf(")")));
      own = undefined;
    }
    at = Math.max(at, partners[at] ?? at);
  }
  return found;
}

const isOpening = (kind: number): boolean => kind === token.LEFT_PAREN || kind === token.LEFT_BRACKET || kind === token.LEFT_BRACE;
