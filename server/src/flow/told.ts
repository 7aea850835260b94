/**
 * Open calls of which callers are told. A function that does nothing that models know is of use for what it gives and changes: whatever else
 * it calls that nobody knows yet would only be handed from caller to caller, and come to nothing.
 */
import type { Given } from "./given.ts";
import type { Effect, OpenCall, Summary } from "./summary.ts";
import type { Condition, Value } from "./value.ts";
import { partsOf } from "./values.ts";

type Events = readonly (Effect | OpenCall)[];

/** What the others are given is given to code that nobody knows. */
export function toldOf(events: Events, seen: Pick<Summary, "result" | "writes" | "contents" | "stored">, given: Given): Events {
  if (events.some((it) => it.kind === "effect" || it.tells)) return events;
  const told = askedFor(events, seen);
  return events.filter((it) => {
    if (it.kind === "effect" || told.has(it.call)) return true;
    given.all(partsOf(it.call), it.through);
    return false;
  });
}

/** Of a function or closure that a caller gives: what that does, the caller knows. */
const isCallback = (call: Value): boolean => call.kind === "apply" && call.callee === "";

/** Several operations may make calls that are one value: all of these are told, or none. */
function askedFor(events: Events, { result, writes, contents, stored }: Parameters<typeof toldOf>[1]): ReadonlySet<Value> {
  const conditions = new Map<Value, readonly Condition[]>();
  for (const it of events) if (it.kind === "call") conditions.set(it.call, [...(conditions.get(it.call) ?? []), it.condition]);
  const open = [result, ...writes.values(), ...contents.values(), ...stored.values(), ...[...conditions.keys()].filter(isCallback)];
  const found = new Set<Value>();
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (found.has(value) || !(value.leads || value.open || isCallback(value))) continue;
    found.add(value);
    open.push(...partsOf(value), ...(conditions.get(value) ?? []).flatMap(askedBy), ...decidedBy(value));
  }
  return found;
}

const decidedBy = (value: Value): readonly Value[] =>
  value.kind === "alternatives" ? value.of.flatMap(({ condition }) => askedBy(condition)) : [];

const askedBy = (condition: Condition): readonly Value[] => condition.flatMap(({ atoms }) => atoms.flatMap(({ value }) => value ?? []));
