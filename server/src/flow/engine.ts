/** Summaries of functions, callees first: each once, those that call each other until nothing changes. */
import { MOST_ROUNDS } from "../rust/bounds.ts";
import type { Path } from "../rust/index.ts";
import { called } from "./called.ts";
import type { Callees } from "./callees.ts";
import { Callers } from "./callers.ts";
import { callersIn, componentsOf } from "./components.ts";
import { Dependents } from "./dependents.ts";
import { Endless } from "./endless.ts";
import { Evaluation } from "./evaluation.ts";
import { type FieldRead, FieldReads } from "./field-reads.ts";
import { type Head, Heads } from "./heads.ts";
import { namedIn, typeNamed } from "./named-callees.ts";
import type { Callable, Program } from "./names.ts";
import type { CallObserver, Observer } from "./observers.ts";
import { Operations } from "./operations.ts";
import { Parts } from "./parts.ts";
import { Questions } from "./questions.ts";
import { methodOf } from "./receivers.ts";
import { RowIndex } from "./row-index.ts";
import type { CallerRows, Rows } from "./rows.ts";
import { type Applied, Substitution, UNCHANGED } from "./substitution.ts";
import { summarised, unevaluated, widened } from "./summarise.ts";
import { type Summary, sameSummary } from "./summary.ts";
import type { FunctionId, Value } from "./value.ts";
import { Values } from "./values.ts";

interface Known {
  readonly summary: Summary;
  readonly references: ReadonlySet<number>;
}

export class Flow {
  readonly values = new Values();
  /** Bodies evaluated so far: what tests count. */
  evaluations = 0;
  readonly #parts: Parts;
  #program: Program;
  #rows: RowIndex;
  readonly #standard: Rows;
  readonly #known = new Map<FunctionId, Known>();
  readonly #callables = new Map<FunctionId, Callable>();
  readonly #edges = new Map<FunctionId, Set<FunctionId>>();
  readonly #heads = new Heads();
  readonly #observe: Observer | undefined;
  readonly #observeCall: CallObserver | undefined;
  #models: CallerRows | undefined;
  readonly #questions = new Map<FunctionId, Questions>();
  readonly #callers = new Callers();
  readonly #dependents = new Dependents();
  constructor(program: Program, rows: Rows, observe?: Observer, models?: CallerRows, observeCall?: CallObserver) {
    this.#observe = observe;
    this.#observeCall = observeCall;
    this.#models = models;
    this.#program = program;
    this.#standard = rows;
    this.#rows = new RowIndex(rows, models);
    this.#parts = new Parts(this.values, rows.attempts);
  }

  /** Functions, closures and initialisers. */
  get summarised(): number {
    return this.#known.size;
  }

  /** What branches of a function, and of what it calls, ask for. */
  questions(owner: FunctionId): Questions | undefined {
    return this.#questions.get(owner);
  }

