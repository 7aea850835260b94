/** Items without items in them: imports, aliases, constants and macros. */
import { endWithSemicolon, startsItem, takeName } from "./item-parts.ts";
import * as node from "./nodes.ts";
import { dropped, isClosing, isOpening, isSegment, type State } from "./state.ts";
import * as token from "./tokens.ts";
import { parseTypeParameters, parseWhere } from "./type-parameters.ts";
import { parseBounds, parseType } from "./types.ts";

export function parseExternCrate(state: State, from: number): number {
  state.at += 2;
  const name = state.at;
  if (isSegment(state.kind())) state.at++;
  else state.error();
  if (state.take(token.AS)) takeName(state);
  endWithSemicolon(state);
  state.nodes.add(node.EXTERN_CRATE, from, state.at, 0, 0, name);
  return 1;
}

/** The tree is read from the tokens where it is wanted. */
export function parseUse(state: State, from: number): number {
  state.at++;
  state.take(token.PATH_SEPARATOR);
  do {
    if (state.kind() === token.LEFT_BRACE || state.kind() === token.TIMES) {
      state.skip();
      break;
    }
    if (!isSegment(state.kind()) || state.beginsItem(state.at)) break;
    state.at++;
  } while (state.take(token.PATH_SEPARATOR));
  if (state.take(token.AS)) takeName(state);
  const end = state.at;
  endWithSemicolon(state);
  state.nodes.add(node.USE, from, state.at, 0, 0, end);
  return 1;
}

export function parseAlias(state: State, from: number): number {
  state.at++;
  const name = takeName(state);
  dropped(state, parseTypeParameters);
  if (state.take(token.COLON)) dropped(state, parseBounds);
  dropped(state, parseWhere);
  const isDefined = state.take(token.EQUALS);
  if (isDefined) parseType(state);
  dropped(state, parseWhere);
  endWithSemicolon(state);
  if (!isDefined) return 0;
  state.nodes.add(node.TYPE_ALIAS, from, state.at, 1, 0, name);
  return 1;
}

export function parseConstant(state: State, from: number, kind: number): number {
  state.at++;
  // `static ref` is how lazy_static! writes it.
  while (state.kind() === token.MUT || state.kind() === token.REF || state.kind() === token.MOVE) state.at++;
  takeName(state);
  dropped(state, parseTypeParameters);
  let flags = 0;
  if (state.take(token.COLON)) {
    parseType(state);
    flags = node.HAS_TYPE;
  }
  let value: number = node.NOTHING;
  if (state.take(token.EQUALS)) {
    value = state.at;
    if (state.kind() !== token.SEMICOLON) state.deferred.push(value);
    else state.error();
    while (!isClosing(state.kind()) && state.kind() !== token.SEMICOLON && !endsValue(state)) state.skip();
  }
  dropped(state, parseWhere);
  if (!state.take(token.SEMICOLON)) state.error();
  state.nodes.add(kind, from, state.at, flags === 0 ? 0 : 1, flags, value);
  return 1;
}

/** An item on a line of its own ends a value that has no semicolon. */
const endsValue = (state: State): boolean =>
  state.startsLine(state.at) && state.kind() !== token.UNSAFE && state.kind() !== token.CONST && startsItem(state);

export function parseRules(state: State, from: number): number {
  state.at += 2;
  const name = takeName(state);
  const bracket = state.at;
  if (isOpening(state.kind())) {
    state.at = state.past(bracket);
    if (state.kinds[bracket] !== token.LEFT_BRACE) state.take(token.SEMICOLON);
  } else state.error();
  state.nodes.add(node.MACRO_RULES, from, state.at, 0, 0, name);
  return 1;
}

/** `macro name($a:expr) { … }`, which is not stable. */
export function parseMacro(state: State): number {
  state.at += 2;
  if (state.kind() === token.LEFT_PAREN) state.skip();
  if (state.kind() === token.LEFT_BRACE) state.skip();
  else state.error();
  return 0;
}
