/** The arms of matches. */
import * as frame from "./frames.ts";
import { ARMS, type Machine, OPERAND, OPERATOR } from "./machine.ts";
import * as node from "./nodes.ts";
import { parsePattern } from "./patterns.ts";
import { isClosing } from "./state.ts";
import * as token from "./tokens.ts";

/** At an arm, or the end. */
export function arm(machine: Machine): number {
  const state = machine.state;
  const from = state.at;
  if (isClosing(state.kind())) {
    const start = machine.from();
    const arity = machine.data();
    machine.line = machine.frames.parts[machine.frames.count - 1] ?? machine.line;
    if (state.kind() !== token.END) state.at++;
    machine.pop();
    machine.made(node.MATCH, start, arity);
    machine.blockLike = true;
    return OPERATOR;
  }
  machine.line = from;
  state.skipAttributes();
  parsePattern(state);
  if (state.take(token.IF)) {
    machine.push(frame.ARM_GUARD, from);
    return OPERAND;
  }
  arrow(machine, from, 0);
  return OPERAND;
}

/** Between the pattern of an arm, or its condition, and its body. */
export function arrow(machine: Machine, from: number, flags: number): void {
  const state = machine.state;
  if (state.kind() !== token.FAT_ARROW) {
    state.error();
    while (state.kind() !== token.FAT_ARROW && state.kind() !== token.COMMA && !isClosing(state.kind())) state.skip();
  }
  state.take(token.FAT_ARROW);
  machine.push(frame.ARM_BODY, from, flags);
}

export function armBody(machine: Machine): number {
  const state = machine.state;
  const from = machine.from();
  const flags = machine.data();
  const blockLike = machine.blockLike;
  machine.pop();
  let end = state.at;
  if (state.take(token.COMMA)) end++;
  else if (!isClosing(state.kind()) && !blockLike) {
    state.error();
    while (state.kind() !== token.COMMA && !isClosing(state.kind()) && !state.startsLine(state.at)) state.skip();
    state.take(token.COMMA);
  }
  state.nodes.add(node.ARM, from, end, flags === 0 ? 2 : 3, flags);
  machine.count(1);
  return ARMS;
}
