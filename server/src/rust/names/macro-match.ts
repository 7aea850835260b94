/** Whether the tokens of a call fit a rule of `macro_rules!`, and what its variables are bound to then. Without backtracking, as rustc's. */
import * as token from "../syntax/tokens.ts";
import { isOpening, type Part, type TokenTree, textAt } from "./macro-pattern.ts";

/** Tokens of the call, or one binding for each turn of the repetition around it. */
export type Binding = Bound | readonly Binding[];

export interface Bound {
  readonly text: string;
  /** Where it begins in the text of the call. */
  readonly start: number;
  /** An expression of several parts, which stays one whatever is written around it. */
  readonly isCompound: boolean;
}

export type Bindings = Map<string, Binding>;

export const isBound = (it: Binding | undefined): it is Bound => it !== undefined && "text" in it;
const NOTHING: Bound = { text: "", start: 0, isCompound: false };

/** From one token to the one before another: all of them have to fit. */
export function match(tree: TokenTree, from: number, to: number, parts: readonly Part[]): Bindings | undefined {
  const bindings: Bindings = new Map();
  return sequence(tree, from, to, parts, bindings) === to ? bindings : undefined;
}

/** Where the parts end; undefined where they do not fit. */
function sequence(tree: TokenTree, from: number, to: number, parts: readonly Part[], bindings: Bindings): number | undefined {
  let at: number | undefined = from;
  for (const part of parts) {
    at = one(tree, at, to, part, bindings);
    if (at === undefined) return undefined;
  }
  return at;
}

function one(tree: TokenTree, at: number, to: number, part: Part, bindings: Bindings): number | undefined {
  switch (part.kind) {
    case "token":
      return at < to && textAt(tree, at) === part.text ? at + 1 : undefined;
    case "crate":
      return undefined;
    case "group": {
      if (at >= to || textAt(tree, at) !== part.open) return undefined;
      const close = tree.partners[at] ?? at;
      return sequence(tree, at + 1, close, part.parts, bindings) === close ? close + 1 : undefined;
    }
    case "variable": {
      const end = endOfFragment(tree, at, to, part.fragment);
      if (end === undefined) return undefined;
      const { starts, ends, text } = tree.tokens;
      const start = starts[at] ?? 0;
      const isCompound = EXPRESSIONS.has(part.fragment) && hasOperators(tree, at, end);
      bindings.set(part.name, end === at ? NOTHING : { text: text.slice(start, ends[end - 1] ?? 0), start, isCompound });
      return end;
    }
    case "repetition":
      return repetition(tree, at, to, part, bindings);
  }
}

function repetition(
  tree: TokenTree,
  from: number,
  to: number,
  { parts, separator, operator }: Part & { readonly kind: "repetition" },
  bindings: Bindings,
): number | undefined {
  const turns: Bindings[] = [];
  let at = from;
  while (at <= to && (operator !== "?" || turns.length === 0)) {
    const start = turns.length === 0 ? at : afterSeparator(tree, at, to, separator);
    const turn: Bindings = new Map();
    const end = start === undefined ? undefined : sequence(tree, start, to, parts, turn);
    // A turn that takes nothing would be taken for ever.
    if (end === undefined || end === at) break;
    turns.push(turn);
    at = end;
  }
  if (operator === "+" && turns.length === 0) return undefined;
  for (const name of namesIn(parts))
    bindings.set(
      name,
      turns.map((it) => it.get(name) ?? NOTHING),
    );
  return at;
}

function afterSeparator(tree: TokenTree, from: number, to: number, separator: string): number | undefined {
  let rest = separator;
  let at = from;
  while (rest !== "") {
    const text = at < to ? textAt(tree, at) : "";
    if (text === "" || !rest.startsWith(text)) return undefined;
    rest = rest.slice(text.length);
    at++;
  }
  return at;
}

const EXPRESSIONS: ReadonlySet<string> = new Set(["expr", "expr_2021"]);

/** Whether anything but a name, a literal, and what follows them binds tokens together. */
function hasOperators(tree: TokenTree, from: number, to: number): boolean {
  const { kinds } = tree.tokens;
  for (let at = from; at < to; at = isOpening(kinds[at] ?? 0) ? Math.max(tree.partners[at] ?? at, at) + 1 : at + 1) {
    const kind = kinds[at] ?? token.END;
    const isName = kind >= token.NAME && kind <= token.LAST_SEGMENT;
    if (!isName && !isLiteral(kind) && !isOpening(kind) && (at === from || !POSTFIX.has(kind))) return true;
  }
  return false;
}

