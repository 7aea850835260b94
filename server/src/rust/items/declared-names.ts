/** Names that a file declares anywhere, in bodies and macros, too, and those in the heads of its `impl` blocks and traits. */
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
/** Heads are short; an `impl` without a brace is none. */
const LONGEST_HEAD = 200;

export interface DeclaredNames {
  readonly declares: readonly string[];
  readonly implementing: readonly string[];
}

export function declaredNames({ kinds, count, starts, ends, text }: token.Tokens): DeclaredNames {
  const declares: string[] = [];
  const implementing: string[] = [];
  const nameAt = (at: number): string | undefined => {
    const kind = kinds[at] ?? token.END;
    return kind >= token.NAME && kind <= token.LAST_NAME ? text.slice(starts[at] ?? 0, ends[at] ?? 0) : undefined;
  };
  const add = (list: string[], name: string | undefined): void => void (name !== undefined && list.push(name));
  for (let at = 0; at < count; at++) {
    const kind = kinds[at] ?? token.END;
    if (kind < token.MACRO_RULES) continue;
    if (kind === token.MACRO_RULES && kinds[at + 1] === token.NOT) add(declares, nameAt(at + 2));
    else if (DECLARING.has(kind)) {
      const name = nameAt(kinds[at + 1] === token.MUT ? at + 2 : at + 1);
      add(declares, name);
      if (kind === token.TRAIT) add(implementing, name);
    } else if (kind === token.IMPL) {
      const limit = Math.min(count, at + LONGEST_HEAD);
      for (let head = at + 1; head < limit && kinds[head] !== token.LEFT_BRACE && kinds[head] !== token.SEMICOLON; head++)
        add(implementing, nameAt(head));
    }
  }
  return { declares, implementing };
}
