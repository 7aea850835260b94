/** What flow was seen to do, for questions that are asked of all of a program afterwards: who calls whom with what, and what is compared. */
import type { FunctionId, Observer, Value } from "../flow/index.ts";
import { LISTENING } from "../models/tcp.ts";
import type { Operation } from "../rust/bodies/index.ts";
import { lastOf } from "../rust/last-of.ts";

/** A value as the body that holds it knows it. */
export interface Held {
  readonly owner: FunctionId;
  readonly value: Value;
}

type Apply = Extract<Value, { readonly kind: "apply" }>;

export interface Call {
  readonly callee: FunctionId;
  /** Captures of a closure first. */
  readonly given: readonly Value[];
  /** What code that nobody knows may call a closure with, behind its captures. */
  readonly rest: readonly Value[];
  /** The method or function of that code. */
  readonly by: string;
}

export interface Seen {
  readonly owner: FunctionId;
  readonly operation: Operation;
}

/** What was seen of one body, as it was evaluated last. */
class Own {
  /** What methods and operators gave that may compare. */
  readonly asked = new Map<Operation, Value>();
  readonly calls = new Map<string, Call>();
  /** Values of structs and variants. */
  readonly made = new Set<Value>();
  /** Generic methods that were asked for a type. */
  readonly typed = new Map<Value, Operation>();
  /** Calls of code that nobody knows, whose results were waited for. */
  readonly awaited = new Set<Value>();
  /** Those of methods. */
  readonly methods = new Set<Value>();
  /** Addresses at which it listens itself. */
  readonly bound = new Set<Value>();
  /** Where what a model labels came in, by the path of the call: the first of its kind. */
  readonly sources = new Map<string, Operation>();

  /** All of it, apart from where it stands. */
  get said(): string {
    return [
      ...[...this.asked].map(([it, { id }]) => `asked ${it.kind} ${it.kind === "method" ? it.name : ""} ${id}`),
      ...[...this.calls].map(([key, { by }]) => `calls ${by} ${key}`),
      ...[...this.made].map(({ id }) => `made ${id}`),
      ...[...this.typed.keys()].map(({ id }) => `typed ${id}`),
      ...[...this.awaited].map(({ id }) => `awaited ${id}`),
      ...[...this.bound].map(({ id }) => `bound ${id}`),
      ...[...this.sources.keys()].map((it) => `source ${it}`),
    ].join("\n");
  }
}

interface Index {
  readonly typed: ReadonlyMap<Value, Seen>;
  readonly sources: ReadonlyMap<string, Seen>;
  readonly awaited: ReadonlySet<Value>;
}

export class CallsSeen implements Observer {
  readonly #by = new Map<FunctionId, Own>();
  /** Who has called a function: of these `#by` tells what they call now. */
  readonly #callers = new Map<FunctionId, Set<FunctionId>>();
  /** What those said that were evaluated anew since `mark`. */
  readonly #before = new Map<FunctionId, string>();
  /** Made of all, when somebody asks. */
  #index: Index | undefined;

