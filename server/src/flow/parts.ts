/** Parts of values and tests on them: folded where the value is known, symbolic where it is an input or the result of an open call. */
import { COMMANDS } from "./derived.ts";
import { type PartName, payloadOf, viewOf } from "./part-names.ts";
import { shownType, testedType } from "./shown-type.ts";
import type { Count, Shape, Value } from "./value.ts";
import type { Values } from "./values.ts";

export class Parts {
  readonly values: Values;
  readonly #attempts: Readonly<Record<string, "success" | "failure">>;

  constructor(values: Values, attempts: Readonly<Record<string, "success" | "failure">>) {
    this.values = values;
    this.#attempts = attempts;
  }

  get(value: Value, name: PartName): Value {
    return this.values.each(value, (it) => this.#one(it, name));
  }

  #one(value: Value, name: PartName): Value {
    switch (value.kind) {
      case "record":
        return this.#ofRecord(value, name);
      case "collection":
        return name === "each" ? (value.element ?? this.values.never) : this.values.unknown("part of a collection");
      case "unknown":
        // Whatever it is, what leaves by `?` is a failure.
        return name === "failure" ? this.values.make({ kind: "part", of: value, name }) : value;
      case "object":
        return this.#ofObject(value, name);
      case "constant":
      case "text":
      case "unit":
        return this.values.unknown("part of a text or number");
      case "part":
        return this.#ofPart(value, name) ?? this.values.make({ kind: "part", of: value, name });
      case "apply":
        return this.#ofCommand(value, name) ?? this.values.make({ kind: "part", of: value, name });
      default:
        return this.values.make({ kind: "part", of: value, name });
    }
  }

  #ofPart(value: Value & { readonly kind: "part" }, name: PartName): Value | undefined {
    if (viewOf(value.name) !== undefined && this.#isWithin(name)) return value;
    if (value.name !== "failure") return undefined;
    return this.#isWithin(name) ? this.values.never : name === "failure" ? value : undefined;
  }

