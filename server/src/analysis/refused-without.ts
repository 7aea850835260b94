/** Whether a client is refused for what a value is, or for want of it: in a call that is given it, or on one side of a question about it. */
import { REFUSALS } from "../models/identity-headers.ts";
import type { BlockId, Body, Local, Operation, Terminator } from "../rust/bodies/index.ts";
import { BodyIndex } from "./body-index.ts";
import { operationsOf } from "./header-calls.ts";
import { branchOn, operandsOf, usesOf } from "./uses.ts";

export function isRefusedBy(body: Body, value: Local): boolean {
  const made = madeOf(body, value);
  return [...made].some((local) =>
    usesOf(body, local).some(({ block, operation }) => {
      if (operation !== undefined) return operandsOf(body, operation).some((it) => !made.has(it) && refusesIn(body, it));
      const branch = branchOn(body, local, block);
      return branch !== undefined && [branch.yes, branch.no].some((it) => sideOf(body, it).some(isRefusal));
    }),
  );
}

/** The value, and all that is computed from it. */
function madeOf(body: Body, value: Local): ReadonlySet<Local> {
  const made = new Set([value]);
  for (const it of made)
    for (const { operation } of usesOf(body, it))
      if (operation !== undefined) made.add(operation.kind === "store" ? operation.place.local : operation.to);
  return made;
}

/** An argument beside it is the refusal, or a closure that makes one. */
function refusesIn(body: Body, argument: Local): boolean {
  const made = BodyIndex.of(body).definition(argument);
  const inside = made?.kind === "closure" ? body.closures[made.body] : undefined;
  return inside === undefined ? made !== undefined && isRefusal(made) : operationsOf(inside).some(isRefusal);
}

/** What is done on a side before anything else is asked. */
function sideOf(body: Body, from: BlockId): readonly Operation[] {
  const line = new Set<BlockId>();
  for (let at: BlockId | undefined = from; at !== undefined && !line.has(at); ) {
    line.add(at);
    const end: Terminator | undefined = body.blocks[at]?.end;
    at = end?.kind === "goto" ? end.to : undefined;
  }
  return [...line].flatMap((it) => body.blocks[it]?.operations ?? []);
}

/** `StatusCode::UNAUTHORIZED`, `Status::unauthenticated(…)`, `HttpResponse::Forbidden()`. */
function isRefusal(it: Operation): boolean {
  const path = it.kind === "path" ? it.path : it.kind === "call" && it.callee.kind === "path" ? it.callee.path : undefined;
  return path !== undefined && REFUSALS.has(path.segments.at(-1)?.name ?? "");
}
