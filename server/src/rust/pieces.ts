/** What a piece of Rust shows by its tokens alone. */
import { namedInFormat } from "./bodies/format.ts";
import { codeNames } from "./items/index.ts";
import { stringOf } from "./lower/literals.ts";
import { plain } from "./names/index.ts";
import { lex } from "./syntax/lexer.ts";
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
