/** Statements, and the items between them. */
import { afterBlock, endLet, endsStatement, openBlock } from "./blocks.ts";
import * as frame from "./frames.ts";
import { startsItem } from "./item-parts.ts";
import { parseItem } from "./items.ts";
import { type Machine, OPERAND, STATEMENTS } from "./machine.ts";
import * as node from "./nodes.ts";
import { startsExpression } from "./operators.ts";
import { parseBinding } from "./patterns.ts";
import { isClosing, isName } from "./state.ts";
import * as token from "./tokens.ts";
import { parseType } from "./types.ts";

/** At a statement, or the end of a block. */
export function statement(machine: Machine): number {
  const state = machine.state;
  const { nodes } = state;
  const kind = state.kind();
  if (isClosing(kind) || (machine.isStray && machine.frames.count === 2 && machine.data() > 0 && endsStray(machine)))
    return closeBlock(machine);
  const from = state.at;
  if (machine.takeEnd(machine.frames.count)) {
    const last = nodes.count - 1;
    const ends = machine.data() > 0 && nodes.kinds[last] === node.STATEMENT && nodes.to[last] === from;
    if (ends && ((nodes.flags[last] ?? 0) & node.HAS_SEMICOLON) === 0) {
      nodes.to[last] = state.at;
      nodes.flags[last] = (nodes.flags[last] ?? 0) | node.HAS_SEMICOLON;
    }
    return STATEMENTS;
  }
  machine.line = from;
  state.skipAttributes();
  if (machine.separators !== undefined) skipMarks(machine);
  if (state.kind() === token.LET) return letStatement(machine, from);
  if (startsItem(state)) {
    state.at = from;
    const made = parseItem(state);
    const at = machine.frames.count - 1;
    machine.frames.items[at] = (machine.frames.items[at] ?? 0) + made;
    machine.count(made);
    return STATEMENTS;
  }
  if (!startsExpression(state.kind())) {
    state.error();
    if (!isClosing(state.kind())) state.skip();
    return STATEMENTS;
  }
  machine.push(frame.STATEMENT, from);
  return OPERAND;
}

/** What stands before an argument of a macro: the name of `name: value`, and what tracing formats by, as in `%value`. */
function skipMarks({ state, frames }: Machine): void {
  if (frames.count > 2) return;
  if (isName(state.kind()) && state.kind(1) === token.COLON) state.at += 2;
  if (state.kind() === token.REMAINDER || state.kind() === token.QUESTION) state.at++;
}

/** Among items: at the next one, or at a macro's braces in the first column. */
function endsStray(machine: Machine): boolean {
  const state = machine.state;
  if (startsItem(state)) return true;
  if (!isName(state.kind()) || state.kind(1) !== token.NOT || state.kind(2) !== token.LEFT_BRACE) return false;
  return state.startsLine(state.at) && state.indentAt(state.at) === 0;
}

function closeBlock(machine: Machine): number {
  const state = machine.state;
  const from = machine.from();
  const arity = machine.data();
  const items = machine.frames.items[machine.frames.count - 1] ?? 0;
  machine.line = machine.frames.parts[machine.frames.count - 1] ?? machine.line;
  machine.pop();
  if (machine.frames.count > 1 || !machine.isStray) if (state.kind() !== token.END) state.at++;
  state.nodes.add(node.BLOCK, from, state.at, arity, 0, items);
  return afterBlock(machine);
}

function letStatement(machine: Machine, from: number): number {
  const state = machine.state;
  state.at++;
  parseBinding(state);
  let flags = 0;
  if (state.take(token.COLON)) {
    parseType(state);
    flags = node.HAS_TYPE;
  }
  if (state.kind() === token.EQUALS) {
    state.at++;
    machine.push(frame.LET_VALUE, from, flags | node.HAS_VALUE);
    return OPERAND;
  }
  return endLet(machine, from, flags);
}

export function letValue(machine: Machine): number {
  const state = machine.state;
  const from = machine.from();
  const flags = machine.data();
  machine.pop();
  if (state.take(token.ELSE)) {
    machine.push(frame.LET_ELSE, from, flags);
    return openBlock(machine, state.at);
  }
  return endLet(machine, from, flags);
}

export function statementValue(machine: Machine): number {
  const state = machine.state;
  const from = machine.from();
  const at = machine.frames.count - 1;
  const parts = (machine.frames.parts[at] ?? 0) + 1;
  let flags = machine.blockLike ? node.IS_BLOCK_LIKE : 0;
  let end = state.at;
  const depth = machine.frames.count - 1;
  if (machine.takeEnd(depth)) {
    flags |= node.HAS_SEMICOLON;
    end++;
  } else if (!isClosing(state.kind()) && !machine.blockLike) {
    state.error();
    while (!endsStatement(machine, depth) && !startsExpression(state.kind()) && state.kind() !== token.LET) state.at++;
    if (!endsStatement(machine, depth) && startsExpression(state.kind()) && !startsItem(state)) {
      // More of the same line: parts of one statement that is broken.
      machine.frames.parts[at] = parts;
      return OPERAND;
    }
    end = state.at;
  }
  machine.pop();
  if (parts > 1) state.nodes.add(node.ERROR, from, end, parts);
  state.nodes.add(node.STATEMENT, from, end, 1, flags);
  machine.count(1);
  return STATEMENTS;
}
