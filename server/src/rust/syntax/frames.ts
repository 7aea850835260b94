/** What the parser of bodies is in the middle of: its call stack, kept as data so that nesting cannot exhaust the machine's. */

// Waiting for an operand.
export const ROOT = 0;
export const PREFIX = 1;
export const BINARY = 2;
export const ASSIGN = 3;
export const RANGE = 4;
export const LET_CONDITION = 5;
export const CLOSURE = 6;
export const RETURN = 7;
export const BREAK = 8;
export const GROUP = 9;
export const ARRAY = 10;
export const REPEAT = 11;
export const CALL = 12;
export const METHOD = 13;
export const INDEX = 14;
export const FIELD_VALUE = 15;
export const STRUCT_BASE = 16;
export const IF_CONDITION = 17;
export const WHILE_CONDITION = 18;
export const FOR_ITERABLE = 19;
export const MATCH_VALUE = 20;
export const ARM_GUARD = 21;
export const ARM_BODY = 22;
export const LET_VALUE = 23;
export const STATEMENT = 24;
export const YIELD = 33;

// Waiting for a block.
export const BLOCK = 25;
export const BLOCK_VALUE = 26;
export const IF_THEN = 27;
export const IF_ELSE = 28;
export const LOOP_BODY = 29;
export const LET_ELSE = 30;

// Holding the parts of what has several.
export const MATCH = 31;
export const STRUCT = 32;

export class Frames {
  count = 0;
  readonly kinds: number[] = [];
  /** The first token. */
  readonly from: number[] = [];
  /** Of lists, the elements so far; else what the kind needs. */
  readonly data: number[] = [];
  /** How tightly operators must bind around it, and whether `{` opens no struct there. */
  readonly power: number[] = [];
  readonly plain: boolean[] = [];
  /** Of lists, the expressions so far in an element that is broken; of blocks and matches, the statement that they stand in. */
  readonly parts: number[] = [];
  /** Items in a block. */
  readonly items: number[] = [];

  push(kind: number, from: number, data: number, power: number, plain: boolean): void {
    const at = this.count++;
    this.kinds[at] = kind;
    this.from[at] = from;
    this.data[at] = data;
    this.power[at] = power;
    this.plain[at] = plain;
    this.parts[at] = 0;
    this.items[at] = 0;
  }

  /** The kind of the innermost. */
  get top(): number {
    return this.kinds[this.count - 1] ?? ROOT;
  }
}
