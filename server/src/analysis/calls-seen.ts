/** What flow was seen to do, for questions that are asked of all of a program afterwards: who calls whom with what, and what is compared. */
import type { CallObserver, FunctionId, Observer, Value } from "../flow/index.ts";
import type { Operation } from "../rust/bodies/index.ts";
import { lastOf } from "./std-names.ts";

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

export class CallsSeen {
  /** What methods and operators gave that may compare, as they were evaluated last. */
  readonly asked = new Map<Operation, Held>();
  /** By caller. */
  readonly calls = new Map<FunctionId, Map<string, Call>>();
  /** Who has called a function: of these `calls` tells what they call now. */
  readonly #callers = new Map<FunctionId, Set<FunctionId>>();
  /** Values of structs and variants, by where they are made. */
  readonly made = new Map<FunctionId, Set<Value>>();
  /** Generic methods that were asked for a type. */
  readonly typed = new Map<Value, Seen>();
  /** Where what a model labels came in, by the path of the call: the first of its kind. */
  readonly sources = new Map<string, Seen>();

  readonly observe: Observer = (owner, operation, value, load) => {
    if (operation.kind === "binary" || operation.kind === "method") this.asked.set(operation, { owner, value });
    if (operation.kind !== "method" && operation.kind !== "call" && operation.kind !== "record") return;
    const held = value.kind === "labelled" ? value.of : value;
    if (held !== value && held.kind === "apply" && !this.sources.has(held.callee)) this.sources.set(held.callee, { owner, operation });
    if (held.kind === "record") this.made.set(owner, (this.made.get(owner) ?? new Set()).add(held));
    if (held.kind === "apply") this.#unknown(owner, held, load);
    if (operation.kind === "method" && operation.generics.length > 0) this.typed.set(held, { owner, operation });
  };

  readonly observeCall: CallObserver = (owner, callee, given) => this.#add(owner, { callee, given, rest: [], by: "" });

  /** What a function is called with, by whom. */
  *callsOf(callee: FunctionId): Generator<readonly [caller: FunctionId, call: Call]> {
    for (const caller of this.#callers.get(callee) ?? [])
      for (const it of this.calls.get(caller)?.values() ?? []) if (it.callee === callee) yield [caller, it];
  }

  /** These are evaluated anew, or are there no more. */
  forget(gone: ReadonlySet<FunctionId>): void {
    forgetOwned(this.asked, gone);
    forgetOwned(this.typed, gone);
    forgetOwned(this.sources, gone);
    for (const of of [this.calls, this.made]) for (const id of gone) of.delete(id);
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
    const calls = this.calls.get(owner) ?? new Map<string, Call>();
    this.calls.set(owner, calls);
    this.#callers.set(call.callee, (this.#callers.get(call.callee) ?? new Set()).add(owner));
    calls.set([call.callee, ...[...call.given, ...call.rest].map((it) => it.id)].join(" "), call);
  }
}

function forgetOwned<K>(of: Map<K, { readonly owner: FunctionId }>, gone: ReadonlySet<FunctionId>): void {
  for (const [key, { owner }] of of) if (gone.has(owner)) of.delete(key);
}
