/**
 * The tokens of a macro call as expressions. They are parsed where they stand, in the tokens of the text around them, so that places
 * hold and calls within calls cost nothing more.
 */
import { parseBlock, parseExpression } from "../syntax/bodies.ts";
import * as node from "../syntax/nodes.ts";
import { parsePattern } from "../syntax/patterns.ts";
import { isName, type State } from "../syntax/state.ts";
import * as token from "../syntax/tokens.ts";
import type { Tree } from "./tree.ts";

export interface MacroArguments {
  readonly tree: Tree;
  /** Nodes of `tree`, in order. */
  readonly roots: readonly number[];
  /** `[element; count]` */
  readonly isRepeat: boolean;
}

/** All expressions between the brackets, whatever separates them. */
export function argumentsAt(tree: Tree, bracket: number): MacroArguments {
  const roots: number[] = [];
  const close = tree.tokens.partners[bracket] ?? bracket;
  const separators: number[] = [];
  const parsed = tree.parse(bracket + 1, (state) => {
    while (state.at < close) {
      const from = state.at;
      if (isSeparator(state.kind())) {
        separators.push(state.kind());
        state.at++;
        continue;
      }
      skipMarks(state);
      parseExpression(state);
      const last = state.nodes.count - 1;
      if (state.nodes.kinds[last] !== node.ERROR || state.nodes.arities[last] !== 0) roots.push(last);
      else state.nodes.count--;
      if (state.at === from) state.skip();
    }
  });
  return { tree: parsed, roots, isRepeat: separators.length === 1 && separators[0] === token.SEMICOLON && roots.length === 2 };
}

const isSeparator = (kind: number): boolean => kind === token.COMMA || kind === token.SEMICOLON || kind === token.FAT_ARROW;

/** `name = value`, `name: value`, and `%value` or `?value` of tracing. */
function skipMarks(state: State): void {
  const next = state.kind(1);
  const isNamed = next === token.COLON || (next === token.EQUALS && state.kind(2) !== token.EQUALS && state.kind(2) !== token.GREATER);
  if (isName(state.kind()) && isNamed) state.at += 2;
  if (state.kind() === token.REMAINDER || state.kind() === token.QUESTION) state.at++;
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
