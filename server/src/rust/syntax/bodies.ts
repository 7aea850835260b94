/**
 * Bodies of functions and values of constants: statements and expressions, with a stack of frames in place of recursion.
 * An operand is read, then what may follow one; where nothing may, the innermost frame takes it and says how to go on.
 */
import { arm } from "./arms.ts";
import { openBlock } from "./blocks.ts";
import { field } from "./fields.ts";
import * as frame from "./frames.ts";
import { ARMS, DONE, Machine, OPERAND, OPERATOR, STATEMENTS } from "./machine.ts";
import { operand } from "./operands.ts";
import { operator } from "./postfix.ts";
import type { State } from "./state.ts";
import { statement } from "./statements.ts";

/** At `{`: one `BLOCK` node. */
export function parseBlock(state: State): void {
  const machine = new Machine(state);
  machine.push(frame.ROOT, state.at);
  run(machine, openBlock(machine, state.at));
}

/** One expression, whatever follows it. */
export function parseExpression(state: State): void {
  const machine = new Machine(state);
  machine.push(frame.ROOT, state.at);
  run(machine, OPERAND);
}

/**
 * The tokens of a macro call, at its bracket: one `BLOCK` node of what they would be as statements, were they separated by semicolons.
 * The tokens that separate are returned.
 */
export function parseMacroTokens(state: State): readonly number[] {
  const separators: number[] = [];
  const machine = new Machine(state, false, separators);
  machine.push(frame.ROOT, state.at);
  machine.push(frame.BLOCK, state.at);
  machine.line = ++state.at;
  run(machine, STATEMENTS);
  return separators;
}

/** Statements that stand among items, up to the next item or the end of what is around them: one `BLOCK` node. */
export function parseStrayStatements(state: State): void {
  const machine = new Machine(state, true);
  machine.push(frame.ROOT, state.at);
  machine.push(frame.BLOCK, state.at);
  run(machine, STATEMENTS);
}

function run(machine: Machine, first: number): void {
  for (let next = first; next !== DONE; ) {
    switch (next) {
      case OPERAND:
        next = operand(machine);
        break;
      case OPERATOR:
        next = operator(machine);
        break;
      case STATEMENTS:
        next = statement(machine);
        break;
      case ARMS:
        next = arm(machine);
        break;
      default:
        next = field(machine);
    }
  }
}
