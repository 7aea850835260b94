/**
 * Where a tree is cut before it is lowered: whoever walks plain data does it by recursion, so that what nests deeper than anybody
 * writes must not reach them. The parser itself has no such bound.
 */
import { DEEPEST_NESTING, LONGEST_CHAIN } from "../bounds.ts";
import type { Nodes } from "../syntax/nodes.ts";
import * as node from "../syntax/nodes.ts";

export const KEPT = 0;
/** Stands for all that is below it. */
export const TOO_DEEP = 1;
const TOO_LONG = 2;
/** Below such a node. */
export const DROPPED = 3;

/** A node whose children are not all seen yet, from the root back. */
interface Open {
  readonly at: number;
  /** Children that are still to come. */
  left: number;
  readonly depth: number;
  readonly chain: number;
  readonly cut: number;
}

const ROOT: Open = { at: -1, left: Number.POSITIVE_INFINITY, depth: 0, chain: 0, cut: KEPT };

/** What becomes of each node from `first` on; undefined where all are kept. */
export function cutsOf(nodes: Nodes, first: number): Uint8Array | undefined {
  const { count, arities } = nodes;
  if (count - first <= DEEPEST_NESTING) return undefined;
  const cuts = new Uint8Array(count - first);
  const open: Open[] = [ROOT];
  let isCut = false;
  for (let at = count - 1; at >= first; at--) {
    while (open[open.length - 1]?.left === 0) open.pop();
    const parent = open[open.length - 1] ?? ROOT;
    parent.left--;
    const below = belowOf(nodes, at, parent);
    if (below.cut !== KEPT) isCut = true;
    cuts[at - first] = below.cut;
    if ((arities[at] ?? 0) > 0) open.push(below);
  }
  return isCut ? cuts : undefined;
}

/** What holds for the children of a node. */
function belowOf({ kinds, arities }: Nodes, at: number, parent: Open): Open {
  const left = arities[at] ?? 0;
  const kind = kinds[at] ?? 0;
  if (parent.cut !== KEPT) return { at, left, depth: parent.depth, chain: parent.chain, cut: DROPPED };
  if (EXPRESSIONS[kind] !== 1) return { at, left, depth: parent.depth, chain: parent.chain, cut: KEPT };
  const isChained = parent.at >= 0 && isLink(kinds[parent.at] ?? 0, kind, parent.left);
  const depth = isChained ? parent.depth : parent.depth + 1;
  const chain = isChained ? parent.chain + 1 : 0;
  return { at, left, depth, chain, cut: depth > DEEPEST_NESTING ? TOO_DEEP : chain > LONGEST_CHAIN ? TOO_LONG : KEPT };
}

/** The operand that an expression starts with, and an `if` behind `else`; `before` is how many children lie before it. */
function isLink(parent: number, child: number, before: number): boolean {
  if (parent === node.IF) return child === node.IF && before === 2;
  return before === 0 && CHAINED[parent] === 1;
}

const EXPRESSIONS = new Uint8Array(256).fill(1, node.LITERAL, node.ERROR + 1);
EXPRESSIONS[node.YIELD] = 1;
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
