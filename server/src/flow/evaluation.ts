/** The evaluation of one body: its blocks to a fixpoint, and what that comes to as a summary. */

import type { Span } from "../base/span.ts";
import { type Body, type Local, type Operation, successorsOf, type Terminator } from "../rust/bodies/index.ts";
import { MOST_ROUNDS } from "../rust/bounds.ts";
import { orderOf } from "./block-order.ts";
import type { Cells } from "./cells.ts";
import { changedIn } from "./changes.ts";
import { ALWAYS, and, commonOf, keyOf, NEVER, not, or, relative, whenTrue } from "./conditions.ts";
import { Frame } from "./frame.ts";
import { Given } from "./given.ts";
import { type Liveness, livenessOf } from "./liveness.ts";
import type { Callable } from "./names.ts";
import type { Parts } from "./parts.ts";
import type { Questions } from "./questions.ts";
import type { Effect, OpenCall, Place } from "./summary.ts";
import type { Condition, FunctionId, Value } from "./value.ts";
import { changing } from "./widening.ts";

export interface Context {
  readonly parts: Parts;
  readonly id: FunctionId;
  readonly callable: Callable;
  /** What fails has left: in bodies that are asked for what they refuse, `?` is a condition of what follows. */
  readonly attemptsGuard: boolean;
  /** A truth is what a branch asks for. */
  readonly questions: Questions;
  typeOf(path: Parameters<ConstructorParameters<typeof Frame>[3]>[0]["of"]): string;
  /** The path of the type that an input, or a part of one, is declared to be of. */
  inputType(value: Value): string | undefined;
  /** Evaluates one operation; false where nothing follows. */
  step(evaluation: Evaluation, operation: Operation, site: string): boolean;
}

interface Edge {
  readonly cells: Cells;
  readonly condition: Condition;
}

export class Evaluation {
  readonly frame: Frame;
  readonly context: Context;
  readonly body: Body;
  /** By key, in the order in which they were found. */
  readonly events = new Map<string, Effect | OpenCall>();
  /** The keys of open calls, by their operation and value. */
  readonly openCalls = new Map<string, string>();
  readonly given = new Given();
  /** What patterns ask, by the operation that asks: values of which one alternative holds an object and another does not. */
  readonly asked = new Map<string, Value>();
  condition: Condition = ALWAYS;
  /** Inputs that are mutable references: their contents are what callers see change. */
  readonly references: ReadonlySet<number>;
  returned: { readonly value: Value; readonly cells: Cells; readonly condition: Condition } | undefined;
  readonly #live: Liveness;
  readonly #edges = new Map<number, Map<number, Edge>>();
  readonly #visits = new Map<number, number>();
  readonly #widened = new Map<number, Set<number>>();
  readonly #entries = new Map<number, Edge>();
  /** Blocks that loops come back to: there alone what changes without end is given up. */
  #heads: ReadonlySet<number> = new Set();
  #rank: ReadonlyMap<number, number> = new Map();

  constructor(context: Context) {
    this.context = context;
    const { body, declared } = context.callable;
    this.body = body;
    this.#live = livenessOf(body);
    const changed = changedIn(body);
    const shared = new Set(body.captures.map((it) => it.inner).filter((it) => changed.has(it)));
    this.references = declared === undefined ? capturedReferences(body, shared) : referencesOf(declared);
    this.frame = new Frame(context.parts, body, shared, (step) => context.typeOf(step.of));
    this.#enter(body);
  }