const POSTFIX: ReadonlySet<number> = new Set([token.DOT, token.PATH_SEPARATOR, token.QUESTION, token.NOT]);

export function namesIn(parts: readonly Part[]): readonly string[] {
  return parts.flatMap((it) => (it.kind === "variable" ? [it.name] : "parts" in it ? namesIn(it.parts) : []));
}

function endOfFragment(tree: TokenTree, at: number, to: number, fragment: string): number | undefined {
  const kind = at < to ? (tree.tokens.kinds[at] ?? token.END) : token.END;
  if (fragment === "vis") return endOfVisibility(tree, at, kind);
  if (at >= to) return undefined;
  switch (fragment) {
    case "ident":
      return kind >= token.NAME && kind < token.LIFETIME && textAt(tree, at) !== "_" ? at + 1 : undefined;
    case "lifetime":
      return kind === token.LIFETIME ? at + 1 : undefined;
    case "tt":
      return isOpening(kind) ? (tree.partners[at] ?? at) + 1 : at + 1;
    case "literal":
      return isLiteral(kind) ? at + 1 : kind === token.MINUS && isLiteral(tree.tokens.kinds[at + 1] ?? token.END) ? at + 2 : undefined;
    case "block":
      return kind === token.LEFT_BRACE ? (tree.partners[at] ?? at) + 1 : undefined;
    case "item":
      return endOfItem(tree, at, to);
    default:
      return until(tree, at, to, ENDS[fragment] ?? ENDS_OF_EXPRESSION);
  }
}

const isLiteral = (kind: number): boolean =>
  kind >= token.INTEGER && kind <= token.STRING ? true : kind === token.TRUE || kind === token.FALSE;

/** What may follow a fragment, and so ends it. */
const ENDS_OF_EXPRESSION: ReadonlySet<number> = new Set([token.FAT_ARROW, token.COMMA, token.SEMICOLON]);
const ENDS_OF_TYPE: ReadonlySet<number> = new Set([
  ...ENDS_OF_EXPRESSION,
  ...[token.LEFT_BRACE, token.COLON, token.EQUALS, token.OR, token.AS, token.WHERE],
]);
const ENDS_OF_PATTERN: ReadonlySet<number> = new Set([...ENDS_OF_EXPRESSION, token.EQUALS, token.IF, token.IN]);
const ENDS: Readonly<Record<string, ReadonlySet<number>>> = {
  ty: ENDS_OF_TYPE,
  path: ENDS_OF_TYPE,
  pat: ENDS_OF_PATTERN,
  pat_param: new Set([...ENDS_OF_PATTERN, token.OR]),
};

/** Commas in generic arguments end nothing. */
function until(tree: TokenTree, from: number, to: number, ends: ReadonlySet<number>): number | undefined {
  const { kinds } = tree.tokens;
  let angles = 0;
  let at = from;
  while (at < to) {
    const kind = kinds[at] ?? token.END;
    if (ends.has(kind) && angles <= 0) break;
    if (ends === ENDS_OF_TYPE || kinds[at - 1] === token.PATH_SEPARATOR || angles > 0) {
      if (kind === token.LESS) angles++;
      else if (kind === token.GREATER) angles--;
    }
    at = isOpening(kind) ? Math.max(tree.partners[at] ?? at, at) + 1 : at + 1;
  }
  return at === from ? undefined : at;
}

function endOfVisibility(tree: TokenTree, at: number, kind: number): number {
  if (kind !== token.PUB) return at;
  const inner = tree.tokens.kinds[at + 2];
  const restricted =
    tree.tokens.kinds[at + 1] === token.LEFT_PAREN &&
    (inner === token.CRATE || inner === token.SELF || inner === token.SUPER || inner === token.IN);
  return restricted ? (tree.partners[at + 1] ?? at) + 1 : at + 1;
}

/** To its braces or its semicolon, attributes in front included. */
function endOfItem(tree: TokenTree, from: number, to: number): number | undefined {
  const { kinds } = tree.tokens;
  for (let at = from; at < to; at++) {
    const kind = kinds[at] ?? token.END;
    if (kind === token.SEMICOLON) return at + 1;
    if (!isOpening(kind)) continue;
    at = Math.max(tree.partners[at] ?? at, at);
    if (kind === token.LEFT_BRACE) return at + 1;
  }
  return undefined;
}