  /** A value in which some inputs are known, and what some calls give. */
  with(value: Value, inputs: readonly Value[], applied: Applied = () => undefined): Value {
    return new Substitution(this.#parts, inputs, inputs, applied, UNCHANGED).value(value);
  }

  /**
   * The program is another one, in which some functions have other bodies, or none. What was made of them is forgotten, and is made again when
   * somebody asks for it; all else stays. Gives what was forgotten.
   */
  continueWith(program: Program, models: CallerRows | undefined, isOther: (id: FunctionId) => boolean): ReadonlySet<FunctionId> {
    this.#program = program;
    this.#models = models;
    this.#rows = new RowIndex(this.#standard, models);
    // What was never summarised may stand elsewhere now, too.
    for (const known of [this.#callables, this.#heads]) for (const id of known.keys()) if (isOther(id)) known.delete(id);
    const gone = this.#dependents.of([...this.#known.keys()], isOther);
    for (const id of gone) for (const known of [this.#known, this.#callables, this.#edges, this.#questions, this.#heads]) known.delete(id);
    this.#callers.forget(gone);
    this.#dependents.forget(gone);
    return gone;
  }

  /** Of what these were made, in turn, and they. */
  usedBy(ids: Iterable<FunctionId>): ReadonlySet<FunctionId> {
    return this.#dependents.usedBy(ids);
  }

  /** Who has made of a summary what holds of a call; itself and those that it calls in turn left out. */
  callersOf(id: FunctionId): ReadonlySet<FunctionId> {
    return this.#callers.of(id);
  }

  summary(id: FunctionId): Summary | undefined {
    while (!this.#known.has(id) && this.#below(id)) {
      // An edge was found that only a value shows: what it leads to comes first.
    }
    return this.#known.get(id)?.summary;
  }

  /** What a function calls, callees first, and itself. True if a body has to be evaluated again because of an edge that was not known. */
  #below(id: FunctionId): boolean {
    for (const component of componentsOf([id], (it) => (this.#known.has(it) ? [] : this.#callees(it)))) {
      if (component.every((it) => this.#known.has(it))) continue;
      this.#evaluate(component);
      if (this.#late) {
        this.#late = false;
        for (const it of component) this.#known.delete(it);
        return true;
      }
      for (const it of component) this.#release(it);
    }
    return false;
  }

  /** Of what has a summary the body and what is in it can be had again, and is rarely asked for. */
  #release(id: FunctionId): void {
    this.#callables.delete(id);
    this.#edges.delete(id);
    this.#program.release(id);
  }

  /** A call was evaluated whose callee has no summary yet, and was not known to be called. */
  #late = false;

  /** `outer|2` is the third closure of `outer`. */
  callable(id: FunctionId): Callable | undefined {
    const known = this.#callables.get(id);
    if (known !== undefined) return known;
    const end = id.lastIndexOf("|");
    const body = end < 0 ? undefined : this.callable(id.slice(0, end))?.body.closures[Number(id.slice(end + 1))];
    const found = end < 0 ? this.#program.callable(id) : body && { body, declared: undefined };
    if (found !== undefined) this.#callables.set(id, found);
    return found;
  }

  head(id: FunctionId): Head | undefined {
    const known = this.#heads.get(id);
    const body = known === undefined ? this.callable(id)?.body : undefined;
    return body === undefined ? known : this.#heads.note(id, body);
  }

  /** As far as names tell; values add to them. */
  #callees(id: FunctionId): ReadonlySet<FunctionId> {
    const known = this.#edges.get(id);
    if (known !== undefined) return known;
    const found = new Set<FunctionId>();
    this.#edges.set(id, found);
    const body = this.callable(id)?.body;
    if (body !== undefined) for (const it of namedIn(id, body, this.#program.names)) found.add(it);
    return found;
  }

  #evaluate(component: readonly FunctionId[]): void {
    const [only, ...more] = component;
    const isCycle = more.length > 0 || (only !== undefined && this.#callees(only).has(only));
    if (isCycle) this.#fixpoint(component.toReversed());
    else if (only !== undefined) this.#changes(only, 0);
  }

  /** Callees first as far as there is such an order; then those again of which a callee has changed. */
  #fixpoint(members: readonly FunctionId[]): void {
    this.#cycle = new Set(members);
    this.#callers.join(members);
    const waiting = new Set(members);
    // The first round is finished in any case, so that it finds all edges that only values show.
    for (let round = 0; waiting.size > 0 && !(this.#late && round > 0) && round < MOST_ROUNDS + 2; round++)
      this.#round(members, waiting, round);
    this.#cycle = NOBODY;
    this.#endless.clear();
  }

  #round(members: readonly FunctionId[], waiting: Set<FunctionId>, round: number): void {
    const callers = callersIn(members, (it) => this.#callees(it));
    for (const id of members) {
      if (!waiting.delete(id) || !this.#changes(id, round)) continue;
      for (const it of callers.get(id) ?? []) waiting.add(it);
    }
    if (waiting.size > 0) return;
    const endless = this.#endless.among(members, (it) => this.#known.get(it)?.summary);
    for (const id of endless) for (const it of [id, ...(callers.get(id) ?? [])]) waiting.add(it);
  }

  readonly #endless = new Endless();

  /** Functions that call each other: what those made and did is known by operation alone, for calls among them have no end. */
  #cycle: ReadonlySet<FunctionId> = NOBODY;

  /** Whether another evaluation gives another summary. */
  #changes(id: FunctionId, round: number): boolean {
    const before = this.#known.get(id);
    const after = this.#one(id);
    if (after === undefined) return false;
    const found = this.#endless.returning(id, after.summary, this.values);
    const summary = round < MOST_ROUNDS ? found : widened(before?.summary, found, this.values);
    this.#known.set(id, { ...after, summary });
    return before === undefined || !sameSummary(before.summary, summary);
  }

  /** Where a function reads a field of that name. Its closures are asked apart. */
  reads(id: FunctionId, field: string): readonly FieldRead[] {
    const reads = new FieldReads(field);
    if (this.summary(id) !== undefined) this.#one(id, reads);
    return reads.all;
  }

  #one(id: FunctionId, reads?: FieldReads): Known | undefined {
    const callable = this.callable(id);
    if (callable === undefined) return undefined;
    this.evaluations++;
    this.#heads.note(id, callable.body);
    const questions = new Questions();
    this.#questions.set(id, questions);
    const evaluation: Evaluation = new Evaluation({
      parts: this.#parts,
      id,
      callable,
      questions,
      attemptsGuard: this.#models?.isJudged(id) === true,
      typeOf: (path) => typeNamed(this.#program.names, id, path),
      inputType: (value) => this.#program.inputType(value, id),
      step: (_, operation, site) => {
        reads?.see(evaluation, operation);
        const goesOn = operations.step(operation, site);
        const { frame } = evaluation;
        if (goesOn) this.#observe?.(id, operation, frame.load(frame.local(operation.to)), (it) => frame.load(it));
        return goesOn;
      },
    });
    const operations = new Operations(evaluation, {
      callees: this.#calleesOf(id, (of, given) => {
        this.#observeCall?.(id, of, given());
        if (!this.#cycle.has(of)) this.#callers.add(of, id);
      }),
      path: (path) => this.#program.names.path(id, path),
      typeOf: (path) => typeNamed(this.#program.names, id, path),
    });
    evaluation.run();
    const tellsAll = this.#models?.speaks(id) !== false;
    return { summary: summarised(evaluation, tellsAll), references: evaluation.references };
  }

  #calleesOf(id: FunctionId, enters: Callees["enters"]): Callees {
    return {
      summary: (of) => this.#summaryFor(id, of),
      isOfTrait: (of) => this.#program.ids.isOfTrait(of),
      enters,
      asks: (of, key, here) => {
        const asked = this.#questions.get(of);
        if (asked !== undefined) this.#questions.get(id)?.noteCallee(asked, key, here);
      },
      rows: this.#rows,
      method: (...call) => methodOf(this.#program.names, this.#rows, id, ...call),
      typeGiven: (start, callee, name) => this.#program.names.typeGiven(id, start, callee, name),
      mayMean: (name, args) => this.#rows.isActing(name) || this.#program.names.mayMean(id, name, args),
    };
  }

  /** What a function gives and does where it is called with these values, of which inputs are those of a caller that nobody wrote. */
  called(id: FunctionId, given: readonly Value[]): Summary | undefined {
    if (this.summary(id) === undefined) return undefined;
    const context = { parts: this.#parts, id, typeOf: (path: Path) => typeNamed(this.#program.names, id, path) };
    const callees = this.#calleesOf(id, () => undefined);
    return called(context, callees, given);
  }

  /** What a call by a path gives in any case, where that is a constant. */
  constantOf(path: string, owner: FunctionId): boolean | number | string | undefined {
    return this.#rows.constantOf(path, owner);
  }

  #summaryFor(owner: FunctionId, id: FunctionId): (Known & { readonly recurs: boolean }) | undefined {
    this.#dependents.add(id, owner);
    const edges = this.#edges.get(owner);
    const known = this.#known.get(id);
    if (edges?.has(id) === false) {
      edges.add(id);
      if (known === undefined && this.callable(id) !== undefined) this.#late = true;
    }
    if (known !== undefined) return { ...known, recurs: this.#cycle.has(id) };
    // What follows may show more edges, before the evaluation is made again.
    return this.#late && !this.#cycle.has(id) && this.callable(id) !== undefined
      ? { summary: unevaluated(this.values), references: new Set<number>(), recurs: false }
      : undefined;
  }
}

const NOBODY: ReadonlySet<FunctionId> = new Set();
