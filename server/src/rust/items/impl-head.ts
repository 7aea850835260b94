/** The head of an `impl`: `<G> Trait<A> for path::Type<B> where …`, as tokens. */
import type { Span } from "../../base/span.ts";
import * as token from "../syntax/tokens.ts";

/** From the token after `impl` to the brace. */
export function splitImpl({ kinds }: token.Tokens, from: number, to: number): { readonly trait: Span | undefined; readonly type: Span } {
  let start = kinds[from] === token.LESS ? afterAngles(kinds, from, to) : from;
  let trait: Span | undefined;
  let angles = 0;
  for (let at = start; at < to; at++) {
    const kind = kinds[at] ?? token.END;
    if (kind === token.LESS) angles++;
    else if (kind === token.GREATER) angles--;
    else if (angles > 0) continue;
    else if (kind === token.FOR && kinds[at + 1] !== token.LESS && trait === undefined) {
      trait = { start, end: at };
      start = at + 1;
    } else if (kind === token.WHERE) return { trait, type: { start, end: at } };
  }
  return { trait, type: { start, end: to } };
}

/** The segments of the path in a type, without references, generic arguments and what a bound adds. */
export function pathOf({ kinds }: token.Tokens, { start, end }: Span, textOf: (at: number) => string): readonly string[] {
  const path: string[] = [];
  for (let at = start; at < end; at++) {
    const kind = kinds[at] ?? token.END;
    if (kind >= token.NAME && kind <= token.LAST_SEGMENT && kind !== token.DYN) path.push(textOf(at));
    else if (kind === token.LESS) {
      if (path.length > 0) return path;
    } else if (kind === token.PLUS || kind === token.LEFT_PAREN) return path;
  }
  return path;
}

function afterAngles(kinds: Uint8Array, from: number, to: number): number {
  let angles = 0;
  for (let at = from; at < to; at++) {
    if (kinds[at] === token.LESS) angles++;
    else if (kinds[at] === token.GREATER && --angles === 0) return at + 1;
  }
  return to;
}