  /** Whose calls and values are known, in an order that depends on nothing but them. */
  get owners(): readonly FunctionId[] {
    return [...this.#by.keys()].toSorted();
  }

  asked(owner: FunctionId): ReadonlyMap<Operation, Value> {
    return this.#by.get(owner)?.asked ?? new Map();
  }

  calls(owner: FunctionId): Iterable<Call> {
    return this.#by.get(owner)?.calls.values() ?? [];
  }

  made(owner: FunctionId): Iterable<Value> {
    return this.#by.get(owner)?.made ?? [];
  }

  bound(owner: FunctionId): Iterable<Value> {
    return this.#by.get(owner)?.bound ?? [];
  }

  typed(value: Value): Seen | undefined {
    return this.#indexed.typed.get(value);
  }

  source(callee: string): Seen | undefined {
    return this.#indexed.sources.get(callee);
  }

  /** Whether it is what a method gave after it was waited for. */
  isAwaited(value: Value): boolean {
    return this.#indexed.awaited.has(value);
  }

  begins(owner: FunctionId): void {
    const known = this.#by.get(owner);
    if (!this.#before.has(owner)) this.#before.set(owner, known?.said ?? "");
    this.#by.delete(owner);
    this.#index = undefined;
  }

  gives(owner: FunctionId, operation: Operation, value: Value, load: (reference: Value) => Value): void {
    const own = this.#ownOf(owner);
    if (operation.kind === "binary" || operation.kind === "method") own.asked.set(operation, value);
    const held = value.kind === "labelled" ? value.of : value;
    if (operation.kind === "await" && held.kind === "apply") own.awaited.add(held);
    if (operation.kind !== "method" && operation.kind !== "call" && operation.kind !== "record") return;
    if (held !== value && held.kind === "apply" && !own.sources.has(held.callee)) own.sources.set(held.callee, operation);
    if (held.kind === "record") own.made.add(held);
    const [address] = held.kind === "apply" && LISTENING.has(held.callee) ? held.arguments : [];
    if (address !== undefined) own.bound.add(address);
    if (held.kind === "apply" && operation.kind === "method") own.methods.add(held);
    if (held.kind === "apply") this.#unknown(owner, held, load);
    if (operation.kind === "method" && operation.generics.length > 0) own.typed.set(held, operation);
  }

  called(owner: FunctionId, callee: FunctionId, given: readonly Value[]): void {
    this.#add(owner, { callee, given, rest: [], by: "" });
  }

  /** What a function is called with, by whom. */
  *callsOf(callee: FunctionId): Generator<readonly [caller: FunctionId, call: Call]> {
    for (const caller of this.#callers.get(callee) ?? []) for (const it of this.calls(caller)) if (it.callee === callee) yield [caller, it];
  }

  /** What is known now is what was before. */
  mark(): void {
    this.#before.clear();
  }

  /** Whether all that was evaluated since then says what it said before. */
  get isAsBefore(): boolean {
    return [...this.#before].every(([id, said]) => (this.#by.get(id)?.said ?? "") === said);
  }

  get #indexed(): Index {
    if (this.#index !== undefined) return this.#index;
    const typed = new Map<Value, Seen>();
    const sources = new Map<string, Seen>();
    const awaited = new Set<Value>();
    for (const owner of this.owners) {
      const own = this.#by.get(owner);
      for (const [value, operation] of own?.typed ?? []) typed.set(value, { owner, operation });
      for (const it of own?.awaited ?? []) if (own?.methods.has(it) === true) awaited.add(it);
      for (const [callee, operation] of own?.sources ?? []) if (!sources.has(callee)) sources.set(callee, { owner, operation });
    }
    this.#index = { typed, sources, awaited };
    return this.#index;
  }

  #ownOf(owner: FunctionId): Own {
    const own = this.#by.get(owner) ?? new Own();
    this.#by.set(owner, own);
    this.#index = undefined;
    return own;
  }

  /** Code that nobody knows calls what it is given with what else it has. */
  #unknown(owner: FunctionId, { callee, arguments: given }: Apply, load: (reference: Value) => Value): void {
    const by = lastOf(callee);
    for (const it of given) {
      const rest = given.filter((other) => other !== it);
      if (it.kind === "closure") this.#add(owner, { callee: it.of, given: it.captures.map(load), rest, by });
      if (it.kind === "function" && it.target.kind === "function") this.#add(owner, { callee: it.target.id, given: [], rest, by });
    }
  }

  #add(owner: FunctionId, call: Call): void {
    this.#callers.set(call.callee, (this.#callers.get(call.callee) ?? new Set()).add(owner));
    const key = [call.callee, ...[...call.given, ...call.rest].map((it) => it.id)].join(" ");
    this.#ownOf(owner).calls.set(key, call);
  }
}
