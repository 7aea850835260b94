/** Structs, unions and enums, with their fields. */
import { parseList } from "./comma-lists.ts";
import { endWithSemicolon, seek, skipVisibility, takeName } from "./item-parts.ts";
import * as node from "./nodes.ts";
import { dropped, isClosing, isName, type State } from "./state.ts";
import * as token from "./tokens.ts";
import { parseTypeParameters, parseWhere } from "./type-parameters.ts";
import { parseType } from "./types.ts";

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
const parseFields = (state: State): number => parseList(state, parseField, startsField);

function parseField(state: State, from: number): number {
  skipVisibility(state);
  state.take(token.UNSAFE);
  state.take(token.MUT);
  const name = state.at;
  if (!isName(state.kind()) || state.kind(1) !== token.COLON) return 0;
  state.at += 2;
  parseType(state);
  state.nodes.add(node.FIELD_DECLARATION, from, state.at, 1, 0, name);
  if (state.take(token.EQUALS)) while (!isClosing(state.kind()) && state.kind() !== token.COMMA) state.skip();
  return 1;
}

/** A field on a line of its own, where only the comma before it is missing. */
const startsField = (state: State): boolean =>
  state.startsLine(state.at) &&
  (state.kind() === token.PUB || state.kind() === token.HASH || (isName(state.kind()) && state.kind(1) === token.COLON));

const parseTupleFields = (state: State): number =>
  parseList(state, (it, from) => {
    skipVisibility(it);
    parseType(it);
    it.nodes.add(node.FIELD_DECLARATION, from, it.at, 1);
    return 1;
  });

export function parseEnum(state: State, from: number): number {
  state.at++;
  const name = takeName(state);
  dropped(state, parseTypeParameters);
  dropped(state, parseWhere);
  const arity = seek(state, token.LEFT_BRACE) ? parseList(state, parseVariant, startsVariant) : 0;
  state.nodes.add(node.ENUM, from, state.at, arity, 0, name);
  return 1;
}

/** A variant on a line of its own, where only the comma before it is missing. */
const startsVariant = (state: State): boolean => isName(state.kind()) && state.startsLine(state.at);

function parseVariant(state: State, from: number): number {
  skipVisibility(state);
  const name = state.at;
  if (!isName(state.kind())) return 0;
  state.at++;
  const arity = state.kind() === token.LEFT_PAREN ? parseTupleFields(state) : state.kind() === token.LEFT_BRACE ? parseFields(state) : 0;
  if (state.take(token.EQUALS)) while (!isClosing(state.kind()) && state.kind() !== token.COMMA) state.skip();
  state.nodes.add(node.VARIANT, from, state.at, arity, 0, name);
  return 1;
}
