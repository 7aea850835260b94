/** What a function gives and does, in terms of its inputs: all that its callers need to know of it. */
import type { Span } from "../base/span.ts";
import type { Escape, Given } from "./given.ts";
import type { Condition, FunctionId, ObjectId, Value } from "./value.ts";

export interface Place {
  readonly in: FunctionId;
  readonly span: Span;
}

interface Event {
  /** The operation, and the calls that lead there: what two evaluations of the same have in common. */
  readonly key: string;
  readonly condition: Condition;
  /** No caller can know more of it: the objects stay inside, and no input is in it. */
  readonly settled: boolean;
}
/** What an operation does to an object: data of a model, which flow does not look at. */
export interface Effect extends Event {
  readonly kind: "effect";
  readonly on: Value;
  readonly data: unknown;
  readonly with: readonly Value[];
  /** A caller has decided what it is given, or that it happens: which of several did is to be told. */
  readonly decided: boolean;
}
/** A call that is open until somebody knows what is called: an `apply`. */
export interface OpenCall extends Event {
  readonly kind: "call";
  readonly call: Value;
  /** Its name, or what it is given, says something whatever is called. */
  readonly tells: boolean;
  /** The arguments that are mutable references. */
  readonly through: readonly number[];
}

export interface Summary {
  readonly result: Value;
  /** In the order of the program. */
  readonly events: readonly (Effect | OpenCall)[];
  /** What mutable references that came in point to at the end, where that has changed. */
  readonly writes: ReadonlyMap<number, Value>;
  readonly contents: ReadonlyMap<ObjectId, Value>;
  /** What this function alone put where it cannot follow it: into parts of inputs, by value or behind a lock. */
  readonly stored: ReadonlyMap<Value, Value>;
  readonly given: Given;
  readonly escapes: ReadonlyMap<ObjectId, Escape>;
  /** Operations of which there are so many objects or events that callers see them as one. */
  readonly crowded: ReadonlySet<string>;
  /** What its own patterns ask, by the operation that asks: values of which one alternative holds an object and another does not. */
  readonly asked: ReadonlyMap<string, Value>;
  /** Under which it returns: never where it has no way out. */
  readonly returns: Condition;
}

export function sameSummary(a: Summary, b: Summary): boolean {
  return (
    a.result === b.result &&
    a.returns.length > 0 === b.returns.length > 0 &&
    sameMap(a.writes, b.writes) &&
    sameMap(a.contents, b.contents) &&
    a.events.length === b.events.length &&
    a.events.every((it, at) => {
      const other = b.events[at];
      if (it.key !== other?.key) return false;
      return it.kind === "call" ? other.kind === "call" && other.call === it.call : other.kind === "effect" && other.on === it.on;
    })
  );
}

function sameMap<K>(a: ReadonlyMap<K, Value>, b: ReadonlyMap<K, Value>): boolean {
  return a.size === b.size && [...a].every(([key, value]) => b.get(key) === value);
}
