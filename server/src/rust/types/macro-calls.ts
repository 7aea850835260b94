/** Names that the tokens of a macro call seem to call, where they cannot be read as expressions. */
import { type Span, span } from "../../base/span.ts";
import { plain } from "../names/index.ts";
import { lex } from "../syntax/lexer.ts";
import * as token from "../syntax/tokens.ts";

export interface NamedCall {
  readonly name: string;
  readonly span: Span;
}

/** `at`: where the text begins. */
export function calledInTokens(text: string, at: number): readonly NamedCall[] {
  const { kinds, starts, ends, count } = lex(text);
  const found: NamedCall[] = [];
  for (let one = 0; one < count; one++) {
    const kind = kinds[one] ?? token.END;
    if (kind < token.NAME || kind > token.LAST_NAME || kinds[one + 1] !== token.LEFT_PAREN) continue;
    const [start, end] = [starts[one] ?? 0, ends[one] ?? 0];
    found.push({ name: plain(text.slice(start, end)), span: span(start + at, end + at) });
  }
  return found;
}
