/** Summaries of functions, callees first: each once, those that call each other until nothing changes. */
import type { Operation } from "../rust/bodies/index.ts";
import { MOST_ROUNDS } from "../rust/bounds.ts";
import type { Path } from "../rust/index.ts";
import { crowdedIn } from "./chain.ts";
import { componentsOf } from "./components.ts";
import { ALWAYS, isAlways, SOME } from "./conditions.ts";
import { escapesOf, isSettled } from "./escapes.ts";
import { Evaluation } from "./evaluation.ts";
import type { Callable, Program } from "./names.ts";
import { Operations } from "./operations.ts";
import { Parts } from "./parts.ts";
import type { Row, Rows } from "./rows.ts";
import { shownType } from "./shown-type.ts";
import { type Summary, sameSummary } from "./summary.ts";
import type { FunctionId, Target, Value } from "./value.ts";
import { Values } from "./values.ts";

/** Told what each operation gives, as often as it is evaluated: the last time is what holds. */
export type Observer = (owner: FunctionId, operation: Operation, value: Value) => void;

interface Known {
  readonly summary: Summary;
  readonly references: ReadonlySet<number>;
}

export class Flow {
  readonly values = new Values();
  /** Bodies evaluated so far: what tests count. */
  evaluations = 0;
  readonly #parts: Parts;
  readonly #program: Program;
  readonly #rows: Rows;
  readonly #known = new Map<FunctionId, Known>();
  readonly #callables = new Map<FunctionId, Callable>();
  readonly #edges = new Map<FunctionId, Set<FunctionId>>();

  readonly #observe: Observer | undefined;

  constructor(program: Program, rows: Rows, observe?: Observer) {
    this.#observe = observe;
    this.#program = program;
    this.#rows = rows;
    this.#parts = new Parts(this.values, rows.attempts);
  }

