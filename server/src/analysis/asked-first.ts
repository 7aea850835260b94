/** Whether a connection is asked who its peer is on every way, before anything else is done with it. */
import type { Value } from "../flow/index.ts";
import { type Body, blockOf, type Local, type Operation, successorsOf } from "../rust/bodies/index.ts";
import { ConnectionWalk, type Followed, framesOf, Given } from "./connection-walk.ts";
import { argumentsOf, type Site } from "./sites.ts";

/** `object`: the connection, as flow knows it where analysis begins. `asking`: the calls that lead to where it is asked, the outermost first. */
export function isAskedFirst(followed: Followed, object: string, asking: readonly Site[]): boolean {
  const frames = framesOf(followed, object);
  const common = frames.findIndex(({ made }, at) => made !== asking[at]?.operation);
  const shared = frames[common];
  if (shared === undefined || asking[common]?.owner !== shared.owner) return false;
  const questions = new Set(asking.map(({ operation }) => operation));
  const walk = new ConnectionWalk(followed, new Given(followed.sites), ({ body, made }) => {
    const unasked = before(body, made, questions);
    return (it) => !unasked.has(it);
  });
  // Up to there it is only handed on.
  if (!frames.slice(common + 1).every((it) => walk.within(it) === "on")) return false;
  let held = walk.heldIn(shared);
  if (held === undefined || walk.within(shared) !== "nowhere") return false;
  for (const [at, { owner, body }] of asking.entries()) {
    const call = asking[at - 1]?.operation;
    if (at <= common || call === undefined) continue;
    const from = givenTo(body, call, held);
    const inputs = new Set(from.map((local) => indexOf(body, local)));
    const isConnection = (it: Value): boolean => it.kind === "input" && inputs.has(it.index);
    held = walk.heldIn({ owner, body, from, isConnection });
    if (held === undefined) return false;
  }
  return true;
}

/** What may happen before one of these. `made`: from there on; without it, from the beginning. */
function before(body: Body, made: Operation | undefined, questions: ReadonlySet<Operation>): ReadonlySet<Operation> {
  const first = made === undefined ? 0 : blockOf(body, made);
  const found = new Set<Operation>();
  const open = new Set<number>();
  const follow = (block: number, from: number): void => {
    for (const it of (body.blocks[block]?.operations ?? []).slice(from)) {
      if (it !== made && questions.has(it)) return;
      found.add(it);
    }
    for (const next of successorsOf(body, block)) open.add(next);
  };
  follow(first, made === undefined ? 0 : (body.blocks[first]?.operations.indexOf(made) ?? 0) + 1);
  for (const block of open) follow(block, 0);
  return found;
}

/** Parameters of a function, or what a closure captures. */
function givenTo(body: Body, call: Operation, held: ReadonlySet<Local>): readonly Local[] {
  const captured = body.captures.flatMap(({ outer, inner }) => (held.has(outer) ? [inner] : []));
  const given = call.kind === "method" ? [call.receiver.local, ...argumentsOf(call)] : argumentsOf(call);
  return [...captured, ...body.parameters.filter((_, at) => held.has(given[at] ?? -1))];
}

function indexOf(body: Body, local: Local): number {
  const captured = body.captures.findIndex(({ inner }) => inner === local);
  return captured >= 0 ? captured : body.captures.length + body.parameters.indexOf(local);
}
