/** All that a function gives its callers, writes for them, and tells others. */
import { type Flow, type FunctionId, partsOf, type Value } from "../flow/index.ts";

export function givenOut(flow: Flow, id: FunctionId): ReadonlySet<Value> {
  const summary = flow.summary(id);
  if (summary === undefined) return new Set();
  const told = summary.events.flatMap((it) => (it.kind === "effect" ? it.with : [it.call]));
  return partsIn([summary.result, ...told, ...summary.writes.values(), ...summary.contents.values(), ...summary.stored.values()]);
}

/** With what these are made of. */
export function partsIn(values: readonly Value[]): ReadonlySet<Value> {
  const found = new Set(values);
  for (const it of found) for (const part of partsOf(it)) found.add(part);
  return found;
}
