/** The parameters of functions and closures. */
import { parseList } from "./comma-lists.ts";
import * as node from "./nodes.ts";
import { parseAlternative, parseBinding } from "./patterns.ts";
import { isClosing, isName, type State } from "./state.ts";
import * as token from "./tokens.ts";
import { parseType } from "./types.ts";

/** The parameters of a function, at its parenthesis: a list node. */
export function parseParameters(state: State): void {
  const from = state.at;
  let arity = 0;
  if (state.kind() === token.LEFT_PAREN) arity = parseList(state, parseParameter);
  else state.error();
  state.nodes.add(node.PARAMETERS, from, state.at, arity);
}

function parseParameter(state: State): number {
  const { nodes } = state;
  if (state.take(token.ELLIPSIS)) return 0;
  const from = state.at;
  if (parseReceiver(state)) return 1;
  const isNamed = isName(state.kind()) ? state.kind(1) === token.COLON : state.kind() === token.MUT || state.kind() === token.REF;
  if (!isNamed && !hasColon(state)) {
    // As the 2015 edition allows in traits.
    parseType(state);
    nodes.add(node.PARAMETER, from, state.at, 1, node.IS_BARE);
    return 1;
  }
  parseBinding(state);
  if (!state.take(token.COLON)) state.error();
  if (state.take(token.ELLIPSIS)) {
    nodes.add(node.PARAMETER, from, state.at, 1);
    return 1;
  }
  parseType(state);
  nodes.add(node.PARAMETER, from, state.at, 2, node.HAS_TYPE);
  return 1;
}

/** Whether a colon stands before the next comma. */
function hasColon(state: State): boolean {
  const { at } = state;
  let found = false;
  while (!found && !isClosing(state.kind()) && state.kind() !== token.COMMA) {
    found = state.kind() === token.COLON;
    state.skip();
  }
  state.at = at;
  return found;
}

/** `self` in any form, `self: Arc<Self>` included. */
function parseReceiver(state: State): boolean {
  const { nodes } = state;
  const from = state.at;
  let flags = 0;
  let ahead = 0;
  if (state.kind(ahead) === token.AND) {
    flags |= node.IS_REFERENCE;
    ahead++;
    if (state.kind(ahead) === token.LIFETIME) ahead++;
  }
  if (state.kind(ahead) === token.MUT) {
    flags |= node.IS_MUTABLE;
    ahead++;
  }
  if (state.kind(ahead) !== token.SELF || state.kind(ahead + 1) === token.PATH_SEPARATOR) return false;
  state.at += ahead + 1;
  if (state.take(token.COLON)) {
    const { count } = nodes;
    parseType(state);
    const last = nodes.count - 1;
    if (nodes.kinds[last] === node.TYPE_REFERENCE) flags |= node.IS_REFERENCE | (nodes.flags[last] ?? 0);
    nodes.count = count;
  }
  nodes.add(node.RECEIVER, from, state.at, 0, flags);
  return true;
}

/** `|a, b: C|`, at its first bar: a list node. */
export function parseClosureParameters(state: State): void {
  const { nodes } = state;
  const list = state.at++;
  let arity = 0;
  while (state.kind() !== token.OR && !isClosing(state.kind())) {
    const before = state.at;
    state.skipAttributes();
    const from = state.at;
    parseAlternative(state);
    if (state.take(token.COLON)) {
      const last = nodes.count - 1;
      if (nodes.kinds[last] === node.PATTERN_NAME && state.kinds[from] === token.MUT) nodes.from[last] = nodes.data[last] ?? from;
      parseType(state);
      nodes.add(node.PARAMETER, from, state.at, 2, node.HAS_TYPE);
    } else nodes.add(node.PARAMETER, from, state.at, 1);
    arity++;
    if (state.take(token.COMMA) || state.kind() === token.OR) continue;
    state.error();
    if (state.at === before) break;
  }
  if (!state.take(token.OR)) state.error();
  nodes.add(node.PARAMETERS, list, state.at, arity);
}
