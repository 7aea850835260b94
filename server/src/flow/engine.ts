/** Summaries of functions, callees first: each once, those that call each other until nothing changes. */
import { atOnce, type Steps } from "../base/steps.ts";
import { MOST_ROUNDS } from "../rust/bounds.ts";
import type { Path } from "../rust/index.ts";
import { BodiesMet } from "./bodies-met.ts";
import { called } from "./called.ts";
import type { Callee, Callees } from "./callees.ts";
import { Callers } from "./callers.ts";
import { callersIn, componentsOf, inOwnOrder } from "./components.ts";
import { Dependents } from "./dependents.ts";
import { Endless } from "./endless.ts";
import { Evaluation } from "./evaluation.ts";
import type { Head } from "./heads.ts";
import type { Made } from "./made.ts";
import { typeNamed } from "./named-callees.ts";
import type { Callable, Program } from "./names.ts";
import type { Observer } from "./observers.ts";
import { Operations } from "./operations.ts";
import { Parts } from "./parts.ts";
import { type AskedHere, Questions } from "./questions.ts";
import { methodOf } from "./receivers.ts";
import { type Renewable, type Renewed, renew } from "./renewal.ts";
import { RowIndex } from "./row-index.ts";
import type { CallerRows, Rows } from "./rows.ts";
import { type Applied, Substitution, UNCHANGED } from "./substitution.ts";
import { summarised, unevaluated, widened } from "./summarise.ts";
import { type Summary, sameSummary } from "./summary.ts";
import type { FunctionId, Value } from "./value.ts";
import { Values } from "./values.ts";
import type { Watcher } from "./watcher.ts";

export class Flow {
  readonly values = new Values();
  /** Bodies evaluated so far: what tests count. */
  evaluations = 0;
  readonly #parts: Parts;
  #program: Program;
  #rows: RowIndex;
  readonly #standard: Rows;
  readonly #known = new Map<FunctionId, Made>();
  readonly #bodies: BodiesMet;
  readonly #observer: Observer | undefined;
  #models: CallerRows | undefined;
  readonly #callers = new Callers();
  readonly #dependents = new Dependents();
  constructor(program: Program, rows: Rows, observer?: Observer, models?: CallerRows) {
    this.#observer = observer;
    this.#models = models;
    this.#program = program;
    this.#bodies = new BodiesMet(program);
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
    this.#program.looks.at(owner);
    return this.#known.get(owner)?.questions;
  }

  /** Where a function, or one that it calls, asks that an atom holds, or does not. */
  askedAt(owner: FunctionId, key: string, holds: boolean): AskedHere | undefined {
    const asking = this.questions(owner)?.asking(key, holds);
    if (asking === undefined) return undefined;
    this.#program.looks.at(asking.in);
    return this.questions(asking.in)?.askedHere(asking.side);
  }

