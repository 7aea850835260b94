/** What each operation of a body does to the memory of its evaluation. */
import type { Body, Operation, Place, Test } from "../rust/bodies/index.ts";
import type { Call } from "./call.ts";
import type { Callees } from "./callees.ts";
import { Calls } from "./calls.ts";
import { composed, mixed } from "./composed.ts";
import type { Evaluation } from "./evaluation.ts";
import type { Names } from "./names.ts";
import { operation as operated } from "./operators.ts";
import { viewName } from "./part-names.ts";
import { Revisits } from "./revisits.ts";
import { shownType } from "./shown-type.ts";
import type { Count, FunctionId, Target, Value } from "./value.ts";

export interface Meaning {
  readonly callees: Callees;
  path(path: Parameters<Names["path"]>[1]): Target;
  /** Of a type or variant, for records and tests. */
  typeOf(path: Parameters<Names["path"]>[1]): string;
}

/** What may call something: of everything else asking costs as much as doing. */
const REVISITED: ReadonlySet<Operation["kind"]> = new Set(["call", "method", "path"]);

type Of<K extends Operation["kind"]> = Operation & { readonly kind: K };

export class Operations {
  readonly #it: Evaluation;
  readonly #meaning: Meaning;
  readonly #calls: Calls;
  readonly #revisits: Revisits;

  constructor(evaluation: Evaluation, meaning: Meaning) {
    this.#it = evaluation;
    this.#meaning = meaning;
    this.#calls = new Calls(evaluation, meaning.callees);
    this.#revisits = new Revisits(evaluation);
  }

  /** False where nothing follows. */
  step(operation: Operation, site: string): boolean {
    if (operation.kind === "store") {
      if (!this.#sets(operation, site)) this.#it.frame.store(operation.place, this.#local(operation.value));
      return true;
    }
    const value = REVISITED.has(operation.kind)
      ? this.#revisits.value(site, () => this.#value(operation, site))
      : this.#value(operation, site);
    if (value === undefined) return false;
    this.#it.frame.setLocal(operation.to, value);
    return true;
  }

  /** Assigns to a field of an object of which a model knows it. */
  #sets({ place, value }: Of<"store">, site: string): boolean {
    const last = place.path.at(-1);
    if (last?.kind !== "field") return false;
    const held = this.#viewed({ local: place.local, path: place.path.slice(0, -1) });
    const type = this.#typeOf(held);
    if (type === undefined) return false;
    const call = { arguments: [held, this.#local(value)], site, condition: this.#it.condition, form: "method" } as const;
    // Of what a model knows its other fields say nothing.
    return this.#calls.modelled(`${type}.${last.name}`, call) !== undefined || held.kind === "object";
  }

  /** A method puts more into a list that an object has in a field of which a model knows: as if the longer list had been assigned. */
  #fills({ receiver, name }: Of<"method">, before: Value, call: Call): void {
    const last = receiver.path.at(-1);
    const [added] = call.arguments;
    if (last?.kind !== "field" || added === undefined || before.kind !== "part" || before.of.kind !== "object") return;
    const row = this.#meaning.callees.rows.own(`std::vec::Vec::${name}`, this.#it.context.id, "method");
    const isMore = row?.writes?.some(({ value }) => "push" in value) === true;
    const type = isMore ? this.#typeOf(before.of) : undefined;
    if (type === undefined) return;
    const given = [before.of, this.#parts.push(before, added)];
    this.#calls.modelled(`${type}.${last.name}`, { ...call, site: `${call.site}.${last.name}`, arguments: given, form: "method" });
  }

  #typeOf(held: Value): string | undefined {
    return shownType(held) ?? this.#it.context.inputType(held);
  }

  /** What a place holds, where a field may be the object itself, seen as another type. */
  #viewed({ local, path }: Place): Value {
    let held = this.#it.frame.load(this.#it.frame.read({ local, path: [] }));
    for (const step of path) {
      if (step.kind === "dereference") continue;
      const view = step.kind === "field" ? this.#viewOf(held, this.#it.frame.nameOf(step)) : undefined;
      held = this.#it.frame.load(this.#parts.get(held, view === undefined ? this.#it.frame.nameOf(step) : viewName(view)));
    }
    return held;
  }

