/** Operands: literals, paths, and whatever a keyword, a bracket or an operator in front begins. */
import { openBlock } from "./blocks.ts";
import * as frame from "./frames.ts";
import { FIELDS, type Machine, OPERAND, OPERATOR } from "./machine.ts";
import * as node from "./nodes.ts";
import { LAZY_AND, LOOSEST, PREFIX, RANGE, startsExpression } from "./operators.ts";
import { parseClosureParameters } from "./parameters.ts";
import { parsePattern } from "./patterns.ts";
import { isClosing, isOpening } from "./state.ts";
import * as token from "./tokens.ts";
import { parsePath, parseType } from "./types.ts";

export function operand(machine: Machine): number {
  const state = machine.state;
  const from = state.at;
  switch (state.kind()) {
    case token.INTEGER:
    case token.FLOAT:
    case token.CHARACTER:
    case token.STRING:
    case token.TRUE:
    case token.FALSE:
      state.at++;
      return machine.made(node.LITERAL, from);
    case token.NOT:
    case token.MINUS:
    case token.TIMES:
      state.at++;
      machine.push(frame.PREFIX, from, node.UNARY, PREFIX, machine.plain);
      return OPERAND;
    case token.AND:
      return reference(machine, from);
    case token.DOT_DOT:
    case token.DOT_DOT_EQUALS:
    case token.ELLIPSIS:
      state.at++;
      return rangeEnd(machine, from, 0);
    case token.LEFT_PAREN:
      state.at++;
      if (state.take(token.RIGHT_PAREN)) return machine.made(node.TUPLE, from);
      return elements(machine, frame.GROUP, from);
    case token.LEFT_BRACKET:
      state.at++;
      if (state.take(token.RIGHT_BRACKET)) return machine.made(node.ARRAY, from);
      return elements(machine, frame.ARRAY, from);
    case token.LEFT_BRACE:
      machine.push(frame.BLOCK_VALUE, from, node.NOTHING);
      return openBlock(machine, from);
    case token.LIFETIME:
      if (state.kind(1) !== token.COLON) {
        state.error();
        state.at++;
        return machine.made(node.ERROR, from);
      }
      state.at += 2;
      return labelled(machine, from);
    case token.REMAINDER:
    case token.QUESTION:
      // `name = %value`, as tracing has it.
      if (machine.separators === undefined || state.kinds[from - 1] !== token.EQUALS) return machine.missing(from);
      state.at++;
      return OPERAND;
    case token.HASH: {
      if (machine.separators !== undefined && state.kinds[from - 1] === token.IF) return predicate(machine, from);
      state.skipAttributes();
      return state.at > from ? OPERAND : machine.missing(from);
    }
    default:
      return keyword(machine, from);
  }
}

/** What a keyword begins, or a path. */
function keyword(machine: Machine, from: number): number {
  const state = machine.state;
  switch (state.kind()) {
    case token.IF:
      state.at++;
      machine.push(frame.IF_CONDITION, from, 0, LOOSEST, true);
      return OPERAND;
    case token.LET:
      if (!CONDITION_STARTS.has(state.kinds[from - 1] ?? token.END)) return machine.missing(from);
      state.at++;
      parsePattern(state);
      if (!state.take(token.EQUALS)) state.error();
      machine.push(frame.LET_CONDITION, from, 0, LAZY_AND, machine.plain);
      return OPERAND;
    case token.MATCH:
      state.at++;
      machine.push(frame.MATCH_VALUE, from, 0, LOOSEST, true);
      return OPERAND;
    case token.LOOP:
    case token.WHILE:
      return labelled(machine, from);
    case token.FOR:
      if (state.kind(1) === token.LESS) return closure(machine, from);
      return labelled(machine, from);
    case token.UNSAFE:
      return state.kind(1) === token.LEFT_BRACE ? flavoured(machine, from) : machine.missing(from);
    case token.CONST:
      if (state.kind(1) !== token.LEFT_BRACE) return closure(machine, from);
      return flavoured(machine, from);
    case token.ASYNC: {
      const ahead = state.kind(1) === token.MOVE ? 2 : 1;
      if (state.kind(ahead) === token.LEFT_BRACE) return flavoured(machine, from);
      if (state.kind(ahead) === token.OR) return closure(machine, from);
      return path(machine, from);
    }
    case token.TRY:
      return state.kind(1) === token.LEFT_BRACE ? flavoured(machine, from) : path(machine, from);
    case token.GEN:
      return state.kind(1) === token.LEFT_BRACE && !machine.plain ? flavoured(machine, from) : path(machine, from);
    case token.OR:
    case token.MOVE:
    case token.STATIC:
      return closure(machine, from);
    case token.RETURN:
      state.at++;
      return jump(machine, frame.RETURN, from);
    case token.BREAK:
      state.at++;
      if (state.kind() === token.LIFETIME && state.kind(1) !== token.COLON) state.at++;
      return jump(machine, frame.BREAK, from);
    case token.YIELD:
      state.at++;
      return jump(machine, frame.YIELD, from);
    case token.CONTINUE:
      state.at++;
      state.take(token.LIFETIME);
      return machine.made(node.CONTINUE, from);
    default:
      return path(machine, from);
  }
}

