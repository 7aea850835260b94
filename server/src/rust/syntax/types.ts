/** Paths, types and bounds. Recursive: nobody nests types by the hundred, and what does is skipped. */
import { DEEPEST_NESTING } from "../bounds.ts";
import * as node from "./nodes.ts";
import { dropped, isClosing, isName, isOpening, isSegment, type State } from "./state.ts";
import * as token from "./tokens.ts";
import { isComparison, isConstant, skipLifetimes, skipNested, startsBound, startsType, subtree } from "./type-tokens.ts";

/** `inType`: arguments follow a name without `::`, and `Fn(A) -> B` is one. Whether there is a path. */
export function parsePath(state: State, inType: boolean): boolean {
  const { nodes } = state;
  const from = state.at;
  let arity = 0;
  let flags = 0;
  if (state.kind() === token.LESS) {
    parseSelf(state);
    flags = node.HAS_SELF;
    arity = 1;
  } else if (!state.take(token.PATH_SEPARATOR) && !isSegment(state.kind())) return false;
  for (;;) {
    if (!isSegment(state.kind())) {
      state.error();
      break;
    }
    state.at++;
    if (inType && state.kind() === token.LESS && !isComparison(state)) arity += parseGenerics(state);
    else if (inType && state.kind() === token.LEFT_PAREN) {
      const to = state.at;
      arity += parseSugar(state);
      nodes.add(node.PATH, from, to, arity, flags);
      return true;
    }
    if (state.kind() !== token.PATH_SEPARATOR) break;
    const next = state.kind(1);
    if (next === token.LESS) {
      state.at++;
      arity += parseGenerics(state);
      if (state.kind() !== token.PATH_SEPARATOR) break;
      state.at++;
    } else if (isSegment(next)) state.at++;
    else if (inType && next === token.LEFT_PAREN) {
      const to = state.at++;
      arity += parseSugar(state);
      nodes.add(node.PATH, from, to, arity, flags);
      return true;
    } else {
      state.at++;
      state.error();
      break;
    }
  }
  nodes.add(node.PATH, from, state.at, arity, flags);
  return true;
}

/** `<T>` or `<T as Trait>` with the `::` behind it; the trait is left out. */
function parseSelf(state: State): void {
  state.at++;
  parseType(state);
  if (state.take(token.AS)) dropped(state, parseType);
  if (!state.take(token.GREATER) || !state.take(token.PATH_SEPARATOR)) state.error();
}

/** At `<`. One node. */
function parseGenerics(state: State): number {
  const from = state.at++;
  let arity = 0;
  while (state.kind() !== token.GREATER && !isClosing(state.kind())) {
    const before = state.at;
    if (state.kind() === token.LIFETIME) state.at++;
    else if (isConstant(state)) {
      const start = state.at;
      state.take(token.MINUS);
      state.skip();
      state.nodes.add(node.TYPE_OTHER, start, state.at);
      arity++;
    } else {
      const { count } = state.nodes;
      parseType(state);
      // `Item = A`, `Item: A` are no arguments.
      if (state.take(token.EQUALS)) {
        if (isConstant(state)) {
          state.take(token.MINUS);
          state.skip();
        } else parseType(state);
        state.nodes.count = count;
      } else if (state.take(token.COLON)) {
        parseBounds(state);
        state.nodes.count = count;
      } else arity++;
    }
    if (!state.take(token.COMMA) && state.kind() !== token.GREATER) {
      if (state.at === before) {
        state.error();
        break;
      }
      if (!startsType(state.kind())) break;
      state.error();
    }
  }
  if (!state.take(token.GREATER)) state.error();
  state.nodes.add(node.GENERICS, from, state.at, arity);
  return 1;
}

/** `(A, B) -> C` behind the name of a trait: the parameters are its arguments. */
function parseSugar(state: State): number {
  const from = state.at;
  const arity = parseTypes(state);
  const to = state.at;
  if (state.take(token.ARROW)) dropped(state, (it) => parseType(it, false));
  state.nodes.add(node.GENERICS, from, to, arity);
  return 1;
}

/** Types in parentheses. */
function parseTypes(state: State): number {
  const close = state.past(state.at) - 1;
  state.at++;
  let arity = 0;
  while (state.at < close) {
    parseType(state);
    arity++;
    if (!state.take(token.COMMA) && state.at < close) {
      state.error();
      break;
    }
  }
  state.at = close + 1;
  return arity;
}

/** Always one node. `sum`: whether `A + B` is one type here. */
export function parseType(state: State, sum = true): void {
  const { nodes } = state;
  const from = state.at;
  if (state.depth >= DEEPEST_NESTING) {
    state.error();
    skipNested(state);
    state.passedOver(from);
    nodes.add(node.TYPE_OTHER, from, state.at);
    return;
  }
  state.depth++;
  parseOne(state, from, sum);
  state.depth--;
}

