/** Which generator lowers which sort of node. */
import * as node from "../syntax/nodes.ts";
import { block, blockExpression, closure } from "./blocks.ts";
import type { Local } from "./body.ts";
import { attempt, condition, conditional, jump, loop, match } from "./control.ts";
import {
  assign,
  awaited,
  binary,
  broken,
  call,
  cast,
  literal,
  method,
  pathValue,
  range,
  record,
  reference,
  repeat,
  truth,
  tuple,
  unary,
} from "./expressions.ts";
import { type Context, expression, type Form, type Forms } from "./lower.ts";
import { macroCall } from "./macros.ts";
import { placeRead } from "./places.ts";

function* parenthesised(context: Context, at: number): Form {
  return yield expression(context, context.tree.children(at)[0] ?? at);
}

const EXPRESSIONS: Readonly<Record<number, (context: Context, at: number) => Form | Local>> = {
  [node.LITERAL]: literal,
  [node.EXPRESSION_PATH]: pathValue,
  [node.MACRO]: macroCall,
  [node.PAREN]: parenthesised,
  [node.TUPLE]: tuple,
  [node.ARRAY]: tuple,
  [node.REPEAT]: repeat,
  [node.UNARY]: unary,
  [node.REFERENCE]: reference,
  [node.BINARY]: binary,
  [node.ASSIGN]: assign,
  [node.RANGE]: range,
  [node.CAST]: cast,
  [node.CALL]: call,
  [node.METHOD]: method,
  [node.FIELD]: placeRead,
  [node.INDEX]: placeRead,
  [node.TRY]: attempt,
  [node.AWAIT]: awaited,
  [node.STRUCT]: record,
  [node.BLOCK]: block,
  [node.BLOCK_EXPRESSION]: blockExpression,
  [node.IF]: conditional,
  [node.LET_CONDITION]: truth,
  [node.MATCH]: match,
  [node.LOOP]: loop,
  [node.WHILE]: loop,
  [node.FOR]: loop,
  [node.CLOSURE]: closure,
  [node.RETURN]: jump,
  [node.BREAK]: jump,
  [node.CONTINUE]: jump,
};

export const FORMS: Omit<Forms, "declared"> = {
  expression: (context, at) => (EXPRESSIONS[context.tree.kind(at)] ?? broken)(context, at),
  condition,
  block,
};
