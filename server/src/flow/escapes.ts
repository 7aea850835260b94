/** How far the objects that a function makes or is given get: whether somebody else may see, or change, what happens to them later. */
import { isOpen } from "./conditions.ts";
import { type Escape, further, objectsIn, reachOf } from "./given.ts";
import type { Effect, OpenCall, Summary } from "./summary.ts";
import type { ObjectId, Value } from "./value.ts";
import { partsOf } from "./values.ts";

type Seen = Pick<Summary, "result" | "events" | "writes" | "contents" | "given">;

export function escapesOf({ result, events, writes, contents, given }: Seen): ReadonlyMap<ObjectId, Escape> {
  const found = new Map<ObjectId, Escape>();
  /** What a holder has gets as far as the holder, at least. */
  const inside: Value[] = [];
  const raise = (value: Value, to: Escape): void => {
    for (const object of objectsIn(value)) {
      const known = found.get(object);
      const held = contents.get(object);
      if (held !== undefined && to !== "local" && (known ?? "local") === "local") inside.push(held);
      found.set(object, further(known, to));
    }
  };
  for (const event of events) {
    if (event.kind === "call") for (const it of partsOf(event.call)) raise(it, reachOf(it));
    else {
      raise(event.on, "local");
      for (const it of event.with) raise(it, "stored");
    }
  }
  for (const [object, reach] of given.objects) {
    const held = contents.get(object);
    if (held !== undefined) inside.push(held);
    found.set(object, further(found.get(object), reach));
  }
  for (const it of writes.values()) raise(it, "stored");
  raise(result, "returned");
  for (let next = inside.pop(); next !== undefined; next = inside.pop()) raise(next, "stored");
  return found;
}

/** Whether callers can add nothing: see `settled`. */
export function isSettled(event: Effect | OpenCall, escapes: ReadonlyMap<ObjectId, Escape>): boolean {
  if (event.kind === "call") return !event.call.pending;
  if (isOpen(event.condition)) return false;
  if (event.on.open || event.with.some((it) => it.open)) return false;
  return [...objectsIn(event.on)].every((it) => escapes.get(it) === "local");
}
