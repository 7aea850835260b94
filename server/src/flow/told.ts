/**
 * Open calls of which callers are told. A function that does nothing that models know is of use for what it gives and changes: whatever else
 * it calls that nobody knows yet would only be handed from caller to caller, and come to nothing.
 */
import type { Given } from "./given.ts";
import type { Effect, OpenCall, Summary } from "./summary.ts";
import type { Condition, Value } from "./value.ts";
import { partsOf } from "./values.ts";

type Events = readonly (Effect | OpenCall)[];

/** `gives`: what callers see of it. What the others are given is given to code that nobody knows. */
export function toldOf(events: Events, gives: Pick<Summary, "result" | "writes" | "contents" | "stored">, given: Given): Events {
  if (events.every((it) => it.kind === "call" && isCallback(it)) || events.some((it) => it.kind === "effect")) return events;
  const told = askedFor(events, gives);
  return events.filter((it) => {
    if (it.kind === "effect" || told.has(it)) return true;
    given.all(partsOf(it.call), it.through);
    return false;
  });
}

/** Of a function or closure that a caller gives: what that does, the caller knows. */
const isCallback = ({ call }: OpenCall): boolean => call.kind === "apply" && call.callee === "";

function askedFor(events: Events, { result, writes, contents, stored }: Parameters<typeof toldOf>[1]): ReadonlySet<Effect | OpenCall> {
  const calls = new Map(events.flatMap((it) => (it.kind === "call" ? [[it.call, it]] : [])));
  const told = new Set([...calls.values()].filter(isCallback));
  const open = [result, ...writes.values(), ...contents.values(), ...stored.values(), ...[...told].flatMap(madeOf)];
  const seen = new Set<Value>();
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (seen.has(value) || !(value.leads || value.open)) continue;
    seen.add(value);
    const call = calls.get(value);
    if (call !== undefined) told.add(call);
    open.push(...(call === undefined ? [] : madeOf(call)), ...partsOf(value), ...decidedBy(value));
  }
  return told;
}

const madeOf = ({ call, condition }: OpenCall): readonly Value[] => [call, ...askedBy(condition)];

const decidedBy = (value: Value): readonly Value[] =>
  value.kind === "alternatives" ? value.of.flatMap(({ condition }) => askedBy(condition)) : [];

const askedBy = (condition: Condition): readonly Value[] => condition.flatMap(({ atoms }) => atoms.flatMap(({ value }) => value ?? []));
