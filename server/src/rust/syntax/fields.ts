/** The fields of struct expressions. */
import * as frame from "./frames.ts";
import { FIELDS, type Machine, OPERAND } from "./machine.ts";
import * as node from "./nodes.ts";
import { isClosing, isName } from "./state.ts";
import * as token from "./tokens.ts";

/** At a field, or the end. */
export function field(machine: Machine): number {
  const state = machine.state;
  const from = state.at;
  if (isClosing(state.kind())) {
    const start = machine.from();
    const arity = machine.data();
    if (state.kind() !== token.END) state.at++;
    machine.pop();
    return machine.made(node.STRUCT, start, arity);
  }
  state.skipAttributes();
  const name = state.at;
  const kind = state.kind();
  if (state.take(token.DOT_DOT)) {
    if (isClosing(state.kind())) return FIELDS;
    machine.push(frame.STRUCT_BASE, from);
    return OPERAND;
  }
  if (isName(kind) || kind === token.INTEGER) {
    if (state.kind(1) === token.COLON) {
      state.at += 2;
      machine.push(frame.FIELD_VALUE, from, name);
      return OPERAND;
    }
    state.at++;
    if (state.kind() === token.COMMA || isClosing(state.kind())) {
      state.nodes.add(node.PATH, name, state.at);
      state.nodes.add(node.EXPRESSION_PATH, name, state.at, 1);
      state.nodes.add(node.FIELD_VALUE, from, state.at, 1, 0, name);
      machine.count(1);
      return afterField(machine);
    }
  }
  return afterField(machine);
}

export function fieldValue(machine: Machine): number {
  const state = machine.state;
  const from = machine.from();
  const name = machine.data();
  machine.pop();
  state.nodes.add(node.FIELD_VALUE, from, state.at, 1, node.HAS_VALUE, name);
  machine.count(1);
  return afterField(machine);
}

export function afterField(machine: Machine): number {
  const state = machine.state;
  if (state.take(token.COMMA) || isClosing(state.kind())) return FIELDS;
  state.error();
  while (state.kind() !== token.COMMA && !isClosing(state.kind())) {
    // A field on a line of its own, where only the comma is missing.
    if (isName(state.kind()) && state.kind(1) === token.COLON && state.startsLine(state.at)) return FIELDS;
    state.skip();
  }
  state.take(token.COMMA);
  return FIELDS;
}
