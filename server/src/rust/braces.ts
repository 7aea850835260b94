/** How deep the brackets of a text lie, without reading what they mean. */
import type { Span } from "../base/span.ts";
import { lex } from "./syntax/lexer.ts";
import * as token from "./syntax/tokens.ts";

/** What stands between two brackets. */
export interface Braces {
  readonly span: Span;
  /** How many modules it lies in, itself included. */
  readonly modules: number;
  /** How many brackets of other kinds, since the innermost module. */
  readonly brackets: number;
}

/** In the order of their starts. */
export function bracesOf(text: string): readonly Braces[] {
  const { kinds, starts, count } = lex(text);
  const found: (Braces & { readonly span: { readonly start: number; end: number } })[] = [];
  const open: (typeof found)[number][] = [];
  for (let at = 0; at < count; at++) {
    const kind = kinds[at];
    const start = starts[at] ?? text.length;
    if (kind === token.LEFT_PAREN || kind === token.LEFT_BRACKET || kind === token.LEFT_BRACE) {
      const around = open.at(-1) ?? { modules: 0, brackets: 0 };
      const isModule = kind === token.LEFT_BRACE && kinds[at - 2] === token.MOD;
      const one = {
        span: { start, end: text.length },
        modules: around.modules + Number(isModule),
        brackets: isModule ? 0 : around.brackets + 1,
      };
      found.push(one);
      open.push(one);
    } else if (kind === token.RIGHT_PAREN || kind === token.RIGHT_BRACKET || kind === token.RIGHT_BRACE) {
      const closed = open.pop();
      if (closed) closed.span.end = start;
    }
  }
  return found;
}
