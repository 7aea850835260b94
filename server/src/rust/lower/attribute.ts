/** What an attribute says, as plain data: its path, a value behind `=`, and what is nested in parentheses. */
import { partnersOf } from "../items/brackets.ts";
import { lex } from "../syntax/lexer.ts";
import * as token from "../syntax/tokens.ts";
import { stringOf } from "./literals.ts";

export interface Attribute {
  /** Without blanks; empty for what does not begin with a path. */
  readonly path: string;
  readonly value: AttributeValue | undefined;
  readonly arguments: readonly Attribute[];
}

export interface AttributeValue {
  /** As it stands there. */
  readonly written: string;
  /** Of a string alone what it holds. */
  readonly text: string | undefined;
}

/** Of what stands between `#[` and `]`; `unsafe(…)` is seen through. */
export function attributeOf(text: string): Attribute {
  const [first = NOTHING] = partsOf(text);
  const [inner] = first.arguments;
  return first.path === "unsafe" && inner !== undefined ? inner : first;
}

const NOTHING: Attribute = { path: "", value: undefined, arguments: [] };

interface Part {
  readonly into: Attribute[];
  readonly from: number;
  readonly to: number;
}

/** Separated by commas, however deep they are nested. */
function partsOf(text: string): readonly Attribute[] {
  const tokens = lex(text);
  const partners = partnersOf(tokens);
  const found: Attribute[] = [];
  const open: Part[] = [{ into: found, from: 0, to: tokens.count }];
  for (let list = open.pop(); list !== undefined; list = open.pop()) {
    for (let at = list.from; at < list.to; at++) {
      const from = at;
      while (at < list.to && tokens.kinds[at] !== token.COMMA) at = Math.max(at, partners[at] ?? 0) + 1;
      if (at > from) list.into.push(partBetween(tokens, partners, from, Math.min(at, list.to), open));
    }
  }
  return found;
}

function partBetween({ text, kinds, starts, ends }: token.Tokens, partners: Int32Array, from: number, to: number, open: Part[]): Attribute {
  const written = (first: number, end: number): string => text.slice(starts[first] ?? 0, ends[end - 1] ?? 0);
  let at = from;
  let path = "";
  for (let before = token.PATH_SEPARATOR; at < to && isNext(kinds[at] ?? token.END, before); at++) {
    before = kinds[at] ?? token.END;
    path += written(at, at + 1);
  }
  const nested: Attribute[] = [];
  if (kinds[at] === token.LEFT_PAREN) {
    const close = partners[at] ?? to;
    open.push({ into: nested, from: at + 1, to: close });
    at = close + 1;
  }
  if (kinds[at] !== token.EQUALS || at + 1 >= to) return { path, value: undefined, arguments: nested };
  const isText = kinds[at + 1] === token.STRING && at + 2 === to;
  const value = written(at + 1, to);
  return { path, value: { written: value, text: isText ? stringOf(value, 0).value : undefined }, arguments: nested };
}

/** Names and separators by turns; keywords are names here: `type`, `default`, `unsafe`. */
function isNext(kind: number, before: number): boolean {
  const isName = kind >= token.NAME && kind <= token.WHILE;
  return isName ? before === token.PATH_SEPARATOR : kind === token.PATH_SEPARATOR;
}
