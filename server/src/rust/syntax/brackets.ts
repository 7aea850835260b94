/**
 * Which bracket closes which. The parser sees brackets in pairs only: where those of a text do not match, closing ones are put in
 * and surplus ones made stray by what the layout tells, so that damage stays within the item, and mostly the line, that has it.
 */
import { classOf, SPACE } from "./characters.ts";
import * as token from "./tokens.ts";
import { TokenBuffer, type Tokens } from "./tokens.ts";
import { unitAt } from "./units.ts";

export interface Paired extends Tokens {
  /** The other bracket of each. */
  readonly partners: Int32Array;
}

export function paired(tokens: Tokens): Paired {
  const partners = new Int32Array(tokens.count);
  if (pair(tokens, partners)) return { ...tokens, partners };
  const mended = mend(tokens);
  const found = new Int32Array(mended.count);
  pair(mended, found);
  return { ...mended, partners: found };
}

const isOpening = (kind: number): boolean => kind === token.LEFT_BRACE || kind === token.LEFT_PAREN || kind === token.LEFT_BRACKET;
const isClosing = (kind: number): boolean => kind === token.RIGHT_BRACE || kind === token.RIGHT_PAREN || kind === token.RIGHT_BRACKET;

/** Whether all brackets match. */
function pair({ kinds, count }: Tokens, partners: Int32Array): boolean {
  const open = new Int32Array(count);
  let depth = 0;
  for (let at = 0; at < count; at++) {
    const kind = kinds[at] ?? 0;
    if (isOpening(kind)) open[depth++] = at;
    else if (isClosing(kind)) {
      const opening = depth === 0 ? -1 : (open[--depth] ?? -1);
      if (opening < 0 || kinds[opening] !== kind - 1) return false;
      partners[opening] = at;
      partners[at] = opening;
    }
  }
  return depth === 0;
}

interface Opening {
  readonly at: number;
  readonly kind: number;
  /** Columns before the first token of its line. */
  readonly indent: number;
  /** Its first line inside is not indented, as some write modules: layout tells nothing in it. */
  flat: boolean;
  isEmpty: boolean;
}

/** The same tokens with brackets that match. */
const mend = (tokens: Tokens): Tokens => new Mender(tokens).run();

class Mender {
  readonly #tokens: Tokens;
  readonly #buffer: TokenBuffer;
  readonly #errors: number[];
  readonly #open: Opening[] = [];
  /** Of the line. */
  #indent = 0;

  constructor(tokens: Tokens) {
    this.#tokens = tokens;
    this.#buffer = new TokenBuffer(tokens.count + 16);
    this.#errors = [...tokens.errors];
  }

