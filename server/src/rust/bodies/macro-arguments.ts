/**
 * The tokens of a macro call as expressions. They are parsed where they stand, in the tokens of the text around them, so that places
 * hold and calls within calls cost nothing more.
 */
import { parseBlock, parseExpression, parseMacroTokens } from "../syntax/bodies.ts";
import * as node from "../syntax/nodes.ts";
import { parsePattern } from "../syntax/patterns.ts";
import { withoutDollars } from "../syntax/template.ts";
import * as token from "../syntax/tokens.ts";
import { type Tree, treeAt } from "./tree.ts";

export interface MacroArguments {
  readonly tree: Tree;
  /** Nodes of `tree`, in order. */
  readonly roots: readonly number[];
  /** `[element; count]` */
  readonly isRepeat: boolean;
}

/** All expressions between the brackets, whatever separates them; of `name = value` the value. */
export function argumentsAt(tree: Tree, at: number): MacroArguments {
  let separators: readonly number[] = [];
  const { tokens, bracket } = withoutDollars(tree.tokens, at);
  const parsed = treeAt(tokens, bracket, tree, (state) => {
    separators = parseMacroTokens(state);
  });
  const roots = parsed.children(parsed.nodes.count - 1).flatMap((it) => argumentIn(parsed, it) ?? []);
  const isRepeat = separators.length === 1 && parsed.lowering.kind(separators[0] ?? 0) === token.SEMICOLON && roots.length === 2;
  return { tree: parsed, roots, isRepeat };
}

function argumentIn(tree: Tree, statement: number): number | undefined {
  if (tree.kind(statement) === node.LET) return tree.flags(statement) & node.HAS_VALUE ? tree.children(statement).at(-1) : undefined;
  if (tree.kind(statement) !== node.STATEMENT) return undefined;
  const value = statement - 1;
  if (tree.kind(value) === node.ERROR && tree.nodes.arities[value] === 0) return undefined;
  return tree.kind(value) === node.ASSIGN && tree.flags(value) === 1 ? value - 1 : value;
}

/** `{ … }` as a block; undefined where it is something else. */
export function blockAt(tree: Tree, brace: number): Tree | undefined {
  if (tree.lowering.kind(brace) !== token.LEFT_BRACE) return undefined;
  let isWhole = true;
  const parsed = tree.parse(brace, (state) => {
    parseBlock(state);
    isWhole = state.errors.length === 0;
  });
  return isWhole ? parsed : undefined;
}

export interface Matched {
  readonly tree: Tree;
  readonly value: number;
  readonly pattern: number;
  readonly guard: number | undefined;
}

/** `value, pattern if guard` */
export function matchedAt(tree: Tree, bracket: number): Matched | undefined {
  const found: number[] = [];
  const parsed = tree.parse(bracket + 1, (state) => {
    parseExpression(state);
    found.push(state.nodes.count - 1);
    if (!state.take(token.COMMA)) return;
    parsePattern(state);
    found.push(state.nodes.count - 1);
    if (!state.take(token.IF)) return;
    parseExpression(state);
    found.push(state.nodes.count - 1);
  });
  const [value, pattern, guard] = found;
  return value === undefined || pattern === undefined ? undefined : { tree: parsed, value, pattern, guard };
}

export interface SelectArm {
  /** Undefined for `else` and `default`. */
  readonly head: { readonly tree: Tree; readonly pattern: number; readonly value: number; readonly guard: number | undefined } | undefined;
  readonly tree: Tree;
  readonly body: number;
}

/** `pattern = future, if guard => body`; `complete => body`. Undefined where the tokens are something else. */
export function selectArmsAt(tree: Tree, bracket: number): SelectArm[] | undefined {
  const close = tree.tokens.partners[bracket] ?? bracket;
  const arms: SelectArm[] = [];
  let at = bracket + 1;
  // `biased;`
  if (tree.lowering.kind(at + 1) === token.SEMICOLON) at += 2;
  while (at < close) {
    const arm = selectArm(tree, at);
    if (arm === undefined || arm.next <= at) return undefined;
    arms.push(arm.arm);
    at = arm.next;
    if (tree.lowering.kind(at) === token.COMMA) at++;
  }
  return arms;
}

function selectArm(tree: Tree, from: number): { readonly arm: SelectArm; readonly next: number } | undefined {
  let next = from;
  let body = 0;
  const parts: number[] = [];
  let isWhole = true;
  const parsed = tree.parse(from, (state) => {
    if (state.kind(1) === token.FAT_ARROW) state.at++;
    else {
      parsePattern(state);
      parts.push(state.nodes.count - 1);
      isWhole = state.take(token.EQUALS);
      parseExpression(state);
      parts.push(state.nodes.count - 1);
      if (state.take(token.COMMA) && state.take(token.IF)) {
        parseExpression(state);
        parts.push(state.nodes.count - 1);
      }
    }
    isWhole &&= state.take(token.FAT_ARROW);
    parseExpression(state);
    body = state.nodes.count - 1;
    next = state.at;
  });
  const [pattern, value, guard] = parts;
  if (!isWhole) return undefined;
  const head = pattern === undefined || value === undefined ? undefined : { tree: parsed, pattern, value, guard };
  return { arm: { head, tree: parsed, body }, next };
}

export interface CfgArm {
  /** The tokens of the predicate, brackets included; undefined for the last `else`. */
  readonly predicate: string | undefined;
  readonly tree: Tree;
}

/** `if #[cfg(a)] { … } else if #[cfg(b)] { … } else { … }` */
export function cfgArmsAt(tree: Tree, bracket: number): CfgArm[] {
  const arms: CfgArm[] = [];
  const { partners, text, starts, ends } = tree.tokens;
  const close = partners[bracket] ?? bracket;
  let at = bracket + 1;
  while (at < close) {
    let predicate: string | undefined;
    if (tree.lowering.kind(at) === token.ELSE) at++;
    if (tree.lowering.kind(at) === token.IF && tree.lowering.kind(at + 1) === token.HASH) {
      const open = at + 2;
      const end = partners[open] ?? open;
      predicate = text.slice(starts[open + 2] ?? 0, ends[end - 1] ?? 0);
      at = end + 1;
    }
    if (tree.lowering.kind(at) !== token.LEFT_BRACE) return arms;
    arms.push({ predicate, tree: tree.parse(at, parseBlock) });
    at = (partners[at] ?? at) + 1;
  }
  return arms;
}
