/** The edges of a control-flow graph: which blocks may follow one, and where an operation stands among them. */
import type { BlockId, Body, Operation } from "./body.ts";

/** Of a branch, `yes` is last: a walk that takes the last first goes the way of the source. */
export function successorsOf({ blocks }: Body, block: BlockId): readonly BlockId[] {
  const end = blocks[block]?.end;
  if (end?.kind === "goto") return [end.to];
  return end?.kind === "branch" ? [end.no, end.yes] : [];
}

/** -1 where it stands in another body. */
export const blockOf = ({ blocks }: Body, operation: Operation): BlockId =>
  blocks.findIndex(({ operations }) => operations.includes(operation));
