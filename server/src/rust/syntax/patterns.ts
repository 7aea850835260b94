/** Patterns, and the parameters of functions and closures. */
import * as node from "./nodes.ts";
import { DEEPEST, isClosing, isName, isOpening, type State } from "./state.ts";
import * as token from "./tokens.ts";
import { parsePath, parseType, subtree } from "./types.ts";

/** With alternatives. Always one node. */
export function parsePattern(state: State): void {
  const from = state.at;
  const leading = state.take(token.OR);
  parseAlternative(state);
  let arity = 1;
  while (state.kind() === token.OR) {
    state.at++;
    parseAlternative(state);
    arity++;
  }
  if (arity > 1 || leading) state.nodes.add(node.PATTERN_OR, from, state.at, arity);
}

/** Of a `let` or a parameter: the `mut` before a name is not within the span of its pattern. */
export function parseBinding(state: State): void {
  const mutable = state.kind() === token.MUT && isName(state.kind(1));
  if (mutable) state.at++;
  parsePattern(state);
  if (mutable) markMutable(state);
}

function markMutable({ nodes }: State): void {
  const last = nodes.count - 1;
  if (nodes.kinds[last] === node.PATTERN_NAME) nodes.flags[last] = (nodes.flags[last] ?? 0) | node.IS_MUTABLE;
}

function parseAlternative(state: State): void {
  const from = state.at;
  if (state.depth >= DEEPEST) {
    state.error();
    if (!isClosing(state.kind())) state.skip();
    state.nodes.add(node.PATTERN_OTHER, from, state.at);
    return;
  }
  state.depth++;
  parseOne(state, from);
  state.depth--;
}

function parseOne(state: State, from: number): void {
  const { nodes } = state;
  const kind = state.kind();
  switch (kind) {
    case token.LEFT_PAREN: {
      const { count } = nodes;
      const arity = parseElements(state);
      const isRest = nodes.kinds[nodes.count - 1] === node.PATTERN_REST;
      const parenthesised = arity === 1 && !isRest && nodes.count > count && state.kinds[state.at - 2] !== token.COMMA;
      if (!parenthesised) nodes.add(node.PATTERN_TUPLE, from, state.at, arity);
      return;
    }
    case token.LEFT_BRACKET:
      nodes.add(node.PATTERN_SLICE, from, 0, parseElements(state));
      nodes.to[nodes.count - 1] = state.at;
      return;
    case token.AND:
      state.at++;
      state.take(token.MUT);
      parseAlternative(state);
      nodes.add(node.PATTERN_REFERENCE, from, state.at, 1);
      return;
    case token.REF:
    case token.MUT: {
      const isReference = state.take(token.REF);
      const mutable = state.take(token.MUT);
      parseAlternative(state);
      const last = nodes.count - 1;
      if (nodes.kinds[last] !== node.PATTERN_NAME) return;
      nodes.from[last] = from;
      nodes.flags[last] = (isReference ? node.IS_REFERENCE : 0) | (mutable ? node.IS_MUTABLE : 0);
      return;
    }
    case token.DOT_DOT:
    case token.DOT_DOT_EQUALS:
      state.at++;
      if (endsRange(state)) nodes.add(node.PATTERN_OTHER, from, state.at);
      else nodes.add(kind === token.DOT_DOT ? node.PATTERN_REST : node.PATTERN_OTHER, from, state.at);
      return;
    case token.MINUS:
    case token.INTEGER:
    case token.FLOAT:
    case token.CHARACTER:
    case token.STRING:
    case token.TRUE:
    case token.FALSE:
      state.take(token.MINUS);
      state.at++;
      nodes.add(node.PATTERN_LITERAL, from, state.at);
      break;
    case token.CONST:
      state.at++;
      if (state.kind() === token.LEFT_BRACE) state.at = state.past(state.at);
      nodes.add(node.PATTERN_OTHER, from, state.at);
      return;
    case token.NOT:
      state.at++;
      nodes.add(node.PATTERN_OTHER, from, state.at);
      return;
    default:
      if (!parseNamed(state, from)) return;
  }
  const operator = state.kind();
  if (operator === token.DOT_DOT_EQUALS || operator === token.DOT_DOT || operator === token.ELLIPSIS) {
    nodes.count -= subtree(state);
    state.at++;
    endsRange(state);
    nodes.add(node.PATTERN_OTHER, from, state.at);
  }
}

/** The upper end of a range, if there is one. */
function endsRange(state: State): boolean {
  const { count } = state.nodes;
  const from = state.at;
  state.take(token.MINUS);
  const kind = state.kind();
  if (kind >= token.INTEGER && kind <= token.STRING) state.at++;
  else if (kind !== token.NAME || state.kind(1) !== token.COLON) parsePath(state, false);
  state.nodes.count = count;
  return state.at > from;
}