  run(): Tokens {
    const { kinds, count, text } = this.#tokens;
    for (let at = 0; at < count; at++) {
      const kind = kinds[at] ?? 0;
      const column = columnAt(this.#tokens, at);
      if (column !== undefined) this.#startLine(at, kind, column);
      if (this.#endsHead(kind)) this.#close();
      this.#take(at, isClosing(kind) && !this.#closes(kind, column) ? token.STRAY : kind);
    }
    while (this.#open.length > 0) this.#close();
    return { ...this.#tokens, ...this.#buffer.finish(text.length), errors: this.#errors };
  }

  /** Puts in the bracket that is missing. */
  #close(): void {
    const opening = this.#open.pop();
    if (opening === undefined) return;
    const end = this.#buffer.count === 0 ? 0 : (this.#buffer.ends[this.#buffer.count - 1] ?? 0);
    this.#wrong(opening.at);
    this.#buffer.push(opening.kind + 1, end, end);
  }

  #wrong(at: number): void {
    this.#errors.push(this.#tokens.starts[at] ?? 0, this.#tokens.ends[at] ?? 0);
  }

  #startLine(at: number, kind: number, column: number): void {
    this.#indent = column;
    note(this.#open.at(-1), column, this.#tokens);
    const isHead = token.ITEM_HEADS.has(kind) || (column === 0 && isMacroItem(this.#tokens, at));
    if (!isClosing(kind)) while (endsBefore(this.#open.at(-1), isHead, column)) this.#close();
  }

  /** Whether a token cannot stand in the innermost bracket. */
  #endsHead(kind: number): boolean {
    const top = this.#open.at(-1);
    if (top?.kind === token.LEFT_BRACE) return (kind === token.SEMICOLON || kind === token.USE) && isUseTree(this.#tokens, top.at);
    if (top?.kind !== token.LEFT_PAREN) return false;
    return kind === token.SEMICOLON ? !isMacro(this.#tokens, top.at) : opensBody(this.#tokens, top.at, kind);
  }

  /** Whether a closing bracket closes one that is open; what is open within that one is closed before. */
  #closes(kind: number, column: number | undefined): boolean {
    const wanted = openingOf(this.#open, kind - 1, column, this.#indent);
    if (wanted < 0) return false;
    while (this.#open.length > wanted + 1) this.#close();
    this.#open.pop();
    return true;
  }

  #take(at: number, kind: number): void {
    if (kind === token.STRAY && this.#tokens.kinds[at] !== token.STRAY) this.#wrong(at);
    if (isOpening(kind)) this.#open.push({ at, kind, indent: this.#indent, flat: false, isEmpty: true });
    this.#buffer.push(kind, this.#tokens.starts[at] ?? 0, this.#tokens.ends[at] ?? 0);
  }
}

/** How deep a token is indented that is the first of its line. */
function columnAt({ units, starts, ends }: Tokens, at: number): number | undefined {
  const start = starts[at] ?? 0;
  const before = at === 0 ? 0 : (ends[at - 1] ?? 0);
  let line = start;
  while (line > before && classOf(unitAt(units, line - 1)) === SPACE && unitAt(units, line - 1) !== 10) line--;
  return line === 0 || unitAt(units, line - 1) === 10 ? start - line : undefined;
}

/** Takes in the column of the first line inside of a bracket. */
function note(opening: Opening | undefined, column: number, tokens: Tokens): void {
  if (opening === undefined || !opening.isEmpty) return;
  opening.isEmpty = false;
  opening.flat = column <= opening.indent && opening.kind === token.LEFT_BRACE && isContainer(tokens, opening.at);
}

/** A line that starts no deeper than that of a bracket does not lie within it; of braces only heads of items tell. */
function endsBefore(opening: Opening | undefined, isHead: boolean, column: number): boolean {
  if (opening === undefined || opening.flat || column > opening.indent) return false;
  return opening.kind !== token.LEFT_BRACE || isHead;
}

/** What a closing bracket closes, as an index into what is open; what is open above it lacks its own. Negative for a stray one. */
function openingOf(open: readonly Opening[], kind: number, column: number | undefined, indent: number): number {
  const top = open.length - 1;
  if (column !== undefined) {
    // At the start of a line it closes what was opened on a line as deep.
    for (let at = top; at >= Math.max(0, top - FARTHEST); at--) {
      const it = open[at];
      if (it?.kind === kind && it.indent === column) return at;
      if (it !== undefined && it.indent < column) break;
    }
  }
  if (open[top]?.kind === kind) return column === undefined || (open[top]?.indent ?? 0) >= column || kind !== token.LEFT_BRACE ? top : -1;
  for (let at = top; at >= Math.max(0, top - FARTHEST); at--) {
    const it = open[at];
    if (it?.kind === kind) return it.indent === indent || kind === token.LEFT_BRACE ? at : -1;
    // Only a brace closes past braces that are open on other lines.
    if (it?.kind === token.LEFT_BRACE && it.indent !== indent) return -1;
  }
  return -1;
}

/** More unclosed brackets than that are looked through for no one. */
const FARTHEST = 1000;

/** `name! {`, as an item is written. */
const isMacroItem = ({ kinds }: Tokens, at: number): boolean =>
  kinds[at] === token.NAME && kinds[at + 1] === token.NOT && kinds[at + 2] === token.LEFT_BRACE;

const isUseTree = ({ kinds }: Tokens, brace: number): boolean => kinds[brace - 1] === token.PATH_SEPARATOR;

const isMacro = ({ kinds }: Tokens, bracket: number): boolean => kinds[bracket - 1] === token.NOT;

/** `fn f(a: B {`: the brace is the body's. */
const opensBody = ({ kinds }: Tokens, bracket: number, kind: number): boolean =>
  kind === token.LEFT_BRACE && kinds[bracket - 2] === token.FN;

/** Whether a brace holds items of any kind, as those of modules and macros do: what stands before it tells, which is short. */
function isContainer({ kinds }: Tokens, brace: number): boolean {
  for (let at = brace - 1; at >= 0 && at > brace - LONGEST_HEAD; at--) {
    const kind = kinds[at] ?? 0;
    if (kind === token.NOT) return kinds[at - 1] !== token.MACRO_RULES;
    if (kind === token.MOD || kind === token.EXTERN) return true;
    if (kind === token.SEMICOLON || kind === token.RIGHT_BRACE || kind === token.FN) return false;
  }
  return false;
}
/** Tokens before the brace of an item, where clauses left out. */
const LONGEST_HEAD = 40;
