/** A value or condition of a callee in the terms of its caller: inputs replaced, objects renamed by the call, tests decided anew. */
import { and, isAlways, NEVER, not, or, SOME, whenTrue } from "./conditions.ts";
import { operation } from "./operators.ts";
import type { Parts } from "./parts.ts";
import type { Condition, ObjectId, Value } from "./value.ts";
import { partsOf } from "./values.ts";

const COMPUTED: ReadonlySet<Value["kind"]> = new Set(["part", "test", "operation", "apply"]);

/** What a call gives that is made with these, where somebody knows. */
export type Applied = (callee: string, given: readonly Value[]) => Value | undefined;

const isHandedOn = (given: Value | undefined): boolean => given !== undefined && (given.kind === "input" || !given.leads);

/** As the caller knows what is in the callee. */
interface Seen {
  /** Of an object or event. */
  renamed(id: ObjectId): ObjectId;
  /**
   * It is a caller of its caller. What its inputs are at each depth nobody can tell, unless they are handed on as they are: what is asked
   * and made of them is not known.
   */
  readonly recurs: boolean;
  /** What a pointer leads to; anything else is itself. */
  load(value: Value): Value;
  /** What stands for a type parameter. */
  parameter(value: Extract<Value, { readonly kind: "parameter" }>): Value;
  /** An atom of its conditions is this condition here. */
  asks?(key: string, here: Condition): void;
}

/** As it is in the callee itself. */
export const UNCHANGED: Seen = { renamed: (id) => id, recurs: false, load: (value) => value, parameter: (value) => value };

export class Substitution {
  readonly #parts: Parts;
  readonly #inputs: readonly Value[];
  /** References that came in, for inputs that are written through. */
  readonly #pointers: readonly Value[];
  /** Open calls that are resolved by now are put in by who makes them. */
  readonly #known = new Map<Value, Value>();
  readonly #conditions = new Map<Condition, Condition>();
  readonly #handedOn = new Map<Value, boolean>();

  readonly #seen: Seen;
  /** What an open call gives, if that is known by now. */
  readonly #again: Applied;

  constructor(parts: Parts, inputs: readonly Value[], pointers: readonly Value[], again: Applied, seen: Seen) {
    this.#again = again;
    this.#seen = seen;
    this.#parts = parts;
    this.#inputs = inputs;
    this.#pointers = pointers;
  }

  resolve(call: Value, result: Value): void {
    this.#known.set(call, result);
  }

  renamed(id: ObjectId): ObjectId {
    return this.#seen.renamed(id);
  }

  condition(condition: Condition): Condition {
    if (isAlways(condition)) return condition;
    const known = this.#conditions.get(condition);
    if (known !== undefined) return known;
    const isKnown = condition.every(({ atoms }) => atoms.every((it) => it.value === undefined || this.#isKnown(it.value)));
    const made = isKnown ? this.#condition(condition) : SOME;
    this.#conditions.set(condition, made);
    return made;
  }

  /** At each depth of a recursion: it is made of nothing but what is handed on as it is. */
  #isKnown(value: Value): boolean {
    if (!this.#seen.recurs || !value.leads) return true;
    const known = this.#handedOn.get(value);
    if (known !== undefined) return known;
    const made =
      value.kind === "input"
        ? isHandedOn(this.#inputs[value.index])
        : COMPUTED.has(value.kind) && partsOf(value).every((it) => this.#isKnown(it));
    this.#handedOn.set(value, made);
    return made;
  }

  #condition(condition: Condition): Condition {
    return condition.reduce<Condition>((any, { atoms, some }) => {
      const conjunction = atoms.reduce<Condition>(
        (all, atom) => {
          const whole: Condition =
            atom.value === undefined ? [{ atoms: [{ ...atom, holds: true }], some: false }] : whenTrue(this.value(atom.value));
          if (atom.value !== undefined) this.#seen.asks?.(atom.key, whole);
          return and(all, atom.holds ? whole : not(whole));
        },
        [{ atoms: [], some }],
      );
      return or(any, conjunction);
    }, NEVER);
  }

  value(value: Value): Value {
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    const made = this.#made(value);
    this.#known.set(value, made);
    return made;
  }

  #made(value: Value): Value {
    const { values } = this.#parts;
    if (COMPUTED.has(value.kind) && !this.#isKnown(value))
      return value.labels.reduce((of, label) => values.make({ kind: "labelled", of, label }), values.unknown("made in a recursion"));
    const all = (list: readonly Value[]): Value[] => list.map((it) => this.value(it));
    switch (value.kind) {
      case "input":
        return this.#inputs[value.index] ?? values.unknown("argument that is missing");
      case "parameter":
        return this.#seen.parameter(value);
      case "part":
        return this.#parts.get(this.#seen.load(this.value(value.of)), value.name);
      case "test":
        return this.#parts.test(this.#seen.load(this.value(value.of)), value.what);
      case "record":
        return values.record(
          value.type,
          value.fields.map(([name, it]) => [name, this.value(it)]),
          value.base === undefined ? undefined : this.value(value.base),
        );
      case "text":
        return values.text([value.prefix, ...all(value.of), value.suffix]);
      case "closure":
        return values.make({ kind: "closure", of: value.of, captures: all(value.captures) });
      case "collection":
        return values.make({
          kind: "collection",
          count: value.count,
          element: value.element === undefined ? undefined : this.value(value.element),
          ...(value.listed && { listed: all(value.listed) }),
        });
      case "operation":
        return operation(this.#parts, value.operator, all(value.operands));
      case "apply": {
        const given = all(value.arguments);
        return this.#again(value.callee, given) ?? values.make({ kind: "apply", callee: value.callee, arguments: given });
      }
      case "labelled":
        return values.make({ kind: "labelled", of: this.value(value.of), label: value.label });
      case "alternatives":
        return values.join(value.of.map((it) => ({ condition: this.condition(it.condition), value: this.value(it.value) })));
      case "object":
        return values.make({ kind: "object", object: this.renamed(value.object), type: value.type });
      case "pointer":
        return this.#pointer(value);
      default:
        return value;
    }
  }

  #pointer(value: Extract<Value, { readonly kind: "pointer" }>): Value {
    const { values } = this.#parts;
    const { cell } = value;
    if (cell.kind === "contents") {
      return values.make({ kind: "pointer", cell: { ...cell, object: this.renamed(cell.object) }, path: value.path });
    }
    if (cell.kind === "local") return values.unknown("reference to a variable that is gone");
    const given = this.#pointers[cell.index] ?? values.unknown("argument that is missing");
    return values.each(given, (it) => {
      if (it.kind === "pointer") return values.make({ kind: "pointer", cell: it.cell, path: [...it.path, ...value.path] });
      return value.path.reduce<Value>((whole, name) => this.#parts.get(whole, name), it);
    });
  }
}
