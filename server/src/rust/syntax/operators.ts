/** Operators between operands: how many tokens each takes, and how tightly it binds. */
import type { State } from "./state.ts";
import * as token from "./tokens.ts";

/** How tightly operators bind; an operand takes those that bind tighter than what it stands in. */
export const LOOSEST = 0;
export const ASSIGNMENT = 1;
export const RANGE = 2;
const LAZY_OR = 3;
export const LAZY_AND = 4;
const COMPARISON = 5;
const BIT_OR = 6;
const BIT_XOR = 7;
const BIT_AND = 8;
const SHIFT = 9;
const SUM = 10;
const PRODUCT = 11;
export const CAST = 12;
export const PREFIX = 12;

/** Tokens times 16, and how tightly it binds; zero where there is no binary operator. */
export function operatorAt(state: State): number {
  const { at } = state;
  const next = state.touches(at + 1) ? state.kind(1) : token.END;
  switch (state.kind()) {
    case token.PLUS:
    case token.MINUS:
      return next === token.EQUALS ? 32 + ASSIGNMENT : 16 + SUM;
    case token.TIMES:
    case token.DIVIDE:
    case token.REMAINDER:
      return next === token.EQUALS ? 32 + ASSIGNMENT : 16 + PRODUCT;
    case token.XOR:
      return next === token.EQUALS ? 32 + ASSIGNMENT : 16 + BIT_XOR;
    case token.AND:
      if (next === token.AND) return 32 + LAZY_AND;
      return next === token.EQUALS ? 32 + ASSIGNMENT : 16 + BIT_AND;
    case token.OR:
      if (next === token.OR) return 32 + LAZY_OR;
      return next === token.EQUALS ? 32 + ASSIGNMENT : 16 + BIT_OR;
    case token.LESS:
    case token.GREATER:
      if (next === token.EQUALS) return 32 + COMPARISON;
      if (next !== state.kind()) return 16 + COMPARISON;
      return state.touches(at + 2) && state.kind(2) === token.EQUALS ? 48 + ASSIGNMENT : 32 + SHIFT;
    case token.EQUALS:
      return next === token.EQUALS ? 32 + COMPARISON : 16 + ASSIGNMENT;
    case token.NOT:
      return next === token.EQUALS ? 32 + COMPARISON : 0;
    case token.DOT_DOT:
    case token.DOT_DOT_EQUALS:
    case token.ELLIPSIS:
      return 16 + RANGE;
    case token.AS:
      return 16 + CAST;
    default:
      return 0;
  }
}

/** Whether an expression can begin with a token. */
export const startsExpression = (kind: number): boolean =>
  (kind >= token.NAME && kind <= token.LAST_SEGMENT) || (kind >= token.LIFETIME && kind <= token.STRING) || STARTS.has(kind);

const STARTS: ReadonlySet<number> = new Set([
  token.BREAK,
  token.CONST,
  token.CONTINUE,
  token.FALSE,
  token.FOR,
  token.IF,
  token.LOOP,
  token.MATCH,
  token.MOVE,
  token.RETURN,
  token.STATIC,
  token.TRUE,
  token.UNSAFE,
  token.WHILE,
  token.LEFT_PAREN,
  token.LEFT_BRACKET,
  token.LEFT_BRACE,
  token.PATH_SEPARATOR,
  token.DOT_DOT,
  token.DOT_DOT_EQUALS,
  token.LESS,
  token.NOT,
  token.MINUS,
  token.TIMES,
  token.AND,
  token.OR,
  token.HASH,
]);
