/** How deep a text nests: its brackets, without reading what they mean, and the types and patterns that are too deep to be parsed. */
import type { Span } from "../base/span.ts";
import { DEEPEST_NESTING } from "./bounds.ts";
import { Text } from "./lower/text.ts";
import { lex } from "./syntax/lexer.ts";
import type { Tokens } from "./syntax/tokens.ts";
import * as token from "./syntax/tokens.ts";

export interface Nesting {
  /** In the order of their starts. */
  readonly braces: readonly Braces[];
  /** Types and patterns that the parser passes over. */
  readonly passedOver: readonly Span[];
}

/** What stands between two brackets. */
export interface Braces {
  readonly span: Span;
  /** How many modules it lies in, itself included. */
  readonly modules: number;
  /** How many brackets of other kinds, since the innermost module. */
  readonly brackets: number;
}

export function nestingOf(text: string): Nesting {
  const tokens = lex(text);
  return { braces: bracesOf(tokens), passedOver: mayBeTooDeep(tokens) ? Text.of(text).whole().tooDeep : [] };
}

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

function bracesOf({ text, kinds, starts, count }: Tokens): readonly Braces[] {
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
