/** Patterns. */
import { DEEPEST_NESTING } from "../bounds.ts";
import { parseList } from "./comma-lists.ts";
import * as node from "./nodes.ts";
import { isClosing, isName, isOpening, type State } from "./state.ts";
import * as token from "./tokens.ts";
import { subtree } from "./type-tokens.ts";
import { parsePath } from "./types.ts";

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

/** What may follow a pattern. */
const BEHIND: ReadonlySet<number> = new Set([
  token.COMMA,
  token.OR,
  token.COLON,
  token.EQUALS,
  token.FAT_ARROW,
  token.IF,
  token.IN,
  token.SEMICOLON,
]);

export function parseAlternative(state: State): void {
  const from = state.at;
  if (state.depth >= DEEPEST_NESTING) {
    state.error();
    while (!isClosing(state.kind()) && !BEHIND.has(state.kind())) state.skip();
    state.passedOver(from);
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
    case token.BOX:
      state.at++;
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
const parseElements = (state: State): number =>
  parseList(state, (it) => {
    parsePattern(it);
    return 1;
  });

const parseFields = (state: State): number => parseList(state, (it) => (it.take(token.DOT_DOT) ? 0 : parseField(it)));

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
