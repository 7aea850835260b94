/** From a text to its tokens, in one pass that never fails: what is no token is a stray one, and told. */
import { classOf, DIGIT, endOfName, isSpace, LETTER, SPACE, startsName, widthAt } from "./characters.ts";
import {
  endOfBlockComment,
  endOfLine,
  endOfLineComment,
  endOfQuoted,
  endOfRawString,
  endOfString,
  isLifetime,
  OPEN,
  startsRawString,
} from "./literals.ts";
import * as token from "./tokens.ts";
import { TokenBuffer, type Tokens } from "./tokens.ts";
import { type Units, unitAt, unitsOf } from "./units.ts";

export function lex(text: string): Tokens {
  const units = unitsOf(text);
  // Something that is never closed began somewhere before: then no string goes over an item's head.
  return scan(text, units, false) ?? scan(text, units, true) ?? { text, units, ...new TokenBuffer(2).finish(0), comments: [], errors: [] };
}

/** Undefined where something is not closed, unless the text is known to be `damaged`: there it ends with its line. */
const scan = (text: string, units: Units, damaged: boolean): Tokens | undefined => new Lexer(text, units, damaged).run();

class Lexer {
  readonly #text: string;
  readonly #units: Units;
  readonly #damaged: boolean;
  readonly #end: number;
  readonly #buffer: TokenBuffer;
  readonly #comments: number[] = [];
  readonly #errors: number[] = [];
  #isOpen = false;

  constructor(text: string, units: Units, damaged: boolean) {
    this.#text = text;
    this.#units = units;
    this.#damaged = damaged;
    this.#end = text.length;
    this.#buffer = new TokenBuffer((text.length >> 2) + 16);
  }