  #viewOf(held: Value, field: string): string | undefined {
    const type = this.#typeOf(held);
    return type && this.#meaning.callees.rows.viewOf(`${type}.${field}`, this.#it.context.id);
  }

  /** What changes with a place: the object itself, where its last field is that object, seen as another type. */
  #changed(place: Place): Value {
    const last = place.path.at(-1);
    const view =
      last?.kind === "field"
        ? this.#viewOf(this.#viewed({ local: place.local, path: place.path.slice(0, -1) }), this.#it.frame.nameOf(last))
        : undefined;
    return view === undefined ? this.#it.frame.pointerTo(place) : this.#viewed(place);
  }

  get #parts() {
    return this.#it.context.parts;
  }

  get #values() {
    return this.#parts.values;
  }

  #local(index: number): Value {
    return this.#it.frame.local(index);
  }

  #loaded(index: number): Value {
    return this.#it.frame.load(this.#local(index));
  }

  #value(it: Operation, site: string): Value | undefined {
    switch (it.kind) {
      case "constant":
        return it.literal.type === "other" ? this.#values.unknown("literal") : this.#values.constant(it.literal.value);
      case "copy":
        return this.#it.frame.read(it.from);
      case "reference":
        return it.mutable ? this.#changed(it.place) : this.#it.frame.read(it.place);
      case "path":
        return this.#path(it, site);
      case "call":
      case "method":
      case "macro":
        return this.#call(it, site);
      case "closure":
        return this.#closure(it);
      case "test":
        return this.#test(it, site);
      case "unary":
        return operated(this.#parts, it.operator, [this.#loaded(it.operand)]);
      case "binary":
        return operated(this.#parts, it.operator, [this.#loaded(it.left), this.#loaded(it.right)]);
      case "await":
      case "iterate":
      case "residual":
        return this.#local(it.operand);
      case "record":
        return this.#record(it, site);
      default:
        return composed(this.#it, it);
    }
  }

  #record(it: Of<"record">, site: string): Value {
    const fields = it.fields.map(({ name, value }) => [name, this.#local(value)] as const);
    const base = it.base === undefined ? undefined : this.#loaded(it.base);
    const type = this.#meaning.typeOf(it.path);
    return this.#modelled(type, fields, site) ?? this.#values.record(type, fields, base);
  }

  /** A struct expression of a type that a model knows by its fields. */
  #modelled(type: string, fields: readonly (readonly [string, Value])[], site: string): Value | undefined {
    const call: Call = { arguments: [], site, condition: this.#it.condition, form: "path" };
    const made = this.#calls.modelled(`${type} {}`, call);
    if (made === undefined) return undefined;
    for (const [at, [name, value]] of fields.entries())
      this.#calls.modelled(`${type}.${name}`, { ...call, site: `${site}.${at}`, arguments: [made, value], form: "method" });
    return made;
  }

  #path(it: Of<"path">, site: string, target = this.#meaning.path(it.path)): Value | undefined {
    switch (target.kind) {
      case "variant":
        return this.#modelled(target.path, [], site) ?? this.#values.record(target.path, []);
      case "constant":
        return this.#constant(target.id, site) ?? this.#values.never;
      case "any":
        return this.#either(target, it, site);
      case "unknown":
        return this.#elsewhere(it);
      default:
        return this.#number(it) ?? this.#values.make({ kind: "function", target });
    }
  }

  #either(target: Target & { readonly kind: "any" }, it: Of<"path">, site: string): Value {
    const choices = this.#calls.choices(target);
    if (choices.length === 0) return this.#elsewhere(it);
    return this.#values.join(
      choices.flatMap(({ condition, target: one }) => {
        const value = this.#path(it, site, one);
        return value === undefined ? [] : [{ condition, value }];
      }),
    );
  }

  /** What nothing here declares: the same wherever it is named. */
  #elsewhere(it: Of<"path">): Value {
    return this.#number(it) ?? this.#values.make({ kind: "apply", callee: this.#meaning.typeOf(it.path), arguments: [] });
  }

  #number({ path }: Of<"path">): Value | undefined {
    const known = this.#meaning.callees.rows.constant(this.#meaning.typeOf(path));
    return known === undefined ? undefined : this.#values.constant(known);
  }

  #constant(id: FunctionId, site: string): Value | undefined {
    return this.#calls.constant(id, { arguments: [], site, condition: this.#it.condition, form: "path" });
  }

  #closure(it: Of<"closure">): Value {
    const { captures = [] } = this.#it.body.closures[it.body] ?? {};
    const references = this.#meaning.callees.summary(`${this.#it.context.id}|${it.body}`)?.references;
    const held = captures.map(({ outer }, index) =>
      references?.has(index) === true ? this.#it.frame.pointerTo({ local: outer, path: [] }) : this.#local(outer),
    );
    return this.#values.make({ kind: "closure", of: `${this.#it.context.id}|${it.body}`, captures: held });
  }

  #call(it: Of<"call"> | Of<"method"> | Of<"macro">, site: string): Value | undefined {
    const given = it.arguments.map((local) => this.#local(local));
    const form = it.kind === "method" ? "method" : "path";
    const mutable = mutableIn(this.#it.body);
    const through = it.arguments.flatMap((local, at) => (mutable.has(local) ? [at + (form === "method" ? 1 : 0)] : []));
    const call: Call = { arguments: given, site, condition: this.#it.condition, form, through };
    if (it.kind === "macro") {
      const name = `${it.path.segments.at(-1)?.name ?? ""}!`;
      return this.#calls.modelled(name, call) ?? mixed(this.#it, `macro ${name}`, it.arguments);
    }
    if (it.kind === "method") {
      const receiver = this.#changed(it.receiver);
      const named = it.nameSpan.start;
      const before = this.#it.frame.load(receiver);
      const target = this.#meaning.callees.method(it.name, named, receiver, before);
      // `text.parse::<T>()` is `T::from_str(text)`.
      const isParsed = target.kind === "external" && !target.path.endsWith(`::${it.name}`);
      const told: Call = isParsed
        ? { ...call, form: "path", named, arguments: [before] }
        : { ...call, named, arguments: [receiver, ...given] };
      const result = this.#calls.target(target, told, `.${it.name}`);
      this.#fills(it, before, call);
      return result;
    }
    if (it.callee.kind === "local") return this.#calls.value(this.#local(it.callee.local), call);
    const named = it.callee.path.segments.at(-1)?.span.start;
    return this.#calls.target(this.#meaning.path(it.callee.path), { ...call, named }, this.#meaning.typeOf(it.callee.path));
  }

  #test(it: Of<"test">, site: string): Value {
    const value = this.#it.frame.load(this.#it.frame.read(it.place));
    if (mayHold(value)) this.#it.asked.set(site, value);
    if (it.test.kind === "length") return this.#length(value, it.test);
    const what = this.#what(it.test);
    return what === undefined ? this.#values.unknown("pattern") : this.#parts.test(value, what);
  }

  #what(test: Test): string | undefined {
    switch (test.kind) {
      case "success":
      case "another":
        return test.kind;
      case "path":
        return this.#meaning.typeOf(test.path);
      case "literal":
        return test.literal.type === "other" ? undefined : `=${JSON.stringify(test.literal.value)}`;
      default:
        return undefined;
    }
  }

  #length(value: Value, { least, exact }: Test & { readonly kind: "length" }): Value {
    return this.#values.each(value, (it) => {
      const length = it.kind === "collection" ? LENGTHS[it.count] : undefined;
      if (length === undefined) return this.#values.make({ kind: "test", of: it, what: `length ${least}${exact ? "" : "+"}` });
      return this.#values.constant(exact ? length === least : length >= least);
    });
  }
}

/** An object, or nothing. */
const mayHold = (value: Value): boolean =>
  value.kind === "alternatives" && value.leads && value.of.some((it) => it.value.kind === "record" && !it.value.leads);

const known = new WeakMap<Body, ReadonlySet<number>>();

/** Locals that hold mutable references where they are written. */
function mutableIn(body: Body): ReadonlySet<number> {
  const found =
    known.get(body) ??
    new Set(body.blocks.flatMap((it) => it.operations.flatMap((one) => (one.kind === "reference" && one.mutable ? [one.to] : []))));
  known.set(body, found);
  return found;
}

const LENGTHS: Readonly<Record<Count, number | undefined>> = { none: 0, one: 1, many: undefined, unknown: undefined };