  /** An option of the command that a program was started for. */
  #ofCommand({ callee, arguments: each }: Extract<Shape, { readonly kind: "apply" }>, name: PartName): Value | undefined {
    const payload = callee === COMMANDS ? payloadOf(name) : undefined;
    const of = payload && each.find((it) => it.kind === "record" && it.type === payload.of);
    return of && this.get(of, name);
  }

  /** What an object stands for, too: what an attempt gives, one of several, or of a pair. */
  #isWithin(name: PartName): boolean {
    return IN_PAIRS.has(name) || name === "success" || name === "each" || this.#attempts[payloadOf(name)?.of ?? ""] === "success";
  }

  /** Models don't say whether a call gives the object itself, an attempt at it, or several of it. */
  #ofObject(value: Value, name: PartName): Value {
    if (this.#isWithin(name)) return value;
    const view = viewOf(name);
    if (view !== undefined && value.kind === "object") return this.values.make({ kind: "object", object: value.object, type: view });
    return this.values.make({ kind: "part", of: value, name });
  }

  #ofRecord(value: Value & { readonly kind: "record" }, name: PartName): Value {
    if (name === "success" || name === "failure") return this.#side(value, name);
    // An `Option` is iterated over, too.
    if (name === "each" && this.#attempts[value.type] !== undefined) return this.get(value, "success");
    const payload = payloadOf(name);
    if (payload !== undefined && value.type !== "" && value.type !== payload.of) return this.values.never;
    const field = payload?.field ?? name;
    const found = value.fields.find(([it]) => it === field);
    if (found !== undefined) return found[1];
    return value.base === undefined ? this.values.unknown("no such field") : this.get(value.base, name);
  }

  /** What an attempt gives. */
  #side(value: Value & { readonly kind: "record" }, name: "success" | "failure"): Value {
    const side = this.#attempts[value.type];
    // Of attempts that are made together, all have succeeded.
    if (value.type === "") return name === "success" ? value : this.values.never;
    if (side === undefined) return this.values.make({ kind: "part", of: value, name });
    if (side !== name) return this.values.never;
    return name === "failure" ? value : this.get(value, "0");
  }

  /** With a part replaced. */
  with(value: Value, path: readonly PartName[], part: Value): Value {
    const [name, ...rest] = path;
    if (name === undefined) return part;
    return this.values.each(value, (it) => {
      const inner = rest.length === 0 ? part : this.with(this.get(it, name), rest, part);
      if (it.kind === "collection" && name === "each") return this.#withElement(it, inner);
      const field = payloadOf(name)?.field ?? name;
      if (it.kind !== "record") return this.values.record("", [[field, inner]], it);
      return this.values.record(it.type, [...it.fields.filter(([known]) => known !== field), [field, inner]], it.base);
    });
  }

  #withElement(collection: Extract<Shape, { readonly kind: "collection" }>, element: Value): Value {
    return this.values.make({ kind: "collection", count: collection.count, element: this.either(collection.element, element) });
  }

  either(a: Value | undefined, b: Value | undefined): Value | undefined {
    if (a === undefined || b === undefined || a === b) return a ?? b;
    return this.values.join([
      { condition: [{ atoms: [], some: false }], value: a },
      { condition: [{ atoms: [], some: false }], value: b },
    ]);
  }

  push(value: Value, element: Value): Value {
    return this.values.each(value, (it) => {
      if (it.kind !== "collection")
        return isPushed(it, element) ? it : this.values.make({ kind: "operation", operator: "push", operands: [it, element] });
      return this.values.make({ kind: "collection", count: MORE[it.count], element: this.either(it.element, element) });
    });
  }

  /** `what`: a type (`typeTest`), the path of a variant or struct, `success`, `another`, or a literal in JSON behind `=`. */
  test(value: Value, what: string): Value {
    return this.values.each(value, (it) => this.#tested(it, what) ?? this.values.make({ kind: "test", of: it, what }));
  }

  /** Itself, or the enum that it is a variant of. */
  #hasType(value: Value, type: string): Value | undefined {
    const shown = shownType(value);
    return shown === undefined ? undefined : this.values.constant(shown === type || shown.startsWith(`${type}::`));
  }

  /** What `?` returns with: a failure of whichever type is asked for. */
  #testedFailure(what: string): Value | undefined {
    const side = what === "success" ? what : this.#attempts[what];
    return side === undefined ? undefined : this.values.constant(side === "failure");
  }

  #testedRecord(type: string, what: string): Value | undefined {
    if (what === "another") return this.#attempts[type] === "failure" ? this.values.constant(false) : undefined;
    if (what !== "success") return type === "" || what.startsWith("=") ? undefined : this.values.constant(type === what);
    const side = this.#attempts[type];
    return side === undefined ? undefined : this.values.constant(side === "success");
  }

  #tested(value: Value, what: string): Value | undefined {
    const { values } = this;
    if (value.kind === "unknown") return value;
    if (what === "=true" && value.kind !== "constant") return value;
    if (what === "=false" && value.kind !== "constant") return values.make({ kind: "operation", operator: "!", operands: [value] });
    const type = testedType(what);
    if (type !== undefined) return this.#hasType(value, type);
    if (value.kind === "record") return this.#testedRecord(value.type, what);
    if (value.kind === "part" && value.name === "failure") return this.#testedFailure(what);
    if (value.kind === "constant" && what.startsWith("=")) return values.constant(JSON.stringify(value.value) === what.slice(1));
    if (value.kind === "collection" && what === "another" && value.count === "none") return values.constant(false);
    return undefined;
  }
}

/** How often something is in a collection of which nobody knows how many it had is not known either. */
function isPushed(to: Value, element: Value): boolean {
  for (let it = to; it.kind === "operation" && it.operator === "push"; ) {
    const [rest, last] = it.operands;
    if (last === element) return true;
    if (rest === undefined) return false;
    it = rest;
  }
  return false;
}

/** What is given together with a handle to it: `let (connection, handle) = …`. */
const IN_PAIRS: ReadonlySet<PartName> = new Set(["0", "1"]);

const MORE: Readonly<Record<Count, Count>> = { none: "one", one: "many", many: "many", unknown: "unknown" };
