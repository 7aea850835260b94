/** What stands in parentheses and brackets: tuples, arrays, arguments. */
import * as frame from "./frames.ts";
import { type Machine, OPERAND } from "./machine.ts";
import * as node from "./nodes.ts";
import { startsExpression } from "./operators.ts";
import { isClosing } from "./state.ts";
import * as token from "./tokens.ts";

/** An element of what stands in brackets is whole. */
export function element(machine: Machine): number {
  const state = machine.state;
  const at = machine.frames.count - 1;
  const kind = state.kind();
  const { top } = machine.frames;
  const separates = kind === token.COMMA || (kind === token.SEMICOLON && top === frame.ARRAY);
  const parts = (machine.frames.parts[at] ?? 0) + 1;
  if (!separates && !isClosing(kind)) {
    // What follows belongs to the same place.
    state.error();
    machine.frames.parts[at] = parts;
    if (parts === 1) machine.elementStart.push(machine.start);
    while (!startsExpression(state.kind()) && state.kind() !== token.COMMA && !isClosing(state.kind())) state.at++;
    return startsExpression(state.kind()) ? OPERAND : brokenElement(machine, at);
  }
  if (parts > 1) return brokenElement(machine, at, parts);
  return nextElement(machine);
}

function brokenElement(machine: Machine, at: number, parts = machine.frames.parts[at] ?? 0): number {
  machine.frames.parts[at] = 0;
  const from = machine.elementStart.pop() ?? machine.start;
  machine.made(node.ERROR, from, parts);
  return nextElement(machine);
}

function nextElement(machine: Machine): number {
  const state = machine.state;
  const { top } = machine.frames;
  const kind = state.kind();
  if (top === frame.METHOD) machine.methodArity[machine.methodArity.length - 1] = (machine.methodArity.at(-1) ?? 1) + 1;
  else machine.count(1);
  if (kind === token.SEMICOLON && top === frame.ARRAY && machine.data() === 1) {
    state.at++;
    machine.frames.kinds[machine.frames.count - 1] = frame.REPEAT;
    return OPERAND;
  }
  if (kind === token.COMMA || kind === token.SEMICOLON) {
    state.at++;
    while (state.kind() === token.COMMA) {
      state.error();
      state.at++;
    }
    if (!isClosing(state.kind())) return OPERAND;
  }
  return closeList(machine);
}

function closeList(machine: Machine): number {
  const state = machine.state;
  const { top } = machine.frames;
  const from = machine.from();
  const data = machine.data();
  const trailing = state.kinds[state.at - 1] === token.COMMA;
  if (state.kind() !== token.END) state.at++;
  machine.pop();
  switch (top) {
    case frame.GROUP:
      if (data === 1 && !trailing) return machine.made(node.PAREN, from, 1);
      return machine.made(node.TUPLE, from, data);
    case frame.ARRAY:
      return machine.made(node.ARRAY, from, data);
    case frame.REPEAT:
      return data === 2 ? machine.made(node.REPEAT, from, 2) : machine.made(node.ERROR, from, data);
    case frame.CALL:
      return machine.made(node.CALL, from, 1 + data);
    case frame.INDEX:
      return data === 1 ? machine.made(node.INDEX, from, 2) : machine.made(node.ERROR, from, 1 + data);
    default:
      return machine.made(node.METHOD, from, machine.methodArity.pop() ?? 1, 0, data);
  }
}
