/** What the parsers of items share: names, visibility, and the way to what should come next. */
import * as node from "./nodes.ts";
import { isClosing, isName, type State } from "./state.ts";
import * as token from "./tokens.ts";

/** Whether an item begins here, perhaps with attributes. */
export function startsItem(state: State): boolean {
  if (state.kind() !== token.HASH) return startsBare(state);
  const { at } = state;
  state.skipAttributes();
  const starts = state.at > at && startsBare(state);
  state.at = at;
  return starts;
}

function startsBare(state: State): boolean {
  const next = state.kind(1);
  switch (state.kind()) {
    case token.PUB:
    case token.FN:
    case token.STRUCT:
    case token.ENUM:
    case token.IMPL:
    case token.TRAIT:
    case token.MOD:
    case token.USE:
    case token.TYPE:
    case token.EXTERN:
      return true;
    case token.STATIC:
      return next !== token.MOVE && next !== token.OR && next !== token.ASYNC;
    case token.CONST:
      return next !== token.LEFT_BRACE && next !== token.MOVE && next !== token.OR && (next !== token.ASYNC || state.kind(2) === token.FN);
    case token.UNSAFE:
      return next !== token.LEFT_BRACE && next !== token.END;
    case token.ASYNC:
      return next === token.FN || next === token.UNSAFE || next === token.EXTERN;
    case token.MACRO_RULES:
      return next === token.NOT && isName(state.kind(2));
    case token.UNION:
    case token.MACRO:
      return isName(next);
    case token.AUTO:
      return next === token.TRAIT;
    case token.SAFE:
      return next === token.FN || next === token.STATIC;
    case token.DEFAULT:
      return (
        next === token.FN ||
        next === token.ASYNC ||
        next === token.UNSAFE ||
        next === token.CONST ||
        next === token.TYPE ||
        next === token.IMPL
      );
    default:
      return false;
  }
}

export function skipVisibility(state: State): void {
  if (state.take(token.PUB) && isRestriction(0, (ahead) => state.kind(ahead))) state.at = state.past(state.at);
}

/** `(crate)` or `(in path)` behind `pub`: `(crate::A, B)` is the type of a field. */
export function isRestriction(at: number, kindAt: (at: number) => number): boolean {
  if (kindAt(at) !== token.LEFT_PAREN) return false;
  const kind = kindAt(at + 1);
  const isAlone = kind === token.CRATE || kind === token.SELF || kind === token.SUPER;
  return kind === token.IN || (isAlone && kindAt(at + 2) === token.RIGHT_PAREN);
}

/** Goes to a token over what has no place before it, if that is on the way to the next item. */
export function seek(state: State, kind: number): boolean {
  if (state.kind() === kind) return true;
  if (state.kind() === token.SEMICOLON) return false;
  state.error();
  const { at } = state;
  while (!isClosing(state.kind()) && state.kind() !== token.SEMICOLON && !(state.startsLine(state.at) && startsItem(state))) {
    if (state.kind() === kind) return true;
    state.skip();
  }
  if (state.kind() !== token.SEMICOLON) state.at = at;
  return false;
}

export function takeName(state: State): number {
  const name = state.at;
  if (isName(state.kind())) {
    state.at++;
    return name;
  }
  state.error();
  return node.NOTHING;
}

/** At what should be one. */
export function endWithSemicolon(state: State): void {
  if (state.take(token.SEMICOLON)) return;
  state.error();
  while (!isClosing(state.kind()) && state.kind() !== token.SEMICOLON && !state.startsLine(state.at) && !startsItem(state)) state.skip();
  state.take(token.SEMICOLON);
}