function parseOne(state: State, from: number, sum: boolean): void {
  const { nodes } = state;
  if (state.beginsItem(from)) {
    state.error();
    nodes.add(node.TYPE_OTHER, from, from);
    return;
  }
  switch (state.kind()) {
    case token.LEFT_PAREN: {
      const close = state.past(from) - 1;
      const { count } = nodes;
      const arity = parseTypes(state);
      const parenthesised = arity === 1 && state.kinds[close - 1] !== token.COMMA;
      if (!parenthesised) nodes.add(node.TYPE_TUPLE, from, state.at, arity);
      else if (nodes.count === count) nodes.add(node.TYPE_OTHER, from, state.at);
      break;
    }
    case token.LEFT_BRACKET:
      state.at++;
      parseType(state);
      state.at = state.past(from);
      nodes.add(node.TYPE_SLICE, from, state.at, 1);
      return;
    case token.AND: {
      state.at++;
      state.take(token.LIFETIME);
      const mutable = state.take(token.MUT);
      parseType(state, false);
      nodes.add(node.TYPE_REFERENCE, from, state.at, 1, mutable ? node.IS_MUTABLE : 0);
      return;
    }
    case token.TIMES:
      state.at++;
      if (!state.take(token.CONST) && !state.take(token.MUT)) state.error();
      dropped(state, (it) => parseType(it, false));
      nodes.add(node.TYPE_OTHER, from, state.at);
      return;
    case token.NOT:
      state.at++;
      nodes.add(node.TYPE_OTHER, from, state.at);
      return;
    case token.IMPL:
      state.at++;
      nodes.add(node.TYPE_BOUNDS, from, state.at, parseBounds(state, sum));
      nodes.to[nodes.count - 1] = state.at;
      return;
    case token.FOR:
      state.at++;
      skipLifetimes(state);
      if (FUNCTION_STARTS.has(state.kind())) parseFunction(state, from);
      else parseOne(state, state.at, false);
      break;
    case token.FN:
    case token.UNSAFE:
    case token.EXTERN:
      parseFunction(state, from);
      return;
    case token.LIFETIME:
    case token.QUESTION:
      nodes.add(node.TYPE_BOUNDS, from, from, parseBounds(state, sum));
      nodes.to[nodes.count - 1] = state.at;
      return;
    default:
      if (state.kind() === token.DYN && startsBound(state.kind(1)) && state.kind(1) !== token.PATH_SEPARATOR) {
        state.at++;
        nodes.add(node.TYPE_BOUNDS, from, state.at, parseBounds(state, sum), node.IS_DYNAMIC);
        nodes.to[nodes.count - 1] = state.at;
        return;
      }
      if (!parsePath(state, true)) {
        state.error();
        nodes.add(node.TYPE_OTHER, from, from);
        return;
      }
      if (state.kind() === token.NOT && isOpening(state.kind(1))) {
        state.at = state.past(state.at + 1);
        nodes.count -= subtree(state);
        nodes.add(node.TYPE_OTHER, from, state.at);
        return;
      }
      nodes.add(node.TYPE_PATH, from, state.at, 1);
  }
  if (sum && state.kind() === token.PLUS && state.kind(1) !== token.EQUALS) {
    state.at++;
    const arity = 1 + parseBounds(state);
    nodes.add(node.TYPE_BOUNDS, from, state.at, arity);
  }
}

const FUNCTION_STARTS: ReadonlySet<number> = new Set([token.FN, token.UNSAFE, token.EXTERN]);

/** `unsafe extern "C" fn(A) -> B`. */
function parseFunction(state: State, from: number): void {
  state.take(token.UNSAFE);
  if (state.take(token.EXTERN)) state.take(token.STRING);
  if (!state.take(token.FN)) state.error();
  if (state.kind() === token.LEFT_PAREN) state.at = state.past(state.at);
  if (state.take(token.ARROW)) dropped(state, (it) => parseType(it, false));
  state.nodes.add(node.TYPE_OTHER, from, state.at);
}

/** `A + 'a + ?B`: a type for each trait; lifetimes, `?Sized` and `use<…>` are left out. */
export function parseBounds(state: State, sum = true): number {
  let arity = 0;
  while (startsBound(state.kind())) {
    if (state.kind() === token.LIFETIME) state.at++;
    else if (state.take(token.USE)) skipLifetimes(state);
    else arity += parseBound(state);
    if (!sum || state.kind() !== token.PLUS || state.kind(1) === token.EQUALS) break;
    state.at++;
  }
  return arity;
}

function parseBound(state: State): number {
  if (state.kind() === token.LEFT_PAREN) {
    const close = state.past(state.at) - 1;
    state.at++;
    const arity = parseBounds(state);
    if (state.at !== close) state.error();
    state.at = close + 1;
    return arity;
  }
  if (state.take(token.QUESTION)) {
    if (state.take(token.FOR)) skipLifetimes(state);
    dropped(state, (it) => parseType(it, false));
    return 0;
  }
  if (state.take(token.TILDE)) state.take(token.CONST);
  else if (state.kind() === token.CONST) state.at++;
  if (state.take(token.FOR)) skipLifetimes(state);
  if (state.kind() === token.ASYNC && isName(state.kind(1))) state.at++;
  parseType(state, false);
  return 1;
}
