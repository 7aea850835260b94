/**
 * What a loop does with what it makes each time without having asked anything about it: what was asked in an earlier round is known in a
 * later one, and is of something else.
 */
import { type BlockId, type Body, blockOf, type Local, type Operation, successorsOf } from "../rust/bodies/index.ts";
import { BodyIndex } from "./body-index.ts";
import { operandsOf, usesOf } from "./uses.ts";

/** Nothing where it is not made in a loop. `tells`: whether the answer to a question, yes or no, is what has to be asked for. */
export function unaskedInLoop(body: Body, made: Operation, tells: (asked: Operation, answer: boolean) => boolean): ReadonlySet<Operation> {
  const first = blockOf(body, made);
  const found = new Set<Operation>();
  if (first < 0 || !isInLoop(body, first)) return found;
  const fresh = freshIn(body, made.to);
  const unasked = (at: BlockId): readonly BlockId[] => {
    const { operations = [], end } = body.blocks[at] ?? {};
    if (end?.kind !== "branch") return successorsOf(body, at);
    const asked = fresh.has(end.condition) ? operations.findLast((it) => it.to === end.condition) : undefined;
    return asked === undefined ? [end.yes, end.no] : [...(tells(asked, true) ? [] : [end.yes]), ...(tells(asked, false) ? [] : [end.no])];
  };
  const behind = body.blocks[first]?.operations ?? [];
  for (const it of behind.slice(behind.indexOf(made) + 1)) found.add(it);
  const open = new Set(unasked(first));
  for (const at of open) {
    if (at === first) continue;
    for (const it of body.blocks[at]?.operations ?? []) found.add(it);
    for (const next of unasked(at)) open.add(next);
  }
  return found;
}

/** What is made of nothing but the one of this round: a variable that also holds something else is of any. */
function freshIn(body: Body, made: Local): ReadonlySet<Local> {
  const fresh = new Set([made]);
  const open = new Set([made]);
  for (const local of open) {
    open.delete(local);
    for (const { operation } of usesOf(body, local)) {
      const to = operation?.kind === "store" ? operation.place.local : operation?.to;
      if (to === undefined || fresh.has(to)) continue;
      const givers = BodyIndex.of(body)
        .writers(to)
        .filter(({ gives }) => gives);
      if (!givers.every((it) => operandsOf(body, it.operation).some((one) => fresh.has(one)))) continue;
      fresh.add(to);
      open.add(to);
    }
  }
  return fresh;
}

function isInLoop(body: Body, block: BlockId): boolean {
  const open = new Set(successorsOf(body, block));
  for (const at of open) for (const next of successorsOf(body, at)) open.add(next);
  return open.has(block);
}
