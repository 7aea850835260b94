/**
 * Where a tree is cut before it is lowered: whoever walks plain data does it by recursion, so that what nests deeper than anybody
 * writes must not reach them. The parser itself has no such bound.
 */

import type { Nodes } from "../syntax/nodes.ts";
import * as node from "../syntax/nodes.ts";

/** Levels of expressions, and links of a chain, which counts as one. */
const DEEPEST_EXPRESSION = 200;
const LONGEST_CHAIN = 1000;

export const KEPT = 0;
/** Stands for all that is below it. */
export const TOO_DEEP = 1;
const TOO_LONG = 2;
/** Below such a node. */
export const DROPPED = 3;

/** What becomes of each node from `first` on; undefined where all are kept. */
export function cutsOf(nodes: Nodes, first: number): Uint8Array | undefined {
  const { count, kinds, arities } = nodes;
  if (count - first <= DEEPEST_EXPRESSION) return undefined;
  const cuts = new Uint8Array(count - first);
  // From the root back, each node finds its parent on top: how many of its children are still to come, and where it stands.
  const left: number[] = [];
  const depths: number[] = [];
  const chains: number[] = [];
  const parents: number[] = [];
  let isCut = false;
  for (let at = count - 1; at >= first; at--) {
    while (left.at(-1) === 0) {
      left.pop();
      depths.pop();
      chains.pop();
      parents.pop();
    }
    const top = left.length - 1;
    const parent = parents[top] ?? -1;
    const remaining = (left[top] ?? 1) - 1;
    const isExpression = EXPRESSIONS[kinds[at] ?? 0] === 1;
    let depth = depths[top] ?? 0;
    let chain = chains[top] ?? 0;
    let cut = KEPT;
    if (top >= 0) {
      left[top] = remaining;
      const above = cuts[parent - first] ?? KEPT;
      if (above !== KEPT) cut = DROPPED;
    }
    if (cut === KEPT && isExpression) {
      if (parent >= 0 && isLink(kinds[parent] ?? 0, kinds[at] ?? 0, remaining)) chain++;
      else {
        depth++;
        chain = 0;
      }
      if (depth > DEEPEST_EXPRESSION) cut = TOO_DEEP;
      else if (chain > LONGEST_CHAIN) cut = TOO_LONG;
    }
    if (cut !== KEPT) isCut = true;
    cuts[at - first] = cut;
    const arity = arities[at] ?? 0;
    if (arity > 0) {
      left.push(arity);
      depths.push(depth);
      chains.push(chain);
      parents.push(at);
    }
  }
  return isCut ? cuts : undefined;
}

/** The operand that an expression starts with, and an `if` behind `else`; `before` is how many children lie before it. */
function isLink(parent: number, child: number, before: number): boolean {
  if (parent === node.IF) return child === node.IF && before === 2;
  return before === 0 && CHAINED[parent] === 1;
}

const EXPRESSIONS = new Uint8Array(256).fill(1, node.LITERAL, node.ERROR + 1);
for (const kind of [node.FIELD_VALUE, node.STRUCT_BASE, node.BLOCK, node.ARM]) EXPRESSIONS[kind] = 0;

const CHAINED = new Uint8Array(256);
for (const kind of [
  node.PAREN,
  node.UNARY,
  node.REFERENCE,
  node.BINARY,
  node.CAST,
  node.CALL,
  node.METHOD,
  node.FIELD,
  node.INDEX,
  node.TRY,
  node.AWAIT,
])
  CHAINED[kind] = 1;
