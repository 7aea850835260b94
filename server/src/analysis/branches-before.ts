/** Which branches stand in front of an operation of a body, and which operations happen whenever another one does. */
import { type BlockId, type Body, blockOf, type Local, type Operation, successorsOf } from "../rust/bodies/index.ts";
import type { Site } from "./sites.ts";

export interface Branch {
  readonly block: BlockId;
  readonly asked: Operation | undefined;
  /** Of that, the opposite. */
  readonly isNegated: boolean;
  /** Which side leads there. */
  readonly holds: boolean;
  readonly guards: boolean;
}

const known = new WeakMap<Operation, readonly Branch[]>();

/** Those of which one side alone leads to the operation, the nearest first. */
export function branchesBefore(body: Body, operation: Operation): readonly Branch[] {
  const branches = known.get(operation) ?? branchesTo(body, operation);
  known.set(operation, branches);
  return branches;
}

function branchesTo(body: Body, operation: Operation): readonly Branch[] {
  const { blocks } = body;
  const before = forwards(body);
  const leading = new Set([blockOf(body, operation)]);
  for (const it of leading) for (const from of before[it] ?? []) leading.add(from);
  return [...leading].flatMap((block) => {
    const { operations = [], end } = blocks[block] ?? {};
    if (end?.kind !== "branch" || leading.has(end.yes) === leading.has(end.no)) return [];
    return [{ block, ...askedBy(operations, end.condition), holds: leading.has(end.yes), guards: end.guards }];
  });
}

const edges = new WeakMap<Body, readonly (readonly BlockId[])[]>();

/** The blocks from which each is entered, but for the ways back to where a loop begins: what happens in one round says nothing of the next. */
function forwards(body: Body): readonly (readonly BlockId[])[] {
  const before = edges.get(body) ?? entrances(body);
  edges.set(body, before);
  return before;
}

function entrances(body: Body): readonly (readonly BlockId[])[] {
  const before = body.blocks.map((): BlockId[] => []);
  const open = new Set<BlockId>();
  const seen = new Set<BlockId>();
  const work: { readonly block: BlockId; readonly left: BlockId[] }[] = [];
  const enter = (block: BlockId): void => {
    seen.add(block);
    open.add(block);
    work.push({ block, left: [...successorsOf(body, block)] });
  };
  enter(0);
  for (let at = work.at(-1); at !== undefined; at = work.at(-1)) {
    const to = at.left.pop();
    if (to === undefined) {
      open.delete(at.block);
      work.pop();
      continue;
    }
    if (!open.has(to)) before[to]?.push(at.block);
    if (!seen.has(to)) enter(to);
  }
  return before;
}

function askedBy(operations: readonly Operation[], condition: Local): Pick<Branch, "asked" | "isNegated"> {
  let asked = operations.findLast((it) => it.to === condition);
  let isNegated = false;
  while (asked?.kind === "unary" && asked.operator === "!") {
    const { operand } = asked;
    asked = operations.findLast((it) => it.to === operand);
    isNegated = !isNegated;
  }
  return { asked, isNegated };
}

/**
 * The occasion on which the last of several calls happens: the same for all that happens whenever it does. What a function does in any case
 * happens when the function is called.
 */
export function occasionOf(chain: readonly Site[]): string {
  const ways = chain.map(({ body, operation }) =>
    branchesBefore(body, operation).flatMap(({ guards, block, holds }) => (guards ? `${block}${holds ? "+" : "-"}` : [])),
  );
  const last = Math.max(
    0,
    ways.findLastIndex((it) => it.length > 0),
  );
  const calls = chain.slice(0, last).map(({ owner, operation: { span } }) => `${owner}@${span.start}-${span.end}`);
  return [...calls, chain[last]?.owner, ...(ways[last] ?? [])].join(" ");
}
