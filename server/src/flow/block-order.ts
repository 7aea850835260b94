/** The order in which blocks of a body are evaluated. */
import { type Body, successorsOf } from "../rust/bodies/index.ts";

/** Reverse postorder from the entry: of a branch the side that is left last is finished first, so that `yes` comes before `no`. */
export function orderOf(body: Body): number[] {
  const seen = new Uint8Array(body.blocks.length);
  const order: number[] = [];
  const open: [number, number][] = [[0, 0]];
  seen[0] = 1;
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const next = successorsOf(body, top[0])[top[1]++];
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
