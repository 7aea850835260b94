/** Blocks, and what takes them: conditions, loops, `let … else`. */
import * as frame from "./frames.ts";
import { DONE, type Machine, OPERAND, OPERATOR, STATEMENTS } from "./machine.ts";
import * as node from "./nodes.ts";
import { isClosing } from "./state.ts";
import * as token from "./tokens.ts";

/** At the brace of a block that begins at `from`, where its label is. */
export function openBlock(machine: Machine, from: number): number {
  const state = machine.state;
  if (!state.take(token.LEFT_BRACE)) {
    state.error();
    state.nodes.add(node.BLOCK, state.at, state.at, 0, 0, 0);
    return afterBlock(machine);
  }
  machine.push(frame.BLOCK, from);
  machine.frames.parts[machine.frames.count - 1] = machine.line;
  return STATEMENTS;
}

/** The innermost frame takes the block. */
export function afterBlock(machine: Machine): number {
  const state = machine.state;
  const from = machine.from();
  const data = machine.data();
  switch (machine.frames.top) {
    case frame.BLOCK_VALUE:
      machine.pop();
      return blockMade(machine, node.BLOCK_EXPRESSION, from, 1, 0, data);
    case frame.LOOP_BODY:
      machine.pop();
      return blockMade(machine, data, from, data === node.LOOP ? 1 : data === node.WHILE ? 2 : 3);
    case frame.IF_THEN:
      machine.pop();
      if (!state.take(token.ELSE)) return conditional(machine, from, 0);
      machine.push(frame.IF_ELSE, from);
      if (state.kind() === token.IF) return OPERAND;
      machine.push(frame.BLOCK_VALUE, state.at, node.NOTHING);
      return openBlock(machine, state.at);
    case frame.LET_ELSE: {
      machine.pop();
      return endLet(machine, from, data | node.HAS_ELSE);
    }
    default:
      return DONE;
  }
}

function blockMade(machine: Machine, kind: number, from: number, arity: number, flags = 0, data: number = node.NOTHING): number {
  machine.made(kind, from, arity, flags, data);
  if (machine.frames.top === frame.IF_ELSE) {
    const outer = machine.from();
    machine.pop();
    return conditional(machine, outer, node.HAS_ELSE);
  }
  machine.blockLike = true;
  return OPERATOR;
}

/** All that end here of a row of `else if`. */
function conditional(machine: Machine, from: number, flags: number): number {
  machine.made(node.IF, from, flags === 0 ? 2 : 3, flags);
  while (machine.frames.top === frame.IF_ELSE) {
    const outer = machine.from();
    machine.pop();
    machine.made(node.IF, outer, 3, node.HAS_ELSE);
  }
  machine.blockLike = true;
  return OPERATOR;
}

export function endLet(machine: Machine, from: number, flags: number): number {
  const state = machine.state;
  let end = state.at;
  const depth = machine.frames.count;
  if (machine.takeEnd(depth)) end++;
  else {
    state.error();
    while (!endsStatement(machine, depth)) state.skip();
    end = state.at;
    if (machine.takeEnd(depth)) end++;
  }
  const has = (flag: number): number => ((flags & flag) === 0 ? 0 : 1);
  state.nodes.add(node.LET, from, end, 1 + has(node.HAS_TYPE) + has(node.HAS_VALUE) + has(node.HAS_ELSE), flags);
  machine.count(1);
  return STATEMENTS;
}

/** Where a broken statement of a block in `depth` frames ends: at what ends one, at the end of its block, or of its line. */
export function endsStatement(machine: Machine, depth: number): boolean {
  const state = machine.state;
  return machine.atEnd(depth) || isClosing(state.kind()) || state.startsLine(state.at);
}
