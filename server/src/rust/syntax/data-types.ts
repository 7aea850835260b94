/** Structs, unions and enums, with their fields. */
import { dropped, endWithSemicolon, seek, skipVisibility, takeName } from "./item-parts.ts";
import * as node from "./nodes.ts";
import { isClosing, isName, type State } from "./state.ts";
import * as token from "./tokens.ts";
import { parseType, parseTypeParameters, parseWhere } from "./types.ts";

export function parseStruct(state: State, from: number, kind: number): number {
  state.at++;
  const name = takeName(state);
  dropped(state, parseTypeParameters);
  dropped(state, parseWhere);
  let arity = 0;
  if (state.kind() === token.LEFT_PAREN) {
    arity = parseTupleFields(state);
    dropped(state, parseWhere);
    endWithSemicolon(state);
  } else if (state.kind() === token.SEMICOLON) state.at++;
  else if (seek(state, token.LEFT_BRACE)) arity = parseFields(state);
  state.nodes.add(kind, from, state.at, arity, 0, name);
  return 1;
}

/** Fields in braces. */
function parseFields(state: State): number {
  const close = state.past(state.at) - 1;
  state.at++;
  let arity = 0;
  while (state.at < close) {
    const from = state.at;
    state.skipAttributes();
    skipVisibility(state);
    state.take(token.UNSAFE);
    state.take(token.MUT);
    const name = state.at;
    if (isName(state.kind()) && state.kind(1) === token.COLON) {
      state.at += 2;
      parseType(state);
      const to = state.at;
      state.nodes.add(node.FIELD_DECLARATION, from, to, 1, 0, name);
      arity++;
      if (state.take(token.EQUALS)) while (state.at < close && state.kind() !== token.COMMA) state.skip();
    }
    if (state.take(token.COMMA) || state.at >= close) continue;
    state.error();
    if (state.at === from) state.skip();
    while (state.at < close && !state.take(token.COMMA) && !startsField(state)) state.skip();
  }
  state.at = close + 1;
  return arity;
}

/** A field on a line of its own, where only the comma before it is missing. */
const startsField = (state: State): boolean =>
  state.startsLine(state.at) &&
  (state.kind() === token.PUB || state.kind() === token.HASH || (isName(state.kind()) && state.kind(1) === token.COLON));

function parseTupleFields(state: State): number {
  const close = state.past(state.at) - 1;
  state.at++;
  let arity = 0;
  while (state.at < close) {
    const from = state.at;
    state.skipAttributes();
    skipVisibility(state);
    parseType(state);
    state.nodes.add(node.FIELD_DECLARATION, from, state.at, 1);
    arity++;
    if (state.take(token.COMMA) || state.at >= close) continue;
    state.error();
    while (state.at < close && !state.take(token.COMMA)) state.skip();
  }
  state.at = close + 1;
  return arity;
}

export function parseEnum(state: State, from: number): number {
  state.at++;
  const name = takeName(state);
  dropped(state, parseTypeParameters);
  dropped(state, parseWhere);
  let arity = 0;
  if (seek(state, token.LEFT_BRACE)) {
    const close = state.past(state.at) - 1;
    state.at++;
    while (state.at < close) {
      const before = state.at;
      arity += parseVariant(state);
      if (state.take(token.COMMA) || state.at >= close) continue;
      state.error();
      if (state.at === before) state.skip();
      while (state.at < close && !state.take(token.COMMA) && !(isName(state.kind()) && state.startsLine(state.at))) state.skip();
    }
    state.at = close + 1;
  }
  state.nodes.add(node.ENUM, from, state.at, arity, 0, name);
  return 1;
}

function parseVariant(state: State): number {
  const from = state.at;
  state.skipAttributes();
  skipVisibility(state);
  const name = state.at;
  if (!isName(state.kind())) return 0;
  state.at++;
  const arity = state.kind() === token.LEFT_PAREN ? parseTupleFields(state) : state.kind() === token.LEFT_BRACE ? parseFields(state) : 0;
  if (state.take(token.EQUALS)) while (!isClosing(state.kind()) && state.kind() !== token.COMMA) state.skip();
  state.nodes.add(node.VARIANT, from, state.at, arity, 0, name);
  return 1;
}
