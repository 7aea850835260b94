/** What a piece of Rust shows by its tokens alone. */
import { namedInFormat } from "./bodies/format.ts";
import { codeNames } from "./items/index.ts";
import { stringOf } from "./lower/literals.ts";
import { plain } from "./names/index.ts";
import { endOfName, startsName } from "./syntax/characters.ts";
import { lex } from "./syntax/lexer.ts";
import { isName } from "./syntax/state.ts";
import * as token from "./syntax/tokens.ts";

/** The names that it writes, without `r#`: as code, in attributes, and in the braces of its texts, for these may be formats. */
export function namesIn(code: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const name of codeNames(code)) names.add(plain(name));
  const { kinds, starts, ends, count } = lex(code);
  for (let at = 0; at < count; at++) {
    if (kinds[at] !== token.STRING) continue;
    const { value } = stringOf(code.slice(starts[at], ends[at]), 0);
    for (const name of namedInFormat(value)) names.add(name);
  }
  return names;
}

/** A name without `r#`, or a word of a text, and where it stands. */
interface Word {
  readonly word: string;
  readonly at: number;
}

/** Its names, and the words of its texts, which may name something, too. */
export function* wordsAndPlaces(code: string): Iterable<Word> {
  const tokens = lex(code);
  for (let index = 0; index < tokens.count; index++) {
    const kind = tokens.kinds[index] ?? token.END;
    const start = tokens.starts[index] ?? 0;
    const end = tokens.ends[index] ?? 0;
    if (isName(kind)) yield { word: plain(code.slice(start, end)), at: start };
    else if (kind === token.STRING) yield* wordsOfText(tokens, start, end);
  }
}

function* wordsOfText({ text, units }: token.Tokens, start: number, end: number): Iterable<Word> {
  for (let at = start; at < end; ) {
    const isWord = startsName(units, at);
    const next = isWord ? endOfName(units, at) : at + 1;
    if (isWord) yield { word: text.slice(at, next), at };
    at = next;
  }
}

/** What it comes to without blanks and comments. */
export function tokensIn(code: string): readonly string[] {
  const { starts, ends, count } = lex(code);
  return Array.from({ length: count }, (_, at) => code.slice(starts[at], ends[at]));
}

/** Of a string literal the text, of anything else nothing. */
export function textIn(code: string): string | undefined {
  const { kinds, starts, ends, count } = lex(code);
  return count === 1 && kinds[0] === token.STRING ? stringOf(code.slice(starts[0], ends[0]), 0).value : undefined;
}

/** Whether it may mean a name of the module around it, or of the crate: by its path, in a list, or with all of them. */
export function reachesUp(name: string, code: string): boolean {
  const tokens = tokensIn(code);
  return tokens.some((it, first) => {
    if (it !== "super" && it !== "crate") return false;
    let at = first + 1;
    for (; tokens[at] === "::"; at += 2) {
      const next = tokens[at + 1];
      if (next === "{" || next === "*" || (next !== undefined && plain(next) === name)) return true;
    }
    return false;
  });
}
