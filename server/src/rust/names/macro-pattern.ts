/** The left-hand sides of `macro_rules!`: what they ask of the tokens of a call, as data. */
import { partnersOf } from "../items/brackets.ts";
import { lex } from "../syntax/lexer.ts";
import * as token from "../syntax/tokens.ts";

/** A text as tokens with paired brackets. */
export interface TokenTree {
  readonly tokens: token.Tokens;
  readonly partners: Int32Array;
}

/** Where a part stands in the text of its macro, and whether it touches what stands before. */
interface Placed {
  readonly start: number;
  readonly end: number;
  readonly touches: boolean;
}

export type Part = Placed &
  (
    | { readonly kind: "token"; readonly text: string }
    | { readonly kind: "group"; readonly open: string; readonly parts: readonly Part[] }
    /** `$name:fragment`; on the right-hand side the fragment is empty. */
    | { readonly kind: "variable"; readonly name: string; readonly fragment: string }
    | { readonly kind: "crate" }
    /** `$( … ) separator *`. */
    | { readonly kind: "repetition"; readonly parts: readonly Part[]; readonly separator: string; readonly operator: string }
  );

export interface Rule {
  readonly left: readonly Part[];
  readonly right: readonly Part[];
}

export function treeOf(text: string): TokenTree {
  const tokens = lex(text);
  return { tokens, partners: partnersOf(tokens) };
}

export const textAt = ({ tokens }: TokenTree, at: number): string => tokens.text.slice(tokens.starts[at] ?? 0, tokens.ends[at] ?? 0);

/** Whether a token touches the one before, as the parts of `&&` do. */
const touches = ({ tokens }: TokenTree, at: number): boolean => at > 0 && tokens.starts[at] === tokens.ends[at - 1];

/** Of a whole `macro_rules! name { … }`, or `macro name($a:expr) { … }`, which is one rule. */
export function rulesOf(text: string): readonly Rule[] {
  const tree = treeOf(text);
  const { kinds, count } = tree.tokens;
  let open = 0;
  while (open < count && !isOpening(kinds[open] ?? token.END)) open++;
  const rules: Rule[] = [];
  const close = tree.partners[open] ?? 0;
  if (kinds[open] === token.LEFT_PAREN && kinds[close + 1] === token.LEFT_BRACE) {
    const right = tree.partners[close + 1] ?? close + 1;
    return [{ left: partsIn(tree, open + 1, close), right: partsIn(tree, close + 2, right) }];
  }
  for (let at = open + 1; at < close; ) {
    const left = tree.partners[at] ?? 0;
    const right = left + 2;
    if (left <= at || kinds[left + 1] !== token.FAT_ARROW || !isOpening(kinds[right] ?? token.END)) {
      at++;
      continue;
    }
    const end = tree.partners[right] ?? right;
    rules.push({ left: partsIn(tree, at + 1, left), right: partsIn(tree, right + 1, end) });
    at = Math.max(end, right) + 1;
  }
  return rules;
}

function partsIn(tree: TokenTree, from: number, to: number): readonly Part[] {
  const { kinds } = tree.tokens;
  const parts: Part[] = [];
  for (let at = from; at < to; at++) {
    const kind = kinds[at] ?? token.END;
    if (kind === token.DOLLAR && at + 1 < to) {
      const next = kinds[at + 1];
      if (next === token.LEFT_PAREN) {
        const close = tree.partners[at + 1] ?? at + 1;
        const { separator, last } = afterRepetition(tree, close + 1, to);
        const inner = partsIn(tree, at + 2, close);
        parts.push({ ...placed(tree, at, last), kind: "repetition", parts: inner, separator, operator: textAt(tree, last) });
        at = last;
        continue;
      }
      if (next === token.CRATE) {
        parts.push({ ...placed(tree, at, at + 1), kind: "crate" });
        at++;
        continue;
      }
      const typed = kinds[at + 2] === token.COLON && at + 3 < to && touches(tree, at + 2);
      const fragment = typed ? textAt(tree, at + 3) : "";
      parts.push({ ...placed(tree, at, at + 1), kind: "variable", name: textAt(tree, at + 1), fragment });
      at += typed ? 3 : 1;
    } else if (isOpening(kind)) {
      const close = tree.partners[at] ?? at;
      parts.push({ ...placed(tree, at, close), kind: "group", open: textAt(tree, at), parts: partsIn(tree, at + 1, close) });
      at = close;
    } else parts.push({ ...placed(tree, at, at), kind: "token", text: textAt(tree, at) });
  }
  return parts;
}

/** From a token to the last one. */
function placed(tree: TokenTree, first: number, last: number): Placed {
  const { starts, ends } = tree.tokens;
  return { start: starts[first] ?? 0, end: ends[Math.max(first, last)] ?? 0, touches: touches(tree, first) };
}

/** `sep *` behind the parenthesis; a separator may be several tokens that touch. */
function afterRepetition(tree: TokenTree, from: number, to: number): { readonly separator: string; readonly last: number } {
  let separator = "";
  for (let at = from; at < to; at++) {
    const text = textAt(tree, at);
    if (OPERATORS.has(text)) return { separator, last: at };
    if (separator !== "" && !touches(tree, at)) break;
    separator += text;
  }
  return { separator, last: Math.min(from, to - 1) };
}

const OPERATORS: ReadonlySet<string> = new Set(["*", "+", "?"]);

export const isOpening = (kind: number): boolean => kind === token.LEFT_PAREN || kind === token.LEFT_BRACKET || kind === token.LEFT_BRACE;