  /** Captures first, then parameters. */
  #enter({ captures, parameters }: Body): void {
    const { values } = this.context.parts;
    const inputs: readonly Local[] = [...captures.map((it) => it.inner), ...parameters];
    for (const [index, local] of inputs.entries()) {
      const input = values.make({ kind: "input", index });
      if (!this.references.has(index)) this.frame.cells = this.frame.cells.with(local, input);
      else {
        const cell = { kind: "input", index } as const;
        this.frame.setContents(cell, input);
        this.frame.cells = this.frame.cells.with(local, values.make({ kind: "pointer", cell, path: [] }));
      }
    }
  }

  /** Among the inputs, of a parameter. */
  indexOf(parameter: Local): number {
    return this.body.captures.length + this.body.parameters.indexOf(parameter);
  }

  place(span: Span): Place {
    return { in: this.context.id, span };
  }

  /** All blocks, callers of blocks first, until nothing changes. */
  run(): void {
    const order = orderOf(this.body);
    const rank = new Map(order.map((block, at) => [block, at]));
    this.#rank = rank;
    this.#heads = new Set(order.flatMap((block, at) => successorsOf(this.body, block).filter((it) => (rank.get(it) ?? 0) <= at)));
    this.#edges.set(0, new Map([[-1, { cells: this.frame.cells, condition: ALWAYS }]]));
    const waiting = new Uint8Array(order.length);
    waiting[0] = 1;
    for (let at = 0; at < order.length; ) {
      if (waiting[at] === 0) {
        at++;
        continue;
      }
      waiting[at] = 0;
      const block = order[at] ?? 0;
      let earliest = at + 1;
      for (const next of this.#block(block)) {
        const place = rank.get(next) ?? 0;
        waiting[place] = 1;
        earliest = Math.min(earliest, place);
      }
      at = earliest;
    }
    this.context.questions.noteWhole(
      this.body,
      (block) => this.#under(block),
      ({ span }) => this.place(span),
    );
  }

  /** The blocks behind it that know something new. */
  #block(block: number): number[] {
    const visits = (this.#visits.get(block) ?? 0) + 1;
    this.#visits.set(block, visits);
    const entry = this.#entry(block, visits);
    this.frame.cells = entry.cells;
    this.condition = entry.condition;
    const { operations, end } = this.body.blocks[block] ?? { operations: [], end: { kind: "diverge" } as const };
    for (const [at, operation] of operations.entries()) {
      if (!this.context.step(this, operation, `${this.context.id}@${block}.${at}`)) return [];
    }
    return this.#leave(block, end);
  }

  #leave(block: number, end: Terminator): number[] {
    switch (end.kind) {
      case "goto":
        return this.#edge(block, end.to, this.condition);
      case "branch": {
        const asked = this.frame.local(end.condition);
        this.#decide(block, end.condition);
        const yes = whenTrue(asked);
        const no = not(yes);
        const [first, second] =
          end.guards || this.context.attemptsGuard
            ? [and(this.condition, yes), this.#isEach(block, end.condition) ? this.#after(block, no) : and(this.condition, no)]
            : [this.condition, this.condition];
        return [
          ...(yes.length === 0 || first.length === 0 ? [] : this.#edge(block, end.yes, first)),
          ...(no.length === 0 || second.length === 0 ? [] : this.#edge(block, end.no, second)),
        ];
      }
      case "return":
        this.returned = { value: this.frame.local(end.value), cells: this.frame.cells, condition: this.condition };
        return [];
      case "diverge":
        return [];
    }
  }

  /** What is asked, or what that is the opposite of. */
  #decide(block: number, condition: Local): void {
    const made = this.#made(block, condition);
    if (made?.kind === "unary" && made.operator === "!") this.#decide(block, made.operand);
    else this.context.questions.note(whenTrue(this.frame.local(condition)), this.place(made?.span ?? this.body.span));
  }

  /** Under which a block is reached at all. */
  #under(block: number): Condition {
    return [...(this.#edges.get(block)?.values() ?? [])].reduce<Condition>((any, it) => or(any, it.condition), NEVER);
  }

  /** Behind a loop: nothing was there, or what was there did not leave. What a head asks is whether there is anything at all. */
  #after(block: number, none: Condition): Condition {
    const own = this.#rank.get(block) ?? 0;
    const edges = [...(this.#edges.get(block) ?? [])].map(([from, { condition }]) => ({
      condition,
      again: (this.#rank.get(from) ?? -1) >= own,
    }));
    const first = edges.filter((it) => !it.again).reduce<Condition>((any, it) => or(any, it.condition), []);
    return edges.filter((it) => it.again).reduce<Condition>((any, it) => or(any, it.condition), and(first, none));
  }

  /** A loop asks for another element. */
  #isEach(block: number, local: Local): boolean {
    const made = this.#made(block, local);
    return this.#heads.has(block) && made?.kind === "test" && made.test.kind === "another";
  }

  #made(block: number, local: Local): Operation | undefined {
    return this.body.blocks[block]?.operations.findLast((it) => it.to === local);
  }

  #edge(from: number, to: number, condition: Condition): number[] {
    const edges = this.#edges.get(to) ?? new Map<number, Edge>();
    this.#edges.set(to, edges);
    const known = edges.get(from);
    const { cells } = this.frame;
    if (known !== undefined && keyOf(known.condition) === keyOf(condition) && known.cells.differing(cells).next().done === true) return [];
    edges.set(from, { cells, condition });
    return [to];
  }

  #entry(block: number, visits: number): Edge {
    const edges = [...(this.#edges.get(block)?.values() ?? [])];
    const [first, ...more] = edges;
    if (first === undefined) return { cells: this.frame.cells, condition: ALWAYS };
    if (more.length === 0) return first;
    const isWidened = visits > MOST_ROUNDS && this.#heads.has(block);
    const condition = edges.reduce<Condition>((any, it) => or(any, it.condition), []);
    const before = this.#entries.get(block);
    const entry = {
      cells: this.#joined(block, edges, condition, isWidened ? before?.cells : undefined),
      condition: isWidened ? (before?.condition ?? condition) : condition,
    };
    this.#entries.set(block, entry);
    return entry;
  }

  /** `before`: what was there in the last of many rounds. */
  #joined(block: number, edges: readonly Edge[], condition: Condition, before: Cells | undefined): Cells {
    const { values } = this.context.parts;
    const [first, ...more] = edges;
    if (first === undefined) return this.frame.cells;
    const widened = this.#widened.get(block) ?? new Set<number>();
    this.#widened.set(block, widened);
    const looked = new Set([...this.#live.at(block), ...this.#live.borrowed, ...this.frame.sharedCells()]);
    const differing = [...looked].filter((index) => more.some((it) => it.cells.get(index) !== first.cells.get(index)));
    // What was given up once stays so, and what changes from round to round is, even where all ways there agree on it, or nobody reads it.
    const changed = before === undefined ? [] : first.cells.differing(before);
    let { cells } = first;
    // Which of the alternatives it is says nothing more of the attempts that all have passed.
    const base = condition.length > 1 ? [{ atoms: commonOf(condition), some: false }] : condition;
    for (const index of new Set([...differing, ...widened, ...changed])) {
      const given = edges.flatMap((it) => {
        const value = it.cells.get(index);
        return value === undefined ? [] : [{ condition: relative(it.condition, base), value }];
      });
      const value = values.join(given);
      const known = before?.get(index);
      const isAgain = widened.has(index);
      if (before !== undefined && known !== value) widened.add(index);
      const widening = { parts: this.context.parts, isJudged: this.context.attemptsGuard, isAgain };
      cells = cells.with(index, widened.has(index) ? changing(value, known, widening) : value);
    }
    return cells;
  }
}

function capturedReferences({ captures }: Body, shared: ReadonlySet<Local>): ReadonlySet<number> {
  return new Set(captures.flatMap(({ inner }, index) => (shared.has(inner) ? [index] : [])));
}

function referencesOf({ signature }: NonNullable<Callable["declared"]>): ReadonlySet<number> {
  const found = new Set<number>();
  const receiver = signature?.receiver;
  if (receiver?.reference === true && receiver.mutable) found.add(0);
  const first = receiver === undefined ? 0 : 1;
  for (const [at, { type }] of (signature?.parameters ?? []).entries())
    if (type?.kind === "reference" && type.mutable) found.add(at + first);
  return found;
}
