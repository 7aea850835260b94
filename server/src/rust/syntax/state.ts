/** What the parts of the parser share: the place in the tokens, the nodes so far, and the errors. */
import type { Paired } from "./brackets.ts";
import type { Nodes } from "./nodes.ts";
import * as token from "./tokens.ts";
import { unitAt } from "./units.ts";

export class State {
  readonly tokens: Paired;
  readonly kinds: Uint8Array;
  readonly nodes: Nodes;
  at = 0;
  /** Starts and ends. */
  readonly errors: number[] = [];
  /** Types and patterns that were passed over for their depth: starts and ends. */
  readonly tooDeep: number[] = [];
  /** Bodies and values that are parsed when somebody asks for them: the first token of each. */
  readonly deferred: number[] = [];
  /** Levels of types, patterns or items around the place. */
  depth = 0;

  /** Statements among items are parsed by what parses items in bodies: handed in, so that neither file imports the other. */
  readonly parseStray: (state: State) => void;

  constructor(tokens: Paired, nodes: Nodes, parseStray: (state: State) => void) {
    this.parseStray = parseStray;
    this.tokens = tokens;
    this.kinds = tokens.kinds;
    this.nodes = nodes;
  }

  kind(ahead = 0): number {
    return this.kinds[this.at + ahead] ?? token.END;
  }

  take(kind: number): boolean {
    if (this.kinds[this.at] !== kind) return false;
    this.at++;
    return true;
  }

  /** Whether a token touches the one before it. */
  touches(at: number): boolean {
    return this.tokens.starts[at] === this.tokens.ends[at - 1];
  }

  /** The token behind the bracket that closes the one at `at`. */
  past(at: number): number {
    return (this.tokens.partners[at] ?? at) + 1;
  }

  /** Tells that something is missing or wrong at the place. */
  error(): void {
    const { starts, ends, count } = this.tokens;
    // What is missing at the end of a line is missing there, not on the next.
    const at = this.at < count && !this.startsLine(this.at) ? this.at : this.at - 1;
    this.errors.push(at < 0 ? 0 : (starts[at] ?? 0), at < 0 ? 0 : (ends[at] ?? 0));
  }

  /** What began at a token was passed over as far as the place. */
  passedOver(from: number): void {
    this.tooDeep.push(this.tokens.starts[from] ?? 0, this.tokens.ends[this.at - 1] ?? 0);
  }

  /** Steps over a token, or all that is in the brackets that it opens. */
  skip(): void {
    const kind = this.kind();
    this.at = kind === token.LEFT_BRACE || kind === token.LEFT_PAREN || kind === token.LEFT_BRACKET ? this.past(this.at) : this.at + 1;
  }

  /** `#[…]` and `#![…]`. */
  skipAttributes(): void {
    while (this.kind() === token.HASH) {
      const bracket = this.at + (this.kind(1) === token.NOT ? 2 : 1);
      if (this.kinds[bracket] !== token.LEFT_BRACKET) return;
      this.at = this.past(bracket);
    }
  }

  startsLine(at: number): boolean {
    const { units, starts, ends } = this.tokens;
    const before = at === 0 ? 0 : (ends[at - 1] ?? 0);
    for (let place = starts[at] ?? 0; place > before; place--) if (unitAt(units, place - 1) === 10) return true;
    return at === 0;
  }

  /** Whether an item begins in the first column: nothing else goes on there, whatever is missing before it. */
  beginsItem(at: number): boolean {
    if (!token.ITEM_HEADS.has(this.kinds[at] ?? token.END)) return false;
    const start = this.tokens.starts[at] ?? 0;
    return start === 0 || unitAt(this.tokens.units, start - 1) === 10;
  }

  /** How deep the line of a token is indented. */
  indentAt(at: number): number {
    const { units, starts } = this.tokens;
    let line = starts[at] ?? 0;
    while (line > 0 && unitAt(units, line - 1) !== 10) line--;
    let column = line;
    while (unitAt(units, column) === 32 || unitAt(units, column) === 9) column++;
    return column - line;
  }
}

/** Parses what no node is wanted of. */
export function dropped(state: State, parse: (state: State) => unknown): void {
  const { count } = state.nodes;
  parse(state);
  state.nodes.count = count;
}

export const isName = (kind: number): boolean => kind >= token.NAME && kind <= token.LAST_NAME;
export const isSegment = (kind: number): boolean => kind >= token.NAME && kind <= token.LAST_SEGMENT;
export const isOpening = (kind: number): boolean => kind === token.LEFT_PAREN || kind === token.LEFT_BRACE || kind === token.LEFT_BRACKET;
export const isClosing = (kind: number): boolean =>
  kind === token.RIGHT_PAREN || kind === token.RIGHT_BRACE || kind === token.RIGHT_BRACKET || kind === token.END;
