/** What may follow an operand: calls, fields, `?`, operators. Where nothing does, the innermost frame takes it. */

import * as frame from "./frames.ts";
import { type Machine, OPERAND } from "./machine.ts";
import * as node from "./nodes.ts";
import { rangeEnd } from "./operands.ts";
import { ASSIGNMENT, CAST, LOOSEST, operatorAt, RANGE } from "./operators.ts";
import { reduce } from "./reduce.ts";
import { isName } from "./state.ts";
import * as token from "./tokens.ts";
import { parsePath, parseType } from "./types.ts";

export function operator(machine: Machine): number {
  const state = machine.state;
  const kind = state.kind();
  const { top } = machine.frames;
  if (machine.blockLike && (top === frame.STATEMENT || top === frame.ARM_BODY) && kind !== token.DOT && kind !== token.QUESTION) {
    return reduce(machine);
  }
  // What follows the block of a closure that names its return type follows the closure: `|| -> T { … }()` calls it.
  if (machine.blockLike && top === frame.CLOSURE && (machine.data() & node.HAS_RETURN) !== 0) return reduce(machine);
  const start = machine.start;
  switch (kind) {
    case token.DOT:
      return member(machine, start);
    case token.QUESTION:
      state.at++;
      return machine.made(node.TRY, start, 1);
    case token.LEFT_PAREN:
      state.at++;
      if (state.take(token.RIGHT_PAREN)) return machine.made(node.CALL, start, 1);
      machine.push(frame.CALL, start);
      return OPERAND;
    case token.LEFT_BRACKET:
      state.at++;
      machine.push(frame.INDEX, start);
      return OPERAND;
  }
  const found = operatorAt(state);
  const power = found & 15;
  if (power <= machine.power) return reduce(machine);
  const length = found >> 4;
  const operator = state.at * 4 + length;
  state.at += length;
  switch (power) {
    case CAST:
      parseType(state, false);
      return machine.made(node.CAST, start, 2);
    case RANGE:
      return rangeEnd(machine, start, node.HAS_FROM);
    case ASSIGNMENT:
      machine.push(frame.ASSIGN, start, operator, LOOSEST, machine.plain);
      return OPERAND;
    default:
      machine.push(frame.BINARY, start, operator, power, machine.plain);
      return OPERAND;
  }
}

/** `.name`, `.0`, `.await`, `.name::<T>(…)`. */
function member(machine: Machine, start: number): number {
  const state = machine.state;
  const name = state.at + 1;
  const kind = state.kind(1);
  if ((!isName(kind) && kind !== token.INTEGER) || beginsStatement(machine, name)) {
    state.at++;
    state.error();
    return machine.made(node.ERROR, start, 1);
  }
  state.at += 2;
  if (kind === token.AWAIT) return machine.made(node.AWAIT, start, 1);
  if (isName(kind)) {
    let arity = 1;
    const before = state.nodes.count;
    if (state.kind() === token.PATH_SEPARATOR && state.kind(1) === token.LESS) {
      // Read as the rest of a path of which only the arguments are wanted.
      state.at = name;
      parsePath(state, false);
      state.nodes.count--;
      arity += state.nodes.count > before ? 1 : 0;
    }
    if (state.kind() === token.LEFT_PAREN) {
      state.at++;
      if (state.take(token.RIGHT_PAREN)) return machine.made(node.METHOD, start, arity, 0, name);
      machine.push(frame.METHOD, start, name);
      machine.frames.parts[machine.frames.count - 1] = 0;
      machine.methodArity.push(arity);
      return OPERAND;
    }
    state.nodes.count = before;
  }
  return machine.made(node.FIELD, start, 1, 0, name);
}

/** A name behind a dot, on a line of its own that is not indented deeper than the statement: the dot is being typed. */
function beginsStatement(machine: Machine, name: number): boolean {
  const state = machine.state;
  return state.startsLine(name) && !state.startsLine(name - 1) && state.indentAt(name) <= state.indentAt(machine.line);
}