/** What begins with a name or path; whether a range could begin with it. */
function parseNamed(state: State, from: number): boolean {
  const { nodes } = state;
  const next = state.kind(1);
  if (isName(state.kind()) || state.kind() === token.SELF) {
    if (next === token.AT) {
      state.at += 2;
      parseAlternative(state);
      nodes.add(node.PATTERN_NAME, from, state.at, 1, 0, from);
      return false;
    }
    const isLone = next !== token.PATH_SEPARATOR && next !== token.NOT && next !== token.LEFT_BRACE && next !== token.LEFT_PAREN;
    if (isLone) {
      state.at++;
      const { starts, ends, units } = state.tokens;
      const isWildcard = (ends[from] ?? 0) - (starts[from] ?? 0) === 1 && units[starts[from] ?? 0] === 95;
      nodes.add(isWildcard ? node.PATTERN_WILDCARD : node.PATTERN_NAME, from, state.at, 0, 0, from);
      return !isWildcard;
    }
  }
  if (!parsePath(state, false)) {
    state.error();
    nodes.add(node.PATTERN_OTHER, from, from);
    return false;
  }
  switch (state.kind()) {
    case token.LEFT_PAREN: {
      const arity = parseElements(state);
      nodes.add(node.PATTERN_TUPLE_STRUCT, from, state.at, 1 + arity);
      return false;
    }
    case token.LEFT_BRACE: {
      const arity = parseFields(state);
      nodes.add(node.PATTERN_STRUCT, from, state.at, 1 + arity);
      return false;
    }
    case token.NOT:
      if (isOpening(state.kind(1))) {
        nodes.count -= subtree(state);
        state.at = state.past(state.at + 1);
        nodes.add(node.PATTERN_OTHER, from, state.at);
        return false;
      }
  }
  nodes.add(node.PATTERN_PATH, from, state.at, 1);
  return true;
}

/** Patterns between brackets. */
function parseElements(state: State): number {
  const close = state.past(state.at) - 1;
  state.at++;
  let arity = 0;
  while (state.at < close) {
    state.skipAttributes();
    parsePattern(state);
    arity++;
    if (state.take(token.COMMA) || state.at >= close) continue;
    state.error();
    while (state.at < close && !state.take(token.COMMA)) state.skip();
  }
  state.at = close + 1;
  return arity;
}

function parseFields(state: State): number {
  const close = state.past(state.at) - 1;
  state.at++;
  let arity = 0;
  while (state.at < close) {
    const from = state.at;
    state.skipAttributes();
    if (!state.take(token.DOT_DOT)) arity += parseField(state);
    if (state.take(token.COMMA) || state.at >= close) continue;
    state.error();
    if (state.at === from) state.skip();
    while (state.at < close && !state.take(token.COMMA)) state.skip();
  }
  state.at = close + 1;
  return arity;
}

function parseField(state: State): number {
  const from = state.at;
  if ((isName(state.kind()) || state.kind() === token.INTEGER) && state.kind(1) === token.COLON) {
    state.at += 2;
    parsePattern(state);
    state.nodes.add(node.PATTERN_FIELD, from, state.at, 1, 0, from);
    return 1;
  }
  if (isName(state.kind()) && state.kind() === token.NAME && state.kind(1) === token.NAME) state.at++;
  const isReference = state.take(token.REF);
  const mutable = state.take(token.MUT);
  if (!isName(state.kind())) return 0;
  const flags = (isReference ? node.IS_REFERENCE : 0) | (mutable ? node.IS_MUTABLE : 0);
  state.nodes.add(node.PATTERN_FIELD, from, state.at + 1, 0, flags, state.at);
  state.at++;
  return 1;
}

/** The parameters of a function, at its parenthesis: a list node. */
export function parseParameters(state: State): void {
  const from = state.at;
  let arity = 0;
  if (state.kind() === token.LEFT_PAREN) {
    const close = state.past(from) - 1;
    state.at++;
    while (state.at < close) {
      state.skipAttributes();
      if (state.kind() === token.ELLIPSIS) state.at++;
      else {
        parseParameter(state);
        arity++;
      }
      if (state.take(token.COMMA) || state.at >= close) continue;
      state.error();
      while (state.at < close && !state.take(token.COMMA)) state.skip();
    }
    state.at = close + 1;
  } else state.error();
  state.nodes.add(node.PARAMETERS, from, state.at, arity);
}

function parseParameter(state: State): void {
  const { nodes } = state;
  const from = state.at;
  if (parseReceiver(state)) return;
  const isNamed = isName(state.kind()) ? state.kind(1) === token.COLON : state.kind() === token.MUT || state.kind() === token.REF;
  if (!isNamed && !hasColon(state)) {
    // As the 2015 edition allows in traits.
    parseType(state);
    nodes.add(node.PARAMETER, from, state.at, 1, node.IS_BARE);
    return;
  }
  parseBinding(state);
  if (!state.take(token.COLON)) state.error();
  if (state.take(token.ELLIPSIS)) {
    nodes.add(node.PARAMETER, from, state.at, 1);
    return;
  }
  parseType(state);
  nodes.add(node.PARAMETER, from, state.at, 2, node.HAS_TYPE);
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