  run(): Tokens | undefined {
    const units = this.#units;
    const end = this.#end;
    for (let at = endOfShebang(this.#text, units); at < end; ) {
      const unit = unitAt(units, at);
      const kind = classOf(unit);
      if (kind === SPACE) at++;
      else if (kind === LETTER) at = this.#word(at, unit);
      else if (kind === DIGIT) at = this.#number(at);
      else if (unit < 0x80) at = this.#sign(at, unit);
      else at = this.#foreign(at, unit);
    }
    if (this.#isOpen && !this.#damaged) return undefined;
    return { text: this.#text, units, ...this.#buffer.finish(end), comments: this.#comments, errors: this.#errors };
  }

  /** Where what began at `start` closes. */
  #closed(start: number, close: number): number {
    if (close !== OPEN) return close;
    this.#isOpen = true;
    const line = endOfLine(this.#units, start, this.#end);
    this.#errors.push(start, line);
    return line;
  }

  /** A name, a keyword, or a literal that begins with letters. */
  #word(start: number, unit: number): number {
    const units = this.#units;
    const at = endOfName(units, start);
    const close = at - start <= 2 ? quotedEnd(units, start, at, this.#end) : 0;
    if (close !== 0) {
      const end = this.#closed(start, close);
      this.#buffer.push(unitAt(units, start + 1) === APOSTROPHE ? token.CHARACTER : token.STRING, start, end);
      return end;
    }
    if (unit === LOWER_R && at === start + 1 && unitAt(units, at) === HASH && startsName(units, at + 1)) {
      const end = endOfName(units, at + 1);
      this.#buffer.push(token.NAME, start, end);
      return end;
    }
    this.#buffer.push(token.kindOfName(units, start, at), start, at);
    return at;
  }

  #number(start: number): number {
    const units = this.#units;
    const isField = this.#buffer.count > 0 && this.#buffer.kinds[this.#buffer.count - 1] === token.DOT;
    const at = isField ? endOfName(units, start) : endOfNumber(units, start);
    this.#buffer.push(isField || !isFraction(units, start, at) ? token.INTEGER : token.FLOAT, start, at);
    return at;
  }

  /** Of ASCII: a comment, a quote, or punctuation. */
  #sign(start: number, unit: number): number {
    const units = this.#units;
    if (unit === SLASH) {
      const next = unitAt(units, start + 1);
      if (next === SLASH || next === STAR) return this.#comment(start, next === STAR);
    }
    if (unit === QUOTE) return this.#string(start);
    if (unit === APOSTROPHE) return this.#apostrophe(start);
    const at = start + punctuation(units, start, this.#buffer);
    if (this.#buffer.kinds[this.#buffer.count - 1] === token.STRAY) this.#errors.push(start, at);
    return at;
  }

  #comment(start: number, isBlock: boolean): number {
    const at = isBlock
      ? this.#closed(start, endOfBlockComment(this.#units, start, this.#end))
      : endOfLineComment(this.#units, start, this.#end);
    this.#comments.push(start, at);
    return at;
  }

  #string(start: number): number {
    const close = endOfString(this.#units, start, this.#end);
    const isSwallowing = this.#damaged && close !== OPEN && swallowsItem(this.#units, start, close);
    const at = this.#closed(start, isSwallowing ? OPEN : close);
    this.#buffer.push(token.STRING, start, at);
    return at;
  }

  /** A character, a lifetime, or a mark that nothing closes. */
  #apostrophe(start: number): number {
    const close = endOfQuoted(this.#units, start, this.#end);
    if (close === OPEN) {
      this.#errors.push(start, start + 1);
      this.#buffer.push(token.STRAY, start, start + 1);
      return start + 1;
    }
    this.#buffer.push(isLifetime(this.#units, close) ? token.LIFETIME : token.CHARACTER, start, close);
    return close;
  }

  /** Beyond ASCII: a blank, a name, or what no token begins with. */
  #foreign(start: number, unit: number): number {
    if (isSpace(unit)) return start + 1;
    if (startsName(this.#units, start)) {
      const at = endOfName(this.#units, start);
      this.#buffer.push(token.NAME, start, at);
      return at;
    }
    const at = start + widthAt(this.#units, start);
    this.#errors.push(start, at);
    this.#buffer.push(token.STRAY, start, at);
    return at;
  }
}

/** Whether a line between two offsets begins, in its first column, as items do or as their bodies end. */
function swallowsItem(units: Units, start: number, end: number): boolean {
  for (let line = units.indexOf(NEWLINE, start) + 1; line > 0 && line < end; line = units.indexOf(NEWLINE, line) + 1) {
    const unit = unitAt(units, line);
    if (unit === RIGHT_BRACE || unit === HASH) return true;
    if (classOf(unit) === LETTER && token.ITEM_HEADS.has(token.kindOfName(units, line, endOfName(units, line)))) return true;
  }
  return false;
}

const NEWLINE = 10;
const QUOTE = 34;
const HASH = 35;
const APOSTROPHE = 39;
const STAR = 42;
const DOT = 46;
const SLASH = 47;
const LOWER_B = 98;
const LOWER_C = 99;
const LOWER_R = 114;
const RIGHT_BRACE = 125;

/** `#!/usr/bin/env …` in the first line, and a byte order mark before it. */
function endOfShebang(text: string, units: Units): number {
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  return text.startsWith("#!", start) && !/^#!\s*\[/.test(text.slice(start, start + 100))
    ? endOfLineComment(units, start, text.length)
    : start;
}

/** Of a literal that a name of one or two letters begins: `r"`, `b"`, `b'`, `br"`, `c"`, `cr"`. Zero where it is a name. */
function quotedEnd(units: Units, start: number, at: number, end: number): number {
  const first = unitAt(units, start);
  if (at === start + 1) {
    if (first === LOWER_R) return startsRawString(units, start) ? endOfRawString(units, start, end) : 0;
    if (first !== LOWER_B && first !== LOWER_C) return 0;
    const quote = unitAt(units, at);
    if (quote === QUOTE) return endOfString(units, at, end);
    if (quote !== APOSTROPHE || first !== LOWER_B) return 0;
    const close = endOfQuoted(units, at, end);
    return close === OPEN || isLifetime(units, close) ? 0 : close;
  }
  return (first === LOWER_B || first === LOWER_C) && startsRawString(units, start + 1) ? endOfRawString(units, start + 1, end) : 0;
}

/** `1_000u32`, `0xff`, `1.5e-3f64`; the dot of `1..2` and `1.max(2)` is none of the number. */
function endOfNumber(units: Units, start: number): number {
  let at = start;
  if (unitAt(units, at) === 48 && /[xob]/.test(String.fromCharCode(unitAt(units, at + 1)))) return endOfName(units, at);
  at = endOfDecimals(units, at);
  if (unitAt(units, at) === DOT && unitAt(units, at + 1) !== DOT && !startsName(units, at + 1)) at = endOfDecimals(units, at + 1);
  if ((unitAt(units, at) | 32) === 101) {
    const sign = unitAt(units, at + 1);
    if (sign === 43 || sign === 45) at = classOf(unitAt(units, at + 2)) === DIGIT ? at + 2 : at;
  }
  return endOfName(units, at);
}

function endOfDecimals(units: Units, start: number): number {
  let at = start;
  while (classOf(unitAt(units, at)) === DIGIT || unitAt(units, at) === 95) at++;
  return at;
}

/** Of a number without prefix: it has a dot or an exponent. */
function isFraction(units: Units, start: number, end: number): boolean {
  if (unitAt(units, start) === 48 && /[xob]/.test(String.fromCharCode(unitAt(units, start + 1)))) return false;
  for (let at = start; at < end; at++) {
    const unit = unitAt(units, at);
    if (unit === DOT || (unit | 32) === 101) return !isSizeSuffix(units, at);
  }
  return false;
}

/** The `e` in `usize` and `isize`. */
const isSizeSuffix = (units: Units, at: number): boolean => unitAt(units, at - 1) === 122;

const SINGLE = new Uint8Array(128).fill(token.STRAY);
for (const [text, kind] of [
  ["(", token.LEFT_PAREN],
  [")", token.RIGHT_PAREN],
  ["[", token.LEFT_BRACKET],
  ["]", token.RIGHT_BRACKET],
  ["{", token.LEFT_BRACE],
  ["}", token.RIGHT_BRACE],
  [";", token.SEMICOLON],
  [",", token.COMMA],
  [":", token.COLON],
  [".", token.DOT],
  ["=", token.EQUALS],
  ["<", token.LESS],
  [">", token.GREATER],
  ["!", token.NOT],
  ["+", token.PLUS],
  ["-", token.MINUS],
  ["*", token.TIMES],
  ["/", token.DIVIDE],
  ["%", token.REMAINDER],
  ["^", token.XOR],
  ["&", token.AND],
  ["|", token.OR],
  ["@", token.AT],
  ["#", token.HASH],
  ["?", token.QUESTION],
  ["$", token.DOLLAR],
  ["~", token.TILDE],
] as const)
  SINGLE[text.charCodeAt(0)] = kind;

/** Pushes the punctuation at an offset; its length. */
function punctuation(units: Units, at: number, buffer: TokenBuffer): number {
  const kind = SINGLE[unitAt(units, at)] ?? token.STRAY;
  const next = unitAt(units, at + 1);
  let whole = kind;
  let length = 1;
  if (kind === token.COLON) {
    if (next === 58) whole = token.PATH_SEPARATOR;
  } else if (kind === token.MINUS) {
    if (next === 62) whole = token.ARROW;
  } else if (kind === token.EQUALS) {
    if (next === 62) whole = token.FAT_ARROW;
  } else if (kind === token.DOT && next === DOT) {
    const third = unitAt(units, at + 2);
    whole = third === DOT ? token.ELLIPSIS : third === 61 ? token.DOT_DOT_EQUALS : token.DOT_DOT;
    if (whole !== token.DOT_DOT) length = 3;
  }
  if (whole !== kind && length === 1) length = 2;
  buffer.push(whole, at, at + length);
  return length;
}
