/** Which tokens begin types, bounds and constants among types, and how what is not wanted of them is stepped over. */
import { isClosing, isSegment, type State } from "./state.ts";
import * as token from "./tokens.ts";

export const startsType = (kind: number): boolean => isSegment(kind) || TYPE_STARTS.has(kind);
const TYPE_STARTS: ReadonlySet<number> = new Set([
  token.LEFT_PAREN,
  token.LEFT_BRACKET,
  token.AND,
  token.TIMES,
  token.NOT,
  token.FN,
  token.FOR,
  token.UNSAFE,
  token.EXTERN,
  token.IMPL,
  token.LESS,
  token.PATH_SEPARATOR,
  token.LIFETIME,
]);

export const startsBound = (kind: number): boolean =>
  isSegment(kind) ||
  kind === token.LIFETIME ||
  kind === token.QUESTION ||
  kind === token.FOR ||
  kind === token.LEFT_PAREN ||
  kind === token.PATH_SEPARATOR ||
  kind === token.LESS ||
  kind === token.TILDE ||
  kind === token.CONST ||
  kind === token.USE;

/** `x as u8 <= y`. */
export const isComparison = (state: State): boolean => state.kind(1) === token.EQUALS && state.touches(state.at + 1);

export function isConstant(state: State): boolean {
  const kind = state.kind() === token.MINUS ? state.kind(1) : state.kind();
  return (kind >= token.INTEGER && kind <= token.STRING) || kind === token.LEFT_BRACE || kind === token.TRUE || kind === token.FALSE;
}

/** Over a type that nests too deeply: up to what ends one. */
export function skipNested(state: State): void {
  for (let angles = 0; !isClosing(state.kind()) && state.kind() !== token.SEMICOLON; state.skip()) {
    if (state.kind() === token.LESS) angles++;
    else if (state.kind() === token.GREATER && --angles < 0) return;
    else if (angles === 0 && (state.kind() === token.COMMA || state.kind() === token.EQUALS)) return;
  }
}

/** `<'a, 'b>` behind `for`. */
export function skipLifetimes(state: State): void {
  if (state.take(token.LESS)) while (!state.take(token.GREATER) && !isClosing(state.kind())) state.skip();
}

/** How many nodes the last one takes with all below it. */
export function subtree({ nodes }: State): number {
  let wanted = 1;
  let at = nodes.count;
  while (wanted > 0) wanted += (nodes.arities[--at] ?? 0) - 1;
  return nodes.count - at;
}
