/** Calls: of functions and closures by their summaries, of paths by the rows of models; what is neither stays open. */
import { DEEPEST_VALUE } from "../rust/bounds.ts";
import { eitherOf } from "./alike.ts";
import type { Call } from "./call.ts";
import { type Callee, type Callees, isDispatched } from "./callees.ts";
import { clobber, loseShared } from "./clobber.ts";
import { and, isOpen, SOME } from "./conditions.ts";
import type { Evaluation } from "./evaluation.ts";
import type { Given } from "./given.ts";
import { closuresIn } from "./held-closures.ts";
import { remember } from "./open-calls.ts";
import type { Parts } from "./parts.ts";
import type { Row } from "./rows.ts";
import { Substitution, UNCHANGED } from "./substitution.ts";
import type { Effect, Summary } from "./summary.ts";
import { withArgument } from "./targets.ts";
import { Terms } from "./terms.ts";
import { type Parameter, TypeChoices } from "./type-choices.ts";
import type { Condition, FunctionId, ObjectId, Target, Value } from "./value.ts";
import { isNever } from "./values.ts";

const OTHER = "another implementation may return";

export class Calls {
  readonly #evaluation: Evaluation;
  readonly #callees: Callees;
  readonly #parts: Parts;
  readonly #types: TypeChoices;
  readonly #resolving = new Set<FunctionId | Value>();

  constructor(evaluation: Evaluation, callees: Callees) {
    this.#evaluation = evaluation;
    this.#callees = callees;
    this.#parts = evaluation.context.parts;
    this.#types = new TypeChoices(evaluation);
  }

  /** The result; undefined where the callee does not return. Of a trait's method another one may be meant, which does. */
  target(target: Target, call: Call, name: string): Value | undefined {
    return this.#meant(target, call, name) ?? (isDispatched(target, this.#callees) ? this.#parts.values.unknown(OTHER) : undefined);
  }

