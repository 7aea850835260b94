/** The order in which blocks of a body are evaluated. */
import type { Body, Terminator } from "../rust/bodies/index.ts";

/** Reverse postorder from the entry. */
export function orderOf({ blocks }: Body): number[] {
  const seen = new Uint8Array(blocks.length);
  const order: number[] = [];
  const open: [number, number][] = [[0, 0]];
  seen[0] = 1;
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const next = nextOf(blocks[top[0]]?.end)[top[1]++];
    if (next === undefined) {
      order.push(top[0]);
      open.pop();
    } else if (seen[next] === 0) {
      seen[next] = 1;
      open.push([next, 0]);
    }
  }
  return order.reverse();
}

/** The side that is left last is finished first, so that `yes` comes before `no` in the order. */
export function nextOf(end: Terminator | undefined): readonly number[] {
  if (end?.kind === "goto") return [end.to];
  return end?.kind === "branch" ? [end.no, end.yes] : [];
}