  summary(id: FunctionId): Summary | undefined {
    // An edge that only a value shows may close a cycle, or come after its caller: then what stands on it is evaluated again.
    for (let round = 0; round < MOST_ROUNDS && !this.#known.has(id); round++) {
      const before = this.#edgeCount();
      for (const component of componentsOf([id], (it) => this.#callees(it))) this.#evaluate(component);
      if (this.#edgeCount() === before) break;
      this.#forget(id, round);
    }
    return this.#known.get(id)?.summary;
  }

  #edgeCount(): number {
    let count = 0;
    for (const it of this.#edges.values()) count += it.size;
    return count;
  }

  /** What depends on an edge that was not there: those that have one without a summary before them. */
  #forget(id: FunctionId, round: number): void {
    const late = new Set<FunctionId>();
    for (const component of componentsOf([id], (it) => this.#callees(it))) {
      const isStale = component.some((it) => this.#late.has(it) || [...this.#callees(it)].some((callee) => late.has(callee)));
      if (isStale && round < MOST_ROUNDS - 1) for (const it of component) late.add(it);
    }
    for (const it of late) this.#known.delete(it);
    this.#late.clear();
  }

  readonly #late = new Set<FunctionId>();

  /** `outer|2` is the third closure of `outer`, which was asked for before. */
  #callable(id: FunctionId): Callable | undefined {
    const known = this.#callables.get(id);
    if (known !== undefined) return known;
    const end = id.lastIndexOf("|");
    const body = end < 0 ? undefined : this.#callables.get(id.slice(0, end))?.body.closures[Number(id.slice(end + 1))];
    const found = body === undefined ? this.#program.callable(id) : { body, declared: undefined };
    if (found !== undefined) this.#callables.set(id, found);
    return found;
  }

  /** As far as names tell; values add to them. */
  #callees(id: FunctionId): ReadonlySet<FunctionId> {
    const known = this.#edges.get(id);
    if (known !== undefined) return known;
    const found = new Set<FunctionId>();
    this.#edges.set(id, found);
    for (const { operations } of this.#callable(id)?.body.blocks ?? []) {
      for (const it of operations) {
        for (const target of leaves(this.#named(id, it))) found.add(target);
      }
    }
    return found;
  }

  #named(id: FunctionId, it: Operation): Target | undefined {
    const { names } = this.#program;
    switch (it.kind) {
      case "path":
        return names.path(id, it.path);
      case "call":
        return it.callee.kind === "path" ? names.path(id, it.callee.path) : undefined;
      case "method":
        return names.method(id, { name: it.name, start: it.nameSpan.start, type: undefined });
      case "closure":
        return { kind: "function", id: `${id}|${it.body}` };
      default:
        return undefined;
    }
  }

  #evaluate(component: readonly FunctionId[]): void {
    if (component.every((it) => this.#known.has(it))) return;
    const isCycle = component.length > 1 || component.some((it) => this.#callees(it).has(it));
    for (let round = 0; this.#round(component, round) && isCycle && round < MOST_ROUNDS + 2; round++);
  }

  /** Whether anything changed. */
  #round(component: readonly FunctionId[], round: number): boolean {
    let changed = false;
    for (const id of component) {
      const before = this.#known.get(id);
      const after = this.#one(id);
      if (after === undefined) continue;
      const summary = round < MOST_ROUNDS ? after.summary : this.#widened(before?.summary, after.summary, round);
      changed ||= before === undefined || !sameSummary(before.summary, summary);
      this.#known.set(id, { ...after, summary });
    }
    return changed;
  }

  /** First the conditions that a recursion builds up are given up, then the values. */
  #widened(before: Summary | undefined, after: Summary, round: number): Summary {
    const events = after.events.map((it) => ({ ...it, condition: isAlways(it.condition) ? it.condition : SOME }));
    const result = this.values.join(
      after.result.kind === "alternatives"
        ? after.result.of.map(({ value }) => ({ condition: SOME, value }))
        : [{ condition: ALWAYS, value: after.result }],
    );
    const isGrowing = round > MOST_ROUNDS && before?.result !== result;
    return { ...after, events, result: isGrowing ? this.values.unknown("built up by recursion") : result };
  }

  #one(id: FunctionId): Known | undefined {
    const callable = this.#callable(id);
    if (callable === undefined) return undefined;
    this.evaluations++;
    const evaluation: Evaluation = new Evaluation({
      parts: this.#parts,
      id,
      callable,
      typeOf: (path) => this.#typeOf(id, path),
      step: (_, operation, site) => {
        const goesOn = operations.step(operation, site);
        if (goesOn) this.#observe?.(id, operation, evaluation.frame.load(evaluation.frame.local(operation.to)));
        return goesOn;
      },
    });
    const operations = new Operations(evaluation, {
      callees: {
        summary: (of) => this.#summaryFor(id, of),
        row: (path) => this.#row(path),
        anywhere: (name) => this.#anywhere(name),
        method: (...call) => this.#method(id, ...call),
      },
      path: (path) => this.#program.names.path(id, path),
      typeOf: (path) => this.#typeOf(id, path),
      constant: (of) => this.#summaryFor(id, of)?.summary.result ?? this.values.never,
    });
    evaluation.run();
    return { summary: this.#summarised(evaluation), references: evaluation.references };
  }

  #summarised(evaluation: Evaluation): Summary {
    const { returned, frame } = evaluation;
    const writes = new Map<number, Value>();
    const contents = new Map<string, Value>();
    if (returned !== undefined) {
      frame.cells = returned.cells;
      for (const index of evaluation.references) {
        const value = frame.contents({ kind: "input", index });
        if (value.kind !== "input" || value.index !== index) writes.set(index, value);
      }
      for (const [object, value] of frame.objects()) contents.set(object, value);
    }
    const result = returned === undefined ? this.values.never : frame.outside(returned.value);
    const found = [...evaluation.events.values()];
    const escapes = escapesOf({ result, events: found, writes, contents });
    const events = found.map((it) => ({ ...it, settled: isSettled(it, escapes) }));
    const crowded = crowdedIn([...escapes.keys(), ...events.flatMap((it) => (it.settled ? [] : [it.key]))]);
    for (const object of contents.keys()) if ((escapes.get(object) ?? "local") === "local") contents.delete(object);
    return { result, events, writes, contents, escapes, crowded, returns: returned !== undefined };
  }

  #summaryFor(owner: FunctionId, id: FunctionId): Known | undefined {
    const edges = this.#edges.get(owner);
    const known = this.#known.get(id);
    if (edges?.has(id) === false) {
      edges.add(id);
      if (known === undefined) this.#late.add(owner);
    }
    return known;
  }

  #row(path: string): Row | undefined {
    const { functions, types } = this.#rows;
    if (Object.hasOwn(functions, path)) return functions[path];
    const at = path.lastIndexOf("::");
    const type = at < 0 ? "" : path.slice(0, at);
    const rows = Object.hasOwn(types, type) ? types[type] : undefined;
    const name = path.slice(at + 2);
    return rows !== undefined && Object.hasOwn(rows, name) ? rows[name] : this.#anywhere(name);
  }

  #anywhere(name: string): Row | undefined {
    return Object.hasOwn(this.#rows.anywhere, name) ? this.#rows.anywhere[name] : undefined;
  }

  /** By the type of what holds the receiver, if that has such a method, else of the receiver: of all that it may be, if they agree. */
  #method(owner: FunctionId, name: string, start: number, receiver: Value, held: Value): Target {
    const around = receiver.kind === "pointer" && receiver.cell.kind === "contents" ? receiver.cell.type : undefined;
    if (around !== undefined && this.#row(`${around}::${name}`) !== undefined) return { kind: "external", path: `${around}::${name}` };
    const types = new Set((held.kind === "alternatives" ? held.of.map((it) => it.value) : [held]).map(shownType));
    if (types.size > 1) types.delete(undefined);
    const choices = [...types].map((type) => ({
      when: undefined,
      types: type === undefined ? [] : [type],
      target: this.#program.names.method(owner, { name, start, type }),
    }));
    const [first] = choices;
    if (first === undefined) return { kind: "unknown" };
    const key = JSON.stringify(first.target);
    return choices.every((it) => JSON.stringify(it.target) === key) ? first.target : { kind: "any", of: choices };
  }

  #typeOf(owner: FunctionId, path: Path): string {
    const named = this.#program.names.path(owner, path);
    const target = named.kind === "any" ? (named.of[0]?.target ?? named) : named;
    return target.kind === "variant" || target.kind === "external" ? target.path : path.segments.map((it) => it.name).join("::");
  }
}

/** Functions and initialisers that it leads to. */
function leaves(target: Target | undefined): readonly FunctionId[] {
  if (target?.kind === "any") return target.of.flatMap((it) => leaves(it.target));
  return target?.kind === "function" || target?.kind === "constant" ? [target.id] : [];
}