  #meant(target: Target, call: Call, name: string): Value | undefined {
    switch (target.kind) {
      case "function":
        return this.function(target.id, call);
      case "variant":
        return (
          this.modelled(target.path, call) ??
          this.#parts.values.record(
            target.path,
            call.arguments.map((it, at) => [String(at), it]),
          )
        );
      case "external":
        return this.#external(target, call);
      case "any":
        return this.#chosen(target, call, name);
      default:
        return this.#unresolved(name, call);
    }
  }

  /** What an initialiser does happens where the static is used, to what is one for all uses. What that holds others may have changed. */
  constant(id: FunctionId, call: Call): Value | undefined {
    const summary = this.#callees.summary(id)?.summary;
    if (summary === undefined) return undefined;
    if (summary.events.some((it) => !it.settled)) {
      this.#callees.enters(id, () => []);
      const as = { ...UNCHANGED, recurs: true, load: (it: Value) => this.#evaluation.frame.load(it) };
      this.#events(summary, new Substitution(this.#parts, [], [], () => undefined, as), call, () => true);
    }
    return summary.result;
  }

  /** By a row for that path alone; undefined where there is none. */
  modelled(path: string, call: Call): Value | undefined {
    const row = this.#callees.rows.own(path, this.#evaluation.context.id, call.form);
    return row && this.#row(row, call);
  }

  /** Of a value that is called. */
  value(callee: Value, call: Call): Value | undefined {
    const loaded = this.#evaluation.frame.load(callee);
    switch (loaded.kind) {
      case "closure":
        return this.function(loaded.of, { ...call, arguments: [...loaded.captures, ...call.arguments] });
      case "function":
        return this.target(loaded.target, call, "");
      case "labelled":
        return this.value(loaded.of, call);
      case "alternatives": {
        const branches = loaded.of.map(({ condition, value }) => ({ condition, run: (one: Call) => this.value(value, one) }));
        return this.#nested(loaded, () => this.#either(branches, call));
      }
      default:
        return this.#open("", { ...call, arguments: [loaded, ...call.arguments], through: call.through?.map((it) => it + 1) });
    }
  }

  /** Of what no choice fits, others may know more. */
  #chosen(target: Target & { readonly kind: "any" }, call: Call, name: string): Value | undefined {
    const run = (it: Target) => (one: Call) => this.#meant(it, one, name);
    const fitting = this.#types.of(target, call.arguments[0]).map((it) => ({ condition: it.condition, run: run(it.target) }));
    return fitting.length === 0 ? this.#open(name, call) : this.#either(fitting, call);
  }

  /** Of a name that may mean several, which under which condition. */
  choices(target: Target & { readonly kind: "any" }): ReturnType<TypeChoices["of"]> {
    return this.#types.of(target);
  }

  /** One of several calls is made: each from the same memory, of which the outcomes are joined. */
  #either(
    branches: readonly { readonly condition: Condition; readonly run: (call: Call) => Value | undefined }[],
    call: Call,
  ): Value | undefined {
    const { frame } = this.#evaluation;
    const before = frame.cells;
    const results = branches.flatMap(({ condition, run }, at) => {
      frame.cells = before;
      const value = run({ ...call, site: `${call.site}.${at}`, condition: and(call.condition, condition) });
      return value === undefined ? [] : [{ condition, value, cells: frame.cells }];
    });
    frame.cells = before;
    if (results.length === 0) return undefined;
    frame.join(results);
    return this.#parts.values.join(results);
  }

  /** Of this one, whatever else may be meant. */
  function(id: FunctionId, call: Call): Value | undefined {
    const callee = this.#callees.summary(id);
    if (callee === undefined) return undefined;
    return this.#nested(id, () => {
      this.#callees.enters(id, () => call.arguments.map((it) => this.#evaluation.frame.load(it)));
      return this.#instantiate(id, callee, call, (it) => {
        const type = call.named === undefined ? undefined : this.#callees.typeGiven(call.named, id, it.name);
        return this.#types.given(it, id, type, call.arguments[0]);
      });
    });
  }

  /** What leads to itself again, by an open call of a callee or a value that holds itself, does there what is known of it already. */
  #nested(what: FunctionId | Value, run: () => Value | undefined): Value | undefined {
    if (this.#resolving.has(what) || this.#resolving.size >= DEEPEST_VALUE) return this.#parts.values.unknown("built up by recursion");
    this.#resolving.add(what);
    const result = run();
    this.#resolving.delete(what);
    return result;
  }

  #instantiate(
    id: FunctionId,
    { summary, references, recurs }: Callee,
    call: Call,
    parameter: (value: Parameter) => Value,
  ): Value | undefined {
    const { chains } = this.#parts.values;
    const { frame } = this.#evaluation;
    const inputs = call.arguments.map((it, at) => (references.has(at) ? frame.load(it) : at === 0 ? frame.held(it) : it));
    const again = (callee: string, given: readonly Value[]): Value | undefined =>
      this.#pure(callee, { ...call, arguments: given, named: undefined });
    const substitution = new Substitution(this.#parts, inputs, call.arguments, again, {
      renamed: (id) => {
        const origin = chains.originOf(id);
        return recurs ? id : chains.through(call.site, summary.crowded.has(origin) ? origin : id);
      },
      recurs,
      load: (it) => frame.load(it),
      parameter,
      asks: (key, here) => this.#callees.asks(id, key, here),
    });
    // What is open in the callee is another call.
    this.#events(summary, substitution, { ...call, recurs, named: undefined }, (id) => recurs || summary.crowded.has(chains.originOf(id)));
    this.#passedOn(summary.given, substitution, call);
    for (const [object, value] of summary.contents)
      frame.setContents({ kind: "contents", object: substitution.renamed(object), type: "" }, substitution.value(value));
    for (const [index, value] of summary.writes) {
      const pointer = call.arguments[index];
      if (pointer !== undefined) frame.write(pointer, [], substitution.value(value));
    }
    return summary.returns.length > 0 ? substitution.value(summary.result) : undefined;
  }

  #events({ events }: Summary, substitution: Substitution, call: Call, isMerged: (id: ObjectId) => boolean): void {
    for (const event of events) {
      if (event.settled) continue;
      const key = substitution.renamed(event.key);
      const asked = substitution.condition(event.condition);
      const condition = and(call.condition, asked);
      if (event.kind === "effect") {
        const decided = event.decided || (isOpen(event.condition) && !isOpen(asked));
        this.#effect({ ...event, key, condition, decided }, substitution, isMerged(event.key));
      } else if (condition.length === 0) substitution.resolve(event.call, this.#parts.values.never);
      else if (event.call.kind === "apply") {
        const given = event.call.arguments.map((it) => substitution.value(it));
        const form = event.call.callee === "" ? "path" : "method";
        const result = this.#again(event.call.callee, { ...call, site: key, condition, arguments: given, form, through: event.through });
        substitution.resolve(event.call, result ?? this.#parts.values.never);
      }
    }
  }

  #passedOn({ inputs, objects }: Given, substitution: Substitution, call: Call): void {
    const { given } = this.#evaluation;
    for (const [index, reach] of inputs) {
      const argument = call.arguments[index] ?? this.#parts.values.unit;
      given.add(argument, reach);
      if (reach === "mutated" && argument.kind === "pointer" && argument.cell.kind === "contents") loseShared(this.#evaluation, argument);
    }
    for (const [object, reach] of objects) given.object(substitution.renamed(object), reach);
  }

  #effect(effect: Effect, substitution: Substitution, isMerged: boolean): void {
    const on = this.#evaluation.frame.unlocked(substitution.value(effect.on));
    const parts = effect.with.map((it) => substitution.value(it));
    if (effect.condition.length === 0 || [on, ...parts].some(isNever)) return;
    const decided = effect.decided || effect.with.some((it, at) => it.open && parts[at]?.open === false);
    const known = isMerged ? this.#evaluation.events.get(effect.key) : undefined;
    this.#evaluation.events.set(effect.key, eitherOf(known, { ...effect, on, with: parts, decided }, this.#parts));
  }

  /** An open call of a callee, now that its arguments are known better. */
  #again(callee: string, call: Call): Value | undefined {
    const [receiver, ...rest] = call.arguments;
    // Among functions that call each other what a method is called on is known where it stands, or by a caller of them all.
    if (call.recurs === true && callee !== "") return this.#open(callee, call);
    if (callee === "" && receiver !== undefined)
      return this.value(receiver, { ...call, arguments: rest, through: call.through?.map((it) => it - 1) });
    if (!callee.startsWith(".") || receiver === undefined) return this.#open(callee, call);
    const held = this.#evaluation.frame.load(receiver);
    return this.target(this.#callees.method(callee.slice(1), -1, receiver, held), call, callee);
  }

  /** An open call that does nothing but give a value, once the type of its receiver shows. */
  #pure(callee: string, call: Call): Value | undefined {
    const [receiver] = call.arguments;
    if (receiver === undefined || !callee.startsWith(".")) return undefined;
    const target = this.#callees.method(callee.slice(1), -1, receiver, this.#evaluation.frame.load(receiver));
    const row = target.kind === "external" ? this.#callees.rows.of(target.path, this.#evaluation.context.id, "method") : undefined;
    return row !== undefined && this.#callees.rows.isPure(row) ? this.#row(row, { ...call, condition: SOME }) : undefined;
  }

  #unresolved(name: string, call: Call): Value {
    const called = name.startsWith(".") ? name.slice(1) : name;
    const row = this.#callees.rows.anywhere(called, this.#evaluation.context.id, call.arguments.length);
    return row === undefined ? this.#open(name, call) : this.#row(row, call);
  }

  #external(target: Target & { readonly kind: "external" }, call: Call): Value | undefined {
    const { form, arguments: given } = call;
    const row = this.#callees.rows.of(target.path, this.#evaluation.context.id, form, withArgument(target), given.length);
    return row === undefined ? this.#unread(target.path, call, false) : this.#row(row, call);
  }

  /** What a call gives of which no more is known. `mayMean`: a caller may know what is called. */
  #unread(callee: string, call: Call, mayMean: boolean): Value {
    const given = call.arguments.map((it) => this.#evaluation.frame.outside(it));
    const value = this.#parts.values.make({ kind: "apply", callee, arguments: given });
    if (!(mayMean && value.pending)) this.#mayCall(call);
    clobber(this.#evaluation, callee, call);
    const name = call.form === "method" || callee.startsWith(".") ? methodOf(callee) : "";
    const tells = name !== "" && this.#callees.rows.isTelling(name, given.slice(1));
    // Only what may be resolved by a caller is worth remembering.
    if (tells || (mayMean && value.pending)) remember(this.#evaluation, value, call, tells);
    else this.#evaluation.given.all(given, call.through);
    return value;
  }

  /** Code that nobody knows may call what it is given: what a closure does to what is around it is told, and may have happened. */
  #mayCall(call: Call): void {
    for (const [at, it] of call.arguments.entries())
      for (const [nth, { condition, value: closure }] of closuresIn(this.#evaluation.frame, it).entries()) {
        const made: Call = { ...call, arguments: [], form: "path", named: undefined, through: undefined };
        const ways = [
          { condition, run: ({ site }: Call) => this.value(closure, { ...made, site }) },
          { condition: SOME, run: () => this.#parts.values.unit },
        ];
        this.#either(ways, { ...call, site: `${call.site}.${at}${nth === 0 ? "" : `.${nth}`}` });
      }
  }

  #row(row: Row, call: Call): Value {
    const terms = new Terms(this.#evaluation, call, {
      call: (callee, given, site) => this.value(callee, { ...call, site, arguments: given, form: "path" }),
      row: (of) => this.#callees.rows.of(of, this.#evaluation.context.id, "path"),
    });
    return terms.row(row);
  }

  #open(callee: string, call: Call): Value {
    return this.#unread(callee, call, callee === "" || this.#callees.mayMean(callee.slice(1), call.arguments.length - 1));
  }
}

/** By the path of its type, or without. */
const methodOf = (callee: string): string => callee.slice(callee.startsWith(".") ? 1 : callee.lastIndexOf("::") + 2);
