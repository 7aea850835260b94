/** Items: heads are parsed at once, bodies of functions and values of constants stepped over until somebody asks for them. */
import { DEEPEST_NESTING } from "../bounds.ts";
import { parseEnum, parseStruct } from "./data-types.ts";
import { parseAlias, parseConstant, parseExternCrate, parseMacro, parseRules, parseUse } from "./declarations.ts";
import { seek, skipVisibility, startsItem, takeName } from "./item-parts.ts";
import * as node from "./nodes.ts";
import { startsExpression } from "./operators.ts";
import { parseParameters } from "./parameters.ts";
import { dropped, isClosing, isName, isOpening, isSegment, type State } from "./state.ts";
import * as token from "./tokens.ts";
import { parseTypeParameters, parseWhere } from "./type-parameters.ts";
import { parseBounds, parsePath, parseType } from "./types.ts";

/** Of a file, a module, an impl, a trait, or a foreign module, up to what closes it. How many. */
export function parseItems(state: State): number {
  let count = 0;
  while (!isClosing(state.kind())) {
    const from = state.at;
    if (startsItem(state)) count += parseItem(state);
    else count += parseOther(state);
    // Whatever went wrong: each round takes something.
    if (state.at === from) state.skip();
  }
  return count;
}

/** What is among items without being one by its first word. */
function parseOther(state: State): number {
  const from = state.at;
  if (state.take(token.SEMICOLON)) return 0;
  if (state.kind() === token.HASH && state.kind(1) === token.NOT) {
    state.at += 2;
    state.skip();
    return 0;
  }
  state.skipAttributes();
  if (state.at > from && isClosing(state.kind())) return 0;
  const start = state.at;
  if (isSegment(state.kind()) || state.kind() === token.PATH_SEPARATOR) {
    const { count } = state.nodes;
    const errors = state.errors.length;
    parsePath(state, false);
    if (state.kind() === token.NOT && isOpening(state.kind(1))) {
      const bracket = state.at + 1;
      state.at = state.past(bracket);
      const next = state.kind();
      if (next !== token.DOT && next !== token.QUESTION) {
        state.nodes.add(node.MACRO_ITEM, from, state.at, 1, 0, bracket);
        if (!state.take(token.SEMICOLON) && state.kinds[bracket] !== token.LEFT_BRACE) state.error();
        return 1;
      }
    }
    state.nodes.count = count;
    state.errors.length = errors;
    state.at = start;
  }
  state.error();
  if (state.kind() === token.LET || startsExpression(state.kind())) {
    state.at = from;
    state.parseStray(state);
    state.nodes.add(node.STRAY_STATEMENTS, from, state.at, 1);
    return 1;
  }
  if (!isClosing(state.kind())) state.skip();
  return 0;
}

/** At an item, or its attributes. How many nodes: forms that nothing is wanted of have none. */
export function parseItem(state: State): number {
  if (state.depth >= DEEPEST_NESTING) {
    state.error();
    while (!isClosing(state.kind())) state.skip();
    return 0;
  }
  state.depth++;
  const from = state.at;
  state.skipAttributes();
  skipVisibility(state);
  const made = parseKind(state, from);
  state.depth--;
  return made;
}

function parseKind(state: State, from: number): number {
  state.take(token.DEFAULT);
  switch (state.kind()) {
    case token.STRUCT:
      return parseStruct(state, from, node.STRUCT_ITEM);
    case token.UNION:
      if (isName(state.kind(1))) return parseStruct(state, from, node.UNION);
      break;
    case token.ENUM:
      return parseEnum(state, from);
    case token.MOD:
      return parseModule(state, from);
    case token.USE:
      return parseUse(state, from);
    case token.TYPE:
      return parseAlias(state, from);
    case token.MACRO_RULES:
      if (state.kind(1) === token.NOT) return parseRules(state, from);
      break;
    case token.MACRO:
      if (isName(state.kind(1))) return parseMacro(state);
      break;
    case token.STATIC:
      return parseConstant(state, from, node.STATIC);
    case token.CONST:
      if (!startsFunction(state)) return parseConstant(state, from, node.CONST);
  }
  if (isName(state.kind()) && startsMacro(state)) return parseMacroItem(state, from);
  return parseQualified(state, from);
}

