/** Rows applied to a call: terms to values, writes and effects to the memory and events of the caller. */
import type { Call } from "./call.ts";
import { and, not, whenTrue } from "./conditions.ts";
import type { Evaluation } from "./evaluation.ts";
import { operation } from "./operators.ts";
import { payloadName, viewName } from "./part-names.ts";
import type { Row, Term } from "./rows.ts";
import type { Alternative, Condition, Count, Shape, Value } from "./value.ts";

interface Outside {
  call(callee: Value, given: readonly Value[], site: string): Value | undefined;
  row(path: string): Row | undefined;
}

export class Terms {
  readonly #evaluation: Evaluation;
  readonly #call: Call;
  readonly #outside: Outside;
  /** Objects and calls of one row, in order. */
  #count = 0;
  #result: Value | undefined;

  constructor(evaluation: Evaluation, call: Call, outside: Outside) {
    this.#evaluation = evaluation;
    this.#call = call;
    this.#outside = outside;
  }

  row(row: Row): Value {
    const { frame } = this.#evaluation;
    const result = this.#value(row.result, []);
    this.#result = result;
    const writes = (row.writes ?? []).map((it) => ({ ...it, value: this.#value(it.value, []) }));
    for (const { into, value, weak } of writes) this.#write(into, value, weak === true);
    for (const effect of row.effects ?? []) {
      const given = (effect.with ?? []).map((it) => frame.outside(this.#value(it, [])));
      const { carrying } = effect;
      if (carrying !== undefined && !given.some((it) => it.labels.includes(carrying))) continue;
      const key = `${this.#call.site}#${this.#count++}`;
      this.#evaluation.events.set(key, {
        kind: "effect",
        key,
        condition: this.#call.condition,
        settled: false,
        decided: false,
        on: frame.outside(frame.unlocked(this.#value(effect.on, []))),
        data: effect.data,
        with: given,
      });
    }
    this.#need(row);
    return result;
  }

  /** Of what nobody knows how it fails, it is not expected to: a lock, the time. */
  #need({ needs }: Row): void {
    const it = this.#evaluation;
    if (needs === undefined || !it.context.attemptsGuard || this.#call.condition !== it.condition) return;
    const needed = this.#loaded(this.#argument(needs));
    if (needed.kind !== "alternatives" && needed.kind !== "object") return;
    const condition = whenTrue(this.#parts.test(needed, "success")).map(({ atoms }) => ({ atoms, some: false }));
    it.condition = and(it.condition, condition);
  }

  get #parts() {
    return this.#evaluation.context.parts;
  }

  #write(into: number, value: Value, weak: boolean): void {
    const pointer = this.#call.arguments[into];
    if (pointer === undefined) return;
    const { frame } = this.#evaluation;
    const before = frame.load(pointer);
    frame.write(pointer, [], weak ? (this.#parts.either(before, value) ?? value) : value);
  }

  #argument(index: number): Value {
    return this.#call.arguments[index] ?? this.#parts.values.unknown("argument that is missing");
  }

  #value(term: Term, payload: readonly Value[]): Value {
    const { values } = this.#parts;
    const inner = (it: Term): Value => this.#value(it, payload);
    if ("argument" in term) return this.#argument(term.argument);
    if ("constant" in term) return values.constant(term.constant);
    if ("unit" in term) return values.unit;
    if ("unknown" in term) return values.unknown(term.unknown);
    if ("variant" in term) return numbered(values, term.variant, term.fields.map(inner));
    if ("tuple" in term) return numbered(values, "", term.tuple.map(inner));
    if ("part" in term) return this.#parts.get(this.#loaded(inner(term.of)), term.part);
    if ("match" in term) return this.#match(term, payload);
    if ("payload" in term) return payload[term.payload] ?? values.unknown("payload that is missing");
    if ("call" in term) return this.#called(inner(term.call), term.with.map(inner));
    if ("load" in term) return this.#loaded(inner(term.load));
    return this.#combined(term, payload);
  }

  #combined(term: Extract<Term, object>, payload: readonly Value[]): Value {
    const inner = (it: Term): Value => this.#value(it, payload);
    if ("either" in term) return term.either.map(inner).reduce((a, b) => this.#parts.either(a, b) ?? a);
    if ("operator" in term) return this.#operation(term.operator, term.of.map(inner));
    if ("default" in term) return this.#default(this.#loaded(inner(term.default)));
    if ("label" in term) return this.#parts.values.make({ kind: "labelled", of: inner(term.of), label: term.label });
    return this.#made(term, payload);
  }

  #made(term: Extract<Term, object>, payload: readonly Value[]): Value {
    const { values } = this.#parts;
    const inner = (it: Term): Value => this.#value(it, payload);
    if ("holder" in term) return this.#holder(inner(term.holder), term.type);
    if ("object" in term) return this.#object(term.object);
    if ("as" in term) return this.#seenAs(inner(term.of), term.as);
    if ("result" in term) return this.#result ?? values.unknown("result that is not there");
    if ("collection" in term) return this.#collection(term, inner);
    if ("push" in term) return this.#parts.push(this.#loaded(inner(term.push)), inner(term.element));
    if ("element" in term) return this.#parts.get(this.#loaded(inner(term.element)), "each");
    if ("map" in term) return this.#mapped(this.#loaded(inner(term.map)), term, payload);
    if ("text" in term) return values.text(term.text.map((it) => this.#loaded(inner(it))));
    if ("bind" in term) return this.#value(term.in, [inner(term.bind), ...payload]);
    if ("symbol" in term) return this.#symbol(term.symbol, term.of.map(inner));
    if ("like" in term) return this.#like(term.like, term.with.map(inner));
    return values.unknown("term that nobody knows");
  }

  #site(): string {
    return `${this.#call.site}#${this.#count++}`;
  }

  #collection({ collection: count, element }: Extract<Term, { readonly collection: Count }>, inner: (term: Term) => Value): Value {
    return this.#parts.values.make({ kind: "collection", count, element: element && inner(element) });
  }

  #default(like: Value): Value {
    const { values } = this.#parts;
    const known = values.each(withoutLabels(like), (it) => {
      if (it.kind === "collection" || it.kind === "object") return values.make({ kind: "collection", count: "none", element: undefined });
      const known = it.kind === "constant" ? defaultOf(it.value) : defaultOfType(this.#evaluation.context.inputType(it));
      return known === undefined ? values.unknown("default") : values.constant(known);
    });
    return known.kind === "alternatives" ? values.unknown("default") : known;
  }

  #symbol(callee: string, of: readonly Value[]): Value {
    const { frame } = this.#evaluation;
    return this.#parts.values.make({ kind: "apply", callee, arguments: of.map((it) => frame.outside(this.#loaded(it))) });
  }

  #operation(operator: string, of: readonly Value[]): Value {
    return operation(
      this.#parts,
      operator,
      of.map((it) => this.#loaded(it)),
    );
  }

  #object(type: string): Value {
    return this.#parts.values.make({ kind: "object", object: this.#site(), type });
  }

  #seenAs(value: Value, type: string): Value {
    const { values } = this.#parts;
    let made: Value | undefined;
    return values.each(this.#loaded(value), (it) => {
      if (it.kind === "object") return values.make({ kind: "object", object: it.object, type });
      // A text is no object, whoever gives its pieces.
      if (it.open && it.kind !== "text") return this.#parts.get(it, viewName(type));
      made ??= this.#object(type);
      return made;
    });
  }

  #loaded(value: Value): Value {
    return this.#evaluation.frame.load(value);
  }

  #holder(value: Value, type: string): Value {
    const cell = { kind: "contents", object: this.#site(), type } as const;
    this.#evaluation.frame.setContents(cell, value);
    return this.#parts.values.make({ kind: "pointer", cell, path: [] });
  }

  #called(callee: Value, given: readonly Value[]): Value {
    return this.#outside.call(callee, given, this.#site()) ?? this.#parts.values.never;
  }

  #like(path: string, given: readonly Value[]): Value {
    const row = this.#outside.row(path);
    if (row === undefined) return this.#parts.values.make({ kind: "apply", callee: path, arguments: given });
    return new Terms(this.#evaluation, { ...this.#call, site: this.#site(), arguments: given }, this.#outside).row(row);
  }

  /** One arm for each variant that the value may be, under the condition that it is. */
  #match(term: Extract<Term, { readonly match: Term }>, payload: readonly Value[]): Value {
    const { values } = this.#parts;
    const value = this.#loaded(this.#value(term.match, payload));
    const found: Alternative[] = [];
    let open: Condition = [{ atoms: [], some: false }];
    for (const [variant, arm] of Object.entries(term.arms)) {
      const condition = whenTrue(this.#parts.test(value, variant));
      if (and(open, condition).length === 0) continue;
      const before = this.#evaluation.condition;
      this.#evaluation.condition = and(before, condition);
      found.push({ condition, value: this.#value(arm, [this.#parts.get(value, payloadName(variant, "0"))]) });
      this.#evaluation.condition = before;
      open = and(open, not(condition));
    }
    if (term.otherwise !== undefined) found.push({ condition: open, value: this.#value(term.otherwise, payload) });
    return values.join(found);
  }

  /** Of a collection, an Option, or what is not known. */
  #mapped(value: Value, term: Extract<Term, { readonly map: Term }>, payload: readonly Value[]): Value {
    const { values } = this.#parts;
    return values.each(value, (it) => {
      const element = this.#parts.get(it, "each");
      const to = it.kind === "collection" && it.count === "none" ? undefined : this.#value(term.to, [element, ...payload]);
      const count: Extract<Shape, { readonly kind: "collection" }>["count"] =
        it.kind === "collection" && (term.fewer !== true || it.count === "none") ? it.count : "unknown";
      return values.make({ kind: "collection", count, element: to });
    });
  }
}

const withoutLabels = (it: Value): Value => (it.kind === "labelled" ? withoutLabels(it.of) : it);

/** Of what is only known by its type. */
function defaultOfType(type: string | undefined): boolean | number | string | undefined {
  if (type === "std::string::String") return "";
  if (type === "bool") return false;
  return type !== undefined && NUMBER.test(type) ? 0 : undefined;
}

const NUMBER = /^[iuf](size|\d+)$/;

function defaultOf(like: boolean | number | string): boolean | number | string {
  if (typeof like === "string") return "";
  return typeof like === "number" ? 0 : false;
}

function numbered(values: Evaluation["context"]["parts"]["values"], type: string, fields: readonly Value[]): Value {
  return values.record(
    type,
    fields.map((it, at) => [String(at), it]),
  );
}
