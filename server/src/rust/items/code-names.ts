/** The names that a piece of Rust writes as code: none of comments and strings, but those of the strings in its attributes. */
import { lex } from "../syntax/lexer.ts";
import { isName, isOpening } from "../syntax/state.ts";
import type { Tokens } from "../syntax/tokens.ts";
import * as token from "../syntax/tokens.ts";

/** Of a name within a path also `name::`, of one that is called also `name(`, or `name!` where it is a macro. */
export function codeNames(code: string): ReadonlySet<string> {
  const tokens = lex(code);
  const names = new Set<string>();
  for (let at = 0; at < tokens.count; at++) {
    const kind = tokens.kinds[at] ?? token.END;
    if (isName(kind)) addName(names, tokens, at);
    else if (kind === token.HASH && tokens.kinds[at + 1] === token.LEFT_BRACKET) at = addAttribute(names, tokens, at + 2);
  }
  return names;
}

function addName(names: Set<string>, { kinds, text, starts, ends }: Tokens, at: number): void {
  const name = text.slice(starts[at] ?? 0, ends[at] ?? 0);
  const next = kinds[at + 1];
  names.add(name);
  if (next === token.LEFT_PAREN) names.add(`${name}(`);
  if (next === token.PATH_SEPARATOR || (at > 0 && kinds[at - 1] === token.PATH_SEPARATOR)) names.add(`${name}::`);
  else if (next === token.NOT && isOpening(kinds[at + 2] ?? token.END)) names.add(`${name}!`);
}

/** With the words in its strings. `from`: behind its opening bracket; the result is where it closes. */
function addAttribute(names: Set<string>, tokens: Tokens, from: number): number {
  const { kinds, text, starts, ends, count } = tokens;
  let depth = 1;
  for (let at = from; at < count; at++) {
    const kind = kinds[at] ?? token.END;
    if (isName(kind)) addName(names, tokens, at);
    else if (kind === token.LEFT_BRACKET) depth++;
    else if (kind === token.RIGHT_BRACKET && --depth === 0) return at;
    else if (kind === token.STRING)
      for (const word of text.slice(starts[at] ?? 0, ends[at] ?? 0).match(/[A-Za-z_]\w*/g) ?? []) names.add(word);
  }
  return count;
}
