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

/** Objects that callers have a way to: through what is given back, is written, or happens in a way that they add something to. */
export function reachableIn({ result, events, writes, contents }: Omit<Seen, "given">): ReadonlySet<ObjectId> {
  const found = new Set<ObjectId>();
  const open = [result, ...writes.values()];
  for (const it of events) if (!it.settled) open.push(...(it.kind === "call" ? partsOf(it.call) : [it.on, ...it.with]));
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    for (const object of objectsIn(value)) {
      const held = found.has(object) ? undefined : contents.get(object);
      if (held !== undefined) open.push(held);
      found.add(object);
    }
  }
  return found;
}

/**
 * Events to which callers can add nothing: see `settled`. What happens to an object stays together: where callers add something to one
 * of its events they see the others, too.
 */
export function settledOf(events: readonly (Effect | OpenCall)[], escapes: ReadonlyMap<ObjectId, Escape>): ReadonlySet<Effect | OpenCall> {
  const settled = new Set(events.filter((it) => isSettled(it, escapes)));
  const open = events.filter((it) => it.kind === "effect" && !settled.has(it));
  const byObject = effectsByObject(settled);
  for (let event = open.pop(); event !== undefined; event = open.pop()) {
    for (const other of event.kind === "effect" ? [...objectsOf(event)].flatMap((it) => byObject.get(it) ?? []) : [])
      if (settled.delete(other)) open.push(other);
  }
  return settled;
}

function effectsByObject(events: Iterable<Effect | OpenCall>): ReadonlyMap<ObjectId, readonly Effect[]> {
  const found = new Map<ObjectId, Effect[]>();
  for (const event of events) {
    if (event.kind === "call") continue;
    for (const it of objectsOf(event)) found.set(it, [...(found.get(it) ?? []), event]);
  }
  return found;
}

const objectsOf = ({ on, with: given }: Effect): ReadonlySet<ObjectId> => new Set([on, ...given].flatMap((it) => [...objectsIn(it)]));

function isSettled(event: Effect | OpenCall, escapes: ReadonlyMap<ObjectId, Escape>): boolean {
  if (event.kind === "call") return !event.call.pending && !(event.tells && (event.call.open || isOpen(event.condition)));
  if (isOpen(event.condition)) return false;
  if (event.on.open || event.with.some((it) => it.open)) return false;
  return [...objectsIn(event.on)].every((it) => escapes.get(it) === "local");
}
