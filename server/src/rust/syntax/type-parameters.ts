/** Type parameters, and the predicates of `where`. */
import * as node from "./nodes.ts";
import { dropped, isClosing, isName, type State } from "./state.ts";
import * as token from "./tokens.ts";
import { startsType } from "./type-tokens.ts";
import { parseBounds, parseType } from "./types.ts";

/** `<T: A, 'a, const N: usize>` where there is one: a list node in any case. */
export function parseTypeParameters(state: State): void {
  const from = state.at;
  let arity = 0;
  if (state.take(token.LESS)) {
    while (state.kind() !== token.GREATER && !isClosing(state.kind())) {
      const before = state.at;
      state.skipAttributes();
      arity += parseTypeParameter(state);
      if (!state.take(token.COMMA) && state.kind() !== token.GREATER) {
        state.error();
        if (state.at === before) break;
      }
    }
    if (!state.take(token.GREATER)) state.error();
  }
  state.nodes.add(node.TYPE_PARAMETERS, from, state.at, arity);
}

function parseTypeParameter(state: State): number {
  const name = state.at;
  if (state.take(token.LIFETIME)) {
    if (state.take(token.COLON)) dropped(state, parseBounds);
    return 0;
  }
  if (state.take(token.CONST)) {
    state.at++;
    if (state.take(token.COLON)) dropped(state, parseType);
    if (state.take(token.EQUALS)) {
      state.take(token.MINUS);
      state.skip();
    }
    return 0;
  }
  if (!isName(state.kind())) return 0;
  state.at++;
  const arity = state.take(token.COLON) ? parseBounds(state) : 0;
  if (state.take(token.EQUALS)) dropped(state, parseType);
  state.nodes.add(node.TYPE_PARAMETER, name, state.at, arity, 0, name);
  return 1;
}

/** `where` with its predicates: a node for each that is about a lone name. How many. */
export function parseWhere(state: State): number {
  if (!state.take(token.WHERE)) return 0;
  let arity = 0;
  while (startsType(state.kind()) || state.kind() === token.HASH) {
    const from = state.at;
    state.skipAttributes();
    const name = state.at;
    const { count } = state.nodes;
    if (state.kind() === token.LIFETIME) state.at++;
    else parseType(state, false);
    const isLone = state.at === name + 1 && isName(state.kinds[name] ?? 0);
    state.nodes.count = count;
    const bounds = state.take(token.COLON) ? parseBounds(state) : 0;
    if (isLone) {
      state.nodes.add(node.WHERE, name, state.at, bounds, 0, name);
      arity++;
    } else state.nodes.count = count;
    if (!state.take(token.COMMA) || state.at === from) break;
  }
  return arity;
}