function reference(machine: Machine, from: number): number {
  const state = machine.state;
  state.at++;
  const isRaw = state.kind() === token.RAW && (state.kind(1) === token.CONST || state.kind(1) === token.MUT);
  if (isRaw) state.at++;
  const mutable = state.take(token.MUT);
  if (isRaw) state.take(token.CONST);
  machine.push(frame.PREFIX, from, mutable ? -node.REFERENCE : node.REFERENCE, PREFIX, machine.plain);
  return OPERAND;
}

function path(machine: Machine, from: number): number {
  const state = machine.state;
  if (!parsePath(state, false)) return machine.missing(from);
  const kind = state.kind();
  if (kind === token.NOT && isOpening(state.kind(1))) {
    const bracket = state.at + 1;
    state.at = state.past(bracket);
    machine.made(node.MACRO, from, 1, 0, bracket);
    machine.blockLike = state.kinds[bracket] === token.LEFT_BRACE;
    return OPERATOR;
  }
  if (kind === token.LEFT_BRACE && !machine.plain) {
    machine.push(frame.STRUCT, from, 1);
    state.at++;
    return FIELDS;
  }
  return machine.made(node.EXPRESSION_PATH, from, 1);
}

/** `if #[cfg(unix)] {` of `cfg_if!` is `if cfg!(unix) {`. */
function predicate(machine: Machine, from: number): number {
  const state = machine.state;
  const end = state.past(from + 1);
  state.at = from + 2;
  const bracket = from + 3;
  if (state.kinds[from + 1] !== token.LEFT_BRACKET || !parsePath(state, false) || state.at !== bracket || !isOpening(state.kind()))
    return machine.missing(from);
  state.at = state.past(bracket);
  machine.made(node.MACRO, from + 2, 1, 0, bracket);
  state.at = end;
  return OPERATOR;
}

/** At the keyword, or brace, behind a label. */
function labelled(machine: Machine, from: number): number {
  const state = machine.state;
  switch (state.kind()) {
    case token.LOOP:
      state.at++;
      machine.push(frame.LOOP_BODY, from, node.LOOP);
      return openBlock(machine, state.at);
    case token.WHILE:
      state.at++;
      machine.push(frame.WHILE_CONDITION, from, 0, LOOSEST, true);
      return OPERAND;
    case token.FOR:
      state.at++;
      parsePattern(state);
      if (!state.take(token.IN)) state.error();
      machine.push(frame.FOR_ITERABLE, from, 0, LOOSEST, true);
      return OPERAND;
    case token.LEFT_BRACE:
      machine.push(frame.BLOCK_VALUE, from, node.NOTHING);
      return openBlock(machine, from);
    default:
      return machine.missing(from);
  }
}

/** `unsafe {`, `async move {`, `const {`, `try {`. */
function flavoured(machine: Machine, from: number): number {
  const state = machine.state;
  state.at++;
  state.take(token.MOVE);
  machine.push(frame.BLOCK_VALUE, from, from);
  return openBlock(machine, state.at);
}

function closure(machine: Machine, from: number): number {
  const state = machine.state;
  if (state.take(token.FOR)) while (!state.take(token.GREATER) && !isClosing(state.kind())) state.skip();
  state.take(token.CONST);
  state.take(token.STATIC);
  const isAsync = state.take(token.ASYNC);
  state.take(token.MOVE);
  if (state.kind() !== token.OR) return machine.missing(from);
  parseClosureParameters(state);
  const hasReturn = state.take(token.ARROW);
  if (hasReturn) {
    const { count } = state.nodes;
    parseType(state, false);
    state.nodes.count = count;
  }
  machine.push(frame.CLOSURE, from, (isAsync ? node.IS_ASYNC : 0) | (hasReturn ? node.HAS_RETURN : 0), LOOSEST, machine.plain);
  return OPERAND;
}

function jump(machine: Machine, kind: number, from: number): number {
  const next = machine.state.kind();
  if (!startsExpression(next) || (next === token.LEFT_BRACE && machine.plain)) {
    return machine.made(JUMPS[kind] ?? node.ERROR, from);
  }
  machine.push(kind, from, 0, LOOSEST, machine.plain);
  return OPERAND;
}

const JUMPS: Readonly<Record<number, number>> = { [frame.RETURN]: node.RETURN, [frame.BREAK]: node.BREAK, [frame.YIELD]: node.YIELD };

export function rangeEnd(machine: Machine, from: number, flags: number): number {
  const next = machine.state.kind();
  if (!startsExpression(next) || (next === token.LEFT_BRACE && machine.plain)) return machine.made(node.RANGE, from, flags, flags);
  machine.push(frame.RANGE, from, flags, RANGE, machine.plain);
  return OPERAND;
}

function elements(machine: Machine, kind: number, from: number): number {
  machine.push(kind, from);
  return OPERAND;
}

/** A `let` behind anything else is a statement, and what it should have been an operand of is being typed. */
const CONDITION_STARTS: ReadonlySet<number> = new Set([token.IF, token.WHILE, token.AND, token.OR, token.LEFT_PAREN]);