const startsMacro = (state: State): boolean => state.kind(1) === token.NOT && isOpening(state.kind(2));

function parseMacroItem(state: State, from: number): number {
  parsePath(state, false);
  const bracket = state.at + 1;
  state.at = state.past(bracket);
  state.nodes.add(node.MACRO_ITEM, from, state.at, 1, 0, bracket);
  state.take(token.SEMICOLON);
  return 1;
}

/** `const fn`, `const unsafe extern "C" fn`. */
function startsFunction(state: State): boolean {
  const next = state.kind(1);
  return next === token.FN || next === token.UNSAFE || next === token.EXTERN || (next === token.ASYNC && state.kind(2) !== token.COLON);
}

/** Functions, impls, traits and what `extern` begins, behind their qualifiers. */
function parseQualified(state: State, from: number): number {
  for (;;) {
    switch (state.kind()) {
      case token.CONST:
      case token.ASYNC:
      case token.UNSAFE:
      case token.SAFE:
      case token.AUTO:
      case token.GEN:
        state.at++;
        continue;
      case token.EXTERN:
        if (state.kind(1) === token.CRATE) return parseExternCrate(state, from);
        state.at++;
        state.take(token.STRING);
        if (state.kind() === token.LEFT_BRACE) return parseList(state, from, node.FOREIGN_MODULE, 0, 0);
        continue;
      case token.STATIC:
        return parseConstant(state, from, node.STATIC);
      case token.MOD:
        return parseModule(state, from);
      case token.FN:
        return parseFunction(state, from);
      case token.IMPL:
        return parseImpl(state, from);
      case token.TRAIT:
        return parseTrait(state, from);
      default:
        state.error();
        return 0;
    }
  }
}

/** `{` items `}`, or what is missing of it. */
function parseList(state: State, from: number, kind: number, arity: number, flags: number, name: number = node.NOTHING): number {
  let count = 0;
  if (seek(state, token.LEFT_BRACE)) {
    const close = state.past(state.at) - 1;
    state.at++;
    count = parseItems(state);
    state.at = close + 1;
  } else state.take(token.SEMICOLON);
  state.nodes.add(kind, from, state.at, arity + count, flags, name);
  return 1;
}

function parseFunction(state: State, from: number): number {
  const { nodes } = state;
  state.at++;
  takeName(state);
  parseTypeParameters(state);
  parseParameters(state);
  let arity = 2;
  let flags = 0;
  let body: number = node.NOTHING;
  if (state.take(token.ARROW)) {
    parseType(state);
    flags = node.HAS_TYPE;
    arity++;
  }
  arity += parseWhere(state);
  if (seek(state, token.LEFT_BRACE)) {
    body = state.at;
    state.deferred.push(body);
    state.at = state.past(body);
  } else state.take(token.SEMICOLON);
  nodes.add(node.FUNCTION, from, state.at, arity, flags, body);
  return 1;
}

function parseImpl(state: State, from: number): number {
  state.at++;
  if (state.kind() === token.LESS && state.kind(1) !== token.LESS) dropped(state, parseTypeParameters);
  state.take(token.CONST);
  if (state.kind(1) !== token.LEFT_BRACE) state.take(token.NOT);
  parseType(state);
  let arity = 1;
  let flags = 0;
  if (state.take(token.FOR)) {
    parseType(state);
    arity++;
    flags = node.HAS_TRAIT;
  }
  dropped(state, parseWhere);
  return parseList(state, from, node.IMPL, arity, flags);
}

function parseTrait(state: State, from: number): number {
  state.at++;
  const name = takeName(state);
  dropped(state, parseTypeParameters);
  if (state.take(token.COLON)) dropped(state, parseBounds);
  if (state.take(token.EQUALS)) dropped(state, parseBounds);
  dropped(state, parseWhere);
  return parseList(state, from, node.TRAIT, 0, 0, name);
}

function parseModule(state: State, from: number): number {
  state.at++;
  return parseList(state, from, node.MODULE, 0, 0, takeName(state));
}
