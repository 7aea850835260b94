/** How far the objects that a function makes or is given get: whether somebody else may see, or change, what happens to them later. */
import { isOpen } from "./conditions.ts";
import type { Effect, Escape, OpenCall, Summary } from "./summary.ts";
import type { ObjectId, Value } from "./value.ts";
import { partsOf } from "./values.ts";

const ORDER: readonly Escape[] = ["local", "stored", "returned", "shared", "mutated"];

export function escapesOf({
  result,
  events,
  writes,
  contents,
}: Pick<Summary, "result" | "events" | "writes" | "contents">): ReadonlyMap<ObjectId, Escape> {
  const found = new Map<ObjectId, Escape>();
  const raise = (values: Iterable<Value>, to: Escape): void => {
    for (const value of values) {
      for (const object of objectsIn(value)) {
        const known = found.get(object) ?? "local";
        found.set(object, ORDER.indexOf(known) < ORDER.indexOf(to) ? to : known);
      }
    }
  };
  for (const event of events) {
    if (event.kind === "effect") {
      raise([event.on], "local");
      raise(event.with, "stored");
    } else {
      const given = event.call.kind === "apply" ? event.call.arguments : [];
      raise(given, "shared");
      raise(
        given.filter((it) => it.kind === "pointer"),
        "mutated",
      );
    }
  }
  raise(writes.values(), "stored");
  raise([result], "returned");
  // What a holder has gets as far as the holder, at least.
  const isOut = (object: ObjectId): boolean => (found.get(object) ?? "local") !== "local";
  const inside = new Map(contents);
  for (let next = [...inside].find(([object]) => isOut(object)); next !== undefined; next = [...inside].find(([object]) => isOut(object))) {
    inside.delete(next[0]);
    raise([next[1]], "stored");
  }
  return found;
}

/** Whether callers can add nothing: see `settled`. */
export function isSettled(event: Effect | OpenCall, escapes: ReadonlyMap<ObjectId, Escape>): boolean {
  if (isOpen(event.condition)) return false;
  if (event.kind === "call") return !event.call.open;
  if (event.on.open || event.with.some((it) => it.open)) return false;
  return [...objectsIn(event.on)].every((it) => escapes.get(it) === "local");
}

/** All that a value leads to; shared parts are looked at once. */
function* objectsIn(value: Value): Generator<ObjectId> {
  const seen = new Set<Value>();
  const open = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    if (next.kind === "object") yield next.object;
    else if (next.kind === "pointer" && next.cell.kind === "contents") yield next.cell.object;
    open.push(...partsOf(next));
  }
}
