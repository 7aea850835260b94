/** `name(first, second = "value")` in an attribute: its arguments, each with the text of its value. */
import { partnersOf } from "../items/brackets.ts";
import { lex } from "../syntax/lexer.ts";
import * as token from "../syntax/tokens.ts";

export function attributeArguments(text: string): ReadonlyMap<string, string | undefined> {
  const tokens = lex(text);
  const { kinds, starts, ends, count } = tokens;
  const partners = partnersOf(tokens);
  let open = 0;
  while (open < count && kinds[open] !== token.LEFT_PAREN) open++;
  const close = partners[open] ?? count;
  const found = new Map<string, string | undefined>();
  const between = (from: number, to: number): string => text.slice(starts[from] ?? 0, ends[to - 1] ?? 0);
  for (let at = open + 1; at < close; at++) {
    const first = at;
    let equals = -1;
    for (; at < close && kinds[at] !== token.COMMA; at++) {
      if (kinds[at] === token.EQUALS && equals < 0) equals = at;
      const partner = partners[at] ?? -1;
      if (partner > at) at = partner;
    }
    if (at > first) found.set(between(first, equals < 0 ? at : equals), equals < 0 ? undefined : between(equals + 1, at));
  }
  return found;
}
