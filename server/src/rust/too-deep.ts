/** Types and patterns of a text that nest too deep to be parsed. */
import type { Span } from "../base/span.ts";
import { DEEPEST_NESTING } from "./bounds.ts";
import { Text } from "./lower/text.ts";
import { lex } from "./syntax/lexer.ts";
import type { Tokens } from "./syntax/tokens.ts";
import * as token from "./syntax/tokens.ts";

export const tooDeepIn = (text: string): readonly Span[] => (mayBeTooDeep(lex(text)) ? Text.of(text).whole().tooDeep : []);

/** Whether there is a statement, or the head of an item, with as many tokens that begin a level: nearly no text has one. */
function mayBeTooDeep({ kinds, count }: Tokens): boolean {
  let levels = 0;
  for (let at = 0; at < count; at++) {
    const kind = kinds[at] ?? token.END;
    if (kind === token.SEMICOLON || kind === token.LEFT_BRACE || kind === token.RIGHT_BRACE) levels = 0;
    else if (LEVELS.has(kind) && ++levels >= DEEPEST_NESTING) return true;
  }
  return false;
}

const LEVELS: ReadonlySet<number> = new Set([token.LESS, token.LEFT_PAREN, token.LEFT_BRACKET, token.AND, token.TIMES]);
