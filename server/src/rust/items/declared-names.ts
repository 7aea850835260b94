/** Names that a file declares anywhere, in bodies and macros, too. */
import * as token from "../syntax/tokens.ts";

const DECLARING: ReadonlySet<number> = new Set([
  token.FN,
  token.STRUCT,
  token.ENUM,
  token.UNION,
  token.TRAIT,
  token.CONST,
  token.STATIC,
  token.TYPE,
  token.MOD,
]);
export function declaredNames({ kinds, count, starts, ends, text }: token.Tokens): readonly string[] {
  const declares: string[] = [];
  const add = (at: number): void => {
    const kind = kinds[at] ?? token.END;
    if (kind >= token.NAME && kind <= token.LAST_NAME) declares.push(text.slice(starts[at] ?? 0, ends[at] ?? 0));
  };
  for (let at = 0; at < count; at++) {
    const kind = kinds[at] ?? token.END;
    if (kind < token.MACRO_RULES) continue;
    if (kind === token.MACRO_RULES && kinds[at + 1] === token.NOT) add(at + 2);
    else if (DECLARING.has(kind)) add(kinds[at + 1] === token.MUT ? at + 2 : at + 1);
  }
  return declares;
}
