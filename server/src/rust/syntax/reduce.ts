/** The innermost frame takes the operand that is whole, and says what is to be read next. */
import { armBody, arrow } from "./arms.ts";
import { openBlock } from "./blocks.ts";
import { afterField, fieldValue } from "./fields.ts";
import * as frame from "./frames.ts";
import { element } from "./lists.ts";
import { ARMS, DONE, type Machine, OPERAND } from "./machine.ts";
import * as node from "./nodes.ts";
import { letValue, statementValue } from "./statements.ts";
import * as token from "./tokens.ts";

export function reduce(machine: Machine): number {
  const state = machine.state;
  const from = machine.from();
  const data = machine.data();
  switch (machine.frames.top) {
    case frame.ROOT:
      return DONE;
    case frame.PREFIX:
      machine.pop();
      if (data === node.UNARY) return machine.made(node.UNARY, from, 1, 0, from);
      return machine.made(node.REFERENCE, from, 1, data < 0 ? node.IS_MUTABLE : 0);
    case frame.BINARY:
      machine.pop();
      return machine.made(node.BINARY, from, 2, data & 3, data >> 2);
    case frame.ASSIGN:
      machine.pop();
      return machine.made(node.ASSIGN, from, 2, data & 3, data >> 2);
    case frame.RANGE:
      machine.pop();
      return machine.made(node.RANGE, from, data + 1, data | node.HAS_VALUE);
    case frame.LET_CONDITION:
      machine.pop();
      return machine.made(node.LET_CONDITION, from, 2);
    case frame.CLOSURE:
      machine.pop();
      return machine.made(node.CLOSURE, from, 2, data);
    case frame.RETURN:
      machine.pop();
      return machine.made(node.RETURN, from, 1);
    case frame.BREAK:
      machine.pop();
      return machine.made(node.BREAK, from, 1);
    case frame.YIELD:
      machine.pop();
      return machine.made(node.YIELD, from, 1);
    case frame.GROUP:
    case frame.ARRAY:
    case frame.REPEAT:
    case frame.CALL:
    case frame.METHOD:
    case frame.INDEX:
      return element(machine);
    case frame.FIELD_VALUE:
      return fieldValue(machine);
    case frame.STRUCT_BASE:
      machine.pop();
      state.nodes.add(node.STRUCT_BASE, from, state.at, 1);
      machine.count(1);
      return afterField(machine);
    case frame.IF_CONDITION:
      machine.pop();
      machine.push(frame.IF_THEN, from, 2);
      return openBlock(machine, state.at);
    case frame.WHILE_CONDITION:
      machine.pop();
      machine.push(frame.LOOP_BODY, from, node.WHILE);
      return openBlock(machine, state.at);
    case frame.FOR_ITERABLE:
      machine.pop();
      machine.push(frame.LOOP_BODY, from, node.FOR);
      return openBlock(machine, state.at);
    case frame.MATCH_VALUE:
      machine.pop();
      if (state.kind() !== token.LEFT_BRACE) {
        state.error();
        return machine.made(node.MATCH, from, 1);
      }
      machine.push(frame.MATCH, from, 1);
      machine.frames.parts[machine.frames.count - 1] = machine.line;
      state.at++;
      return ARMS;
    case frame.ARM_GUARD:
      machine.pop();
      arrow(machine, from, node.HAS_GUARD);
      return OPERAND;
    case frame.ARM_BODY:
      return armBody(machine);
    case frame.LET_VALUE:
      return letValue(machine);
    case frame.STATEMENT:
      return statementValue(machine);
    default:
      return DONE;
  }
}
