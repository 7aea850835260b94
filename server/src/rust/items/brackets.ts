/** Which bracket closes which. Where a file does not add up, heads of items in the first column tell where the one before must have ended. */
import * as token from "../syntax/tokens.ts";
import { unitAt } from "../syntax/units.ts";

/** For every opening bracket the token that closes it, or the one before which it must have been closed; 0 for all other tokens. */
export function partnersOf(tokens: token.Tokens): Int32Array {
  const partners = new Int32Array(tokens.count + 1);
  if (!pair(tokens, partners, false)) pair(tokens, partners.fill(0), true);
  return partners;
}

/** Whether all of them close; `resynchronise`: at heads of items. */
function pair(tokens: token.Tokens, partners: Int32Array, resynchronise: boolean): boolean {
  const { kinds, count } = tokens;
  const open: number[] = [];
  let whole = true;
  const closeAll = (depth: number, at: number): void => {
    while (open.length > depth) partners[open.pop() ?? 0] = at;
  };
  for (let at = 0; at < count; at++) {
    const kind = kinds[at] ?? token.END;
    if (kind < token.LEFT_PAREN || kind > token.RIGHT_BRACE) {
      if (resynchronise && open.length > 0 && token.ITEM_HEADS.has(kind) && isInFirstColumn(tokens, at)) closeAll(0, at);
      continue;
    }
    if ((kind - token.LEFT_PAREN) % 2 === 0) {
      open.push(at);
      continue;
    }
    let depth = open.length - 1;
    while (depth >= 0 && kinds[open[depth] ?? 0] !== kind - 1) depth--;
    if (depth < 0) whole = false;
    else {
      if (depth < open.length - 1) whole = false;
      closeAll(depth, at);
    }
  }
  if (open.length > 0) whole = false;
  closeAll(0, count);
  return whole;
}

function isInFirstColumn({ units, starts }: token.Tokens, at: number): boolean {
  const before = (starts[at] ?? 0) - 1;
  return before < 0 || unitAt(units, before) === 10;
}