  /** A value in which some inputs are known, and what some calls give. */
  with(value: Value, inputs: readonly Value[], applied: Applied = () => undefined): Value {
    return new Substitution(this.#parts, inputs, inputs, applied, UNCHANGED).value(value);
  }

  /**
   * The program is another one, in which some functions have other bodies, or none. They are made again, and what was made of them as far as
   * that is another now.
   */
  continueWith(program: Program, models: CallerRows | undefined, isOther: (id: FunctionId) => boolean): Renewed {
    this.#program = program;
    this.#models = models;
    this.#rows = new RowIndex(this.#standard, models);
    // What was never summarised may stand elsewhere now, too.
    this.#bodies.continueWith(program, isOther);
    const renewable: Renewable = {
      dependents: this.#dependents,
      madeWith: (id) => this.#callers.cycleOf(id),
      made: (id) => this.#known.get(id),
      forget: (ids) => {
        for (const it of ids) this.#forget(it);
      },
      make: (id) => this.summary(id),
    };
    return renew(renewable, new Set([...this.#known.keys(), ...this.#dependents.all].filter(isOther)));
  }

  #forget(id: FunctionId): void {
    this.#observer?.begins(id);
    this.#known.delete(id);
    this.#bodies.forget(id);
    this.#callers.forget(id, this.#dependents.used(id));
    this.#dependents.forget(id);
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
    this.#program.looks.forSummary(id);
    if (!this.#known.has(id)) atOnce(this.prepare(id));
    return this.#known.get(id)?.summary;
  }

  /** Evaluates what a summary takes, in steps. */
  *prepare(id: FunctionId): Steps<void> {
    while (!this.#known.has(id) && (yield* this.#below(id))) {
      // An edge was found that only a value shows: what it leads to comes first.
    }
  }

  /** What a function calls, callees first, and itself. True if a body has to be evaluated again because of an edge that was not known. */
  *#below(id: FunctionId): Steps<boolean> {
    for (const component of componentsOf([id], (it) => (this.#known.has(it) ? [] : this.#bodies.callees(it)))) {
      if (component.every((it) => this.#known.has(it))) continue;
      this.#evaluate(component);
      if (this.#late) {
        this.#late = false;
        for (const it of component) this.#known.delete(it);
        return true;
      }
      for (const it of component) {
        // Also what is named and never entered: by these edges it was told who calls whom in turn.
        for (const callee of this.#bodies.callees(it)) this.#dependents.add(callee, it);
        this.#bodies.release(it);
      }
      yield;
    }
    return false;
  }

  /** A call was evaluated whose callee has no summary yet, and was not known to be called. */
  #late = false;

  /** `outer|2` is the third closure of `outer`. */
  callable(id: FunctionId): Callable | undefined {
    return this.#bodies.callable(id);
  }

  head(id: FunctionId): Head | undefined {
    return this.#bodies.head(id);
  }

  #evaluate(component: readonly FunctionId[]): void {
    const [only, ...more] = component;
    const isCycle = more.length > 0 || (only !== undefined && this.#bodies.callees(only).has(only));
    if (isCycle) this.#fixpoint(inOwnOrder(component, (it) => this.#bodies.callees(it)));
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
    const callers = callersIn(members, (it) => this.#bodies.callees(it));
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

  /** A body is evaluated once more for somebody who looks on. Its closures are apart. */
  watch<T extends Watcher>(id: FunctionId, watcher: T): T {
    if (this.summary(id) !== undefined) this.#one(id, watcher);
    return watcher;
  }

  #one(id: FunctionId, watcher?: Watcher): Made | undefined {
    const callable = this.callable(id);
    if (callable === undefined) return undefined;
    this.evaluations++;
    this.#observer?.begins(id);
    this.#bodies.note(id, callable);
    const questions = new Questions();
    const evaluation: Evaluation = new Evaluation({
      parts: this.#parts,
      id,
      callable,
      questions,
      attemptsGuard: this.#models?.isJudged(id) === true,
      typeOf: (path) => typeNamed(this.#program.names, id, path),
      inputType: (value) => this.#program.inputType(value, id),
      step: (_, operation, site) => {
        watcher?.before?.(evaluation, operation);
        const goesOn = operations.step(operation, site);
        const { frame } = evaluation;
        if (goesOn) this.#observer?.gives(id, operation, frame.load(frame.local(operation.to)), (it) => frame.load(it));
        if (goesOn) watcher?.after?.(evaluation, operation);
        return goesOn;
      },
    });
    const operations = new Operations(evaluation, {
      callees: this.#calleesOf(id, questions, (of, given) => {
        this.#observer?.called(id, of, given());
        if (!this.#cycle.has(of)) this.#callers.add(of, id);
      }),
      path: (path) => this.#program.names.path(id, path),
      typeOf: (path) => typeNamed(this.#program.names, id, path),
    });
    evaluation.run();
    const tellsAll = this.#models?.speaks(id) !== false;
    return { summary: summarised(evaluation, tellsAll), references: evaluation.references, questions, order: this.evaluations };
  }

  #calleesOf(id: FunctionId, questions: Questions | undefined, enters: Callees["enters"]): Callees {
    return {
      summary: (of) => this.#summaryFor(id, of),
      isOfTrait: (of) => this.#program.ids.isOfTrait(of),
      enters,
      asks: (of, key, here) => {
        const asked = this.questions(of);
        if (asked !== undefined) questions?.noteCallee(of, asked, key, here);
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
    const callees = this.#calleesOf(id, undefined, () => undefined);
    return called(context, callees, given);
  }

  /** What a call by a path gives in any case, where that is a constant. */
  constantOf(path: string, owner: FunctionId): boolean | number | string | undefined {
    return this.#rows.constantOf(path, owner);
  }

  #summaryFor(owner: FunctionId, id: FunctionId): Callee | undefined {
    this.#dependents.add(id, owner);
    const edges = this.#bodies.knownCallees(owner);
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
