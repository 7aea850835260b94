/** The names that a piece of Rust writes as code: none of comments and strings, but those of the strings in its attributes. */
import { lex } from "../syntax/lexer.ts";
import * as token from "../syntax/tokens.ts";

/** Of a name within a path also `name::`, of one that is called also `name(`, or `name!` where it is a macro. */
export function codeNames(code: string): ReadonlySet<string> {
  const { kinds, starts, ends, count, text } = lex(code);
  const names = new Set<string>();
  /** How many brackets are open since the `#` of an attribute. */
  let depth = 0;
  for (let at = 0; at < count; at++) {
    const kind = kinds[at] ?? token.END;
    if (kind >= token.NAME && kind <= token.LAST_NAME) {
      const name = text.slice(starts[at] ?? 0, ends[at] ?? 0);
      names.add(name);
      if (kinds[at + 1] === token.LEFT_PAREN) names.add(`${name}(`);
      if (kinds[at + 1] === token.PATH_SEPARATOR || (at > 0 && kinds[at - 1] === token.PATH_SEPARATOR)) names.add(`${name}::`);
      else if (kinds[at + 1] === token.NOT && isOpening(kinds[at + 2] ?? token.END)) names.add(`${name}!`);
    } else if (depth > 0) {
      if (kind === token.LEFT_BRACKET) depth++;
      else if (kind === token.RIGHT_BRACKET) depth--;
      else if (kind === token.STRING)
        for (const word of text.slice(starts[at] ?? 0, ends[at] ?? 0).match(/[A-Za-z_]\w*/g) ?? []) names.add(word);
    } else if (kind === token.HASH && kinds[at + 1] === token.LEFT_BRACKET) {
      depth = 1;
      at++;
    }
  }
  return names;
}

const isOpening = (kind: number): boolean => kind === token.LEFT_PAREN || kind === token.LEFT_BRACKET || kind === token.LEFT_BRACE;
