/** Where the parser of bodies stands: its frames, and what holds for the operand that is being read. */
import { Frames } from "./frames.ts";
import * as node from "./nodes.ts";
import { LOOSEST, startsExpression } from "./operators.ts";
import type { State } from "./state.ts";
import * as token from "./tokens.ts";

/** What is to be read next. */
export const OPERAND = 0;
export const OPERATOR = 1;
export const STATEMENTS = 2;
export const ARMS = 3;
export const FIELDS = 4;
export const DONE = 5;

/** Frames around the statements of the outermost block: its own, and the root. */
const OUTERMOST = 2;

export class Machine {
  readonly state: State;
  readonly frames = new Frames();
  /** Statements among items end at the next item. */
  readonly isStray: boolean;
  /** Of the tokens of a macro call: what separates its arguments or statements. */
  readonly separators: number[] | undefined;
  /** The first token of the last operand. */
  start = 0;
  power: number = LOOSEST;
  /** Heads of `if`, `match` and loops: `{` opens no struct there. */
  plain = false;
  /** The last operand ends with a block, and is a statement where it begins one. */
  blockLike = false;
  /** The first token of the innermost statement or arm. */
  line: number;
  /** Children so far of the calls of methods that are open. */
  readonly methodArity: number[] = [];
  /** Where the broken elements of lists start that are open. */
  readonly elementStart: number[] = [];

  constructor(state: State, isStray = false, separators?: number[]) {
    this.state = state;
    this.isStray = isStray;
    this.separators = separators;
    this.line = state.at;
  }

  /** `power` and `plain` are those of what is read in the frame; those around it come back when it is left. */
  push(kind: number, from: number, data = 0, power: number = LOOSEST, plain = false): void {
    this.frames.push(kind, from, data, this.power, this.plain);
    this.power = power;
    this.plain = plain;
  }

  pop(): void {
    const at = --this.frames.count;
    this.power = this.frames.power[at] ?? LOOSEST;
    this.plain = this.frames.plain[at] ?? false;
  }

  from(): number {
    return this.frames.from[this.frames.count - 1] ?? 0;
  }

  data(): number {
    return this.frames.data[this.frames.count - 1] ?? 0;
  }

  count(more: number): number {
    const at = this.frames.count - 1;
    const count = (this.frames.data[at] ?? 0) + more;
    this.frames.data[at] = count;
    return count;
  }

  /** Whether a statement of the block in `depth` frames ends here: in the tokens of a macro call whatever separates arguments ends one. */
  atEnd(depth: number): boolean {
    const kind = this.state.kind();
    if (kind === token.SEMICOLON) return true;
    return (kind === token.COMMA || kind === token.FAT_ARROW) && this.separators !== undefined && depth === OUTERMOST;
  }

  takeEnd(depth: number): boolean {
    if (!this.atEnd(depth)) return false;
    if (depth === OUTERMOST) this.separators?.push(this.state.at);
    this.state.at++;
    return true;
  }

  /** An operand that is whole. */
  made(kind: number, from: number, arity = 0, flags = 0, data: number = node.NOTHING): number {
    this.state.nodes.add(kind, from, this.state.at, arity, flags, data);
    this.start = from;
    this.blockLike = false;
    return OPERATOR;
  }

  /** There is no operand at `from`, whatever may have been read of one. */
  missing(from: number): number {
    const { state } = this;
    state.error();
    if (state.at === from && startsExpression(state.kind())) state.skip();
    return this.made(node.ERROR, from);
  }
}
