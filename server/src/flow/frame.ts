/** The memory of one evaluation: what its locals, its mutable inputs and the objects it knows hold, and the way to their parts. */
import type { Body, Place, Projection } from "../rust/bodies/index.ts";
import { DEEPEST_VALUE } from "../rust/bounds.ts";
import { Cells } from "./cells.ts";
import { payloadName } from "./part-names.ts";
import type { Parts } from "./parts.ts";
import type { Cell, Condition, ObjectId, Value } from "./value.ts";

type Location = Extract<Value, { readonly kind: "pointer" }>;

export class Frame {
  readonly parts: Parts;
  readonly #body: Body;
  readonly #objects: Map<ObjectId, number>;
  /** Variables around a closure that it changes: their locals hold references that are written through. */
  readonly #shared: ReadonlySet<number>;
  /** How the path of a pattern is resolved. */
  readonly #typeOf: (step: Extract<Projection, { readonly kind: "payload" }>) => string;
  cells = new Cells();
  /** Cells that are looked at are added to it. */
  watched: Set<number> | undefined;
  /** Parameters that are changed though they are not `mut`: through what they share with the caller. */
  readonly shared = new Set<number>();
  /** What was written to without being a reference here: whoever has one to the same loses track of it. */
  readonly untracked = new Set<Value>();
  /** Values that went into what callers have and nobody here can follow, by where that is. */
  readonly stored = new Map<Value, Value>();

  constructor(
    parts: Parts,
    body: Body,
    shared: ReadonlySet<number>,
    typeOf: (step: Extract<Projection, { readonly kind: "payload" }>) => string,
  ) {
    this.parts = parts;
    this.#body = body;
    this.#shared = shared;
    this.#typeOf = typeOf;
    this.#objects = new Map();
  }

  get #values() {
    return this.parts.values;
  }

  local(index: number): Value {
    return this.#held(index) ?? this.#values.unknown("not assigned");
  }

  #held(index: number): Value | undefined {
    this.watched?.add(index);
    return this.cells.get(index);
  }

  setLocal(index: number, value: Value): void {
    const held = this.#shared.has(index) ? this.#held(index) : undefined;
    if (held?.kind === "pointer") this.write(held, [], value);
    else this.cells = this.cells.with(index, value);
  }

  // Cells.

  #indexOf(cell: Cell): number {
    const { locals, parameters, captures } = this.#body;
    if (cell.kind === "local") return cell.index;
    if (cell.kind === "input") return locals.length + cell.index;
    const known = this.#objects.get(cell.object);
    if (known !== undefined) return known;
    const made = locals.length + parameters.length + captures.length + this.#objects.size;
    this.#objects.set(cell.object, made);
    return made;
  }

  contents(cell: Cell): Value {
    return this.#held(this.#indexOf(cell)) ?? this.#values.unknown("contents of an object of elsewhere");
  }

  setContents(cell: Cell, value: Value): void {
    this.cells = this.cells.with(this.#indexOf(cell), value);
  }

  /** The cells of inputs and objects. */
  *sharedCells(): Generator<number> {
    const { locals, parameters, captures } = this.#body;
    const end = locals.length + parameters.length + captures.length + this.#objects.size;
    for (let index = locals.length; index < end; index++) yield index;
  }

  /** Objects with contents. */
  *objects(): Generator<readonly [ObjectId, Value]> {
    for (const [object, index] of this.#objects) {
      const value = this.cells.get(index);
      if (value !== undefined) yield [object, value];
    }
  }

  /** What is held behind several ways of which one was taken. */
  join(ways: readonly { readonly condition: Condition; readonly cells: Cells }[]): void {
    const [first, ...more] = ways;
    if (first === undefined) return;
    const differing = new Set(more.flatMap((it) => [...it.cells.differing(first.cells)]));
    this.cells = first.cells;
    for (const index of differing) {
      this.watched?.add(index);
      const held = ways.flatMap(({ condition, cells }) => {
        const value = cells.get(index);
        return value === undefined ? [] : [{ condition, value }];
      });
      this.cells = this.cells.with(index, this.#values.join(held));
    }
  }

  // Values.

  /** What a pointer leads to; anything else is itself. */
  load(value: Value): Value {
    let loaded = value;
    for (let level = 0; level < DEEPEST_VALUE && mayPoint(loaded); level++)
      loaded = this.#values.each(loaded, (it) =>
        it.kind === "pointer" ? it.path.reduce((whole, name) => this.parts.get(whole, name), this.contents(it.cell)) : it,
      );
    return loaded;
  }

  /** What a variable holds that a method is called on: what is shared stays a reference. */
  held(value: Value): Value {
    let held = value;
    for (let level = 0; level < DEEPEST_VALUE && held.kind === "pointer" && held.cell.kind === "local"; level++)
      held = held.path.reduce<Value>((whole, name) => this.parts.get(this.load(whole), name), this.contents(held.cell));
    return held;
  }

  /** What a lock or a cell holds that is known here: whatever is done to it is done to what it holds. */
  unlocked(value: Value): Value {
    return value.kind === "pointer" && value.cell.kind === "contents" ? this.load(value) : value;
  }

  /** What nobody outside of the body can follow is replaced by what it leads to. Parts that are shared are looked at once. */
  outside(value: Value, known = new Map<Value, Value>()): Value {
    if (!value.local) return value;
    const found = known.get(value);
    if (found !== undefined) return found;
    const values = this.#values;
    // A variable may hold a reference to itself.
    known.set(value, values.unknown("refers to itself"));
    const made = values.each(value, (it) => {
      if (it.kind === "pointer") return it.cell.kind === "local" ? this.outside(this.load(it), known) : it;
      if (it.kind === "record") {
        const fields = it.fields.map(([name, field]) => [name, this.outside(field, known)] as const);
        return values.record(it.type, fields, it.base);
      }
      if (it.kind === "closure") {
        const captures = it.captures.map((one) => this.outside(one, known));
        return values.make({ kind: "closure", of: it.of, captures });
      }
      if (it.kind !== "collection" || it.element === undefined) return it;
      const listed = it.listed && { listed: it.listed.map((one) => this.outside(one, known)) };
      return values.make({ kind: "collection", count: it.count, element: this.outside(it.element, known), ...listed });
    });
    known.set(value, made);
    return made;
  }

  read({ local, path }: Place): Value {
    let value = this.local(local);
    if (this.#shared.has(local)) value = this.load(value);
    for (const step of path) {
      value = this.load(value);
      if (step.kind !== "dereference") value = this.#listed(value, step) ?? this.parts.get(value, this.nameOf(step));
    }
    return value;
  }

  /** The element at a place that is known. */
  #listed(value: Value, step: Projection): Value | undefined {
    if (value.kind !== "collection" || value.listed === undefined) return undefined;
    if (step.kind === "element") return typeof step.at === "number" ? value.listed.at(step.at) : undefined;
    const index = step.kind === "index" ? this.load(this.local(step.index)) : undefined;
    return index?.kind === "constant" && typeof index.value === "number" ? value.listed[index.value] : undefined;
  }

  nameOf(step: Projection): string {
    switch (step.kind) {
      case "field":
        return step.name;
      case "payload":
        return payloadName(this.#typeOf(step), step.name);
      case "success":
      case "failure":
        return step.kind;
      default:
        return "each";
    }
  }

  /** A reference to a place: to where a reference on the way leads, or into the variable itself. */
  pointerTo({ local, path }: Place): Value {
    let pointer: Location | undefined;
    let at: Value = this.#values.make({ kind: "pointer", cell: { kind: "local", index: local }, path: [] });
    const follow = (): Value => {
      const held = at.kind === "pointer" ? this.#heldAt(at) : at;
      if (held.kind === "pointer") at = held;
      return held;
    };
    for (const step of path) {
      const held = follow();
      if (at.kind !== "pointer" || (mayPoint(held) && held.kind !== "pointer")) return this.read({ local, path });
      if (step.kind !== "dereference") at = this.#values.make({ kind: "pointer", cell: at.cell, path: [...at.path, this.nameOf(step)] });
    }
    const held = follow();
    if (at.kind === "pointer") pointer = at;
    return pointer === undefined || isReference(held) ? held : pointer;
  }

  #heldAt(pointer: Location): Value {
    return pointer.path.reduce((whole, name) => this.parts.get(whole, name), this.contents(pointer.cell));
  }

  store(place: Place, value: Value): void {
    const pointer = this.pointerTo({ local: place.local, path: place.path.slice(0, -1) });
    const last = place.path.at(-1);
    const names = last === undefined || last.kind === "dereference" ? [] : [this.nameOf(last)];
    this.write(pointer, names, value);
  }

  /** Strong where one place is meant, weak where several may be. */
  write(pointer: Value, names: readonly string[], value: Value): void {
    if (pointer.kind === "pointer") {
      this.#track(pointer.cell);
      const path = [...pointer.path, ...names];
      this.setContents(pointer.cell, this.parts.with(this.contents(pointer.cell), path, value));
    } else if (pointer.kind === "labelled") this.write(pointer.of, names, value);
    else if (pointer.kind === "alternatives") {
      for (const it of pointer.of) {
        if (it.value.kind !== "pointer") continue;
        const path = [...it.value.path, ...names];
        const before = path.reduce((whole, name) => this.parts.get(whole, name), this.contents(it.value.cell));
        this.write(it.value, names, this.parts.either(before, value) ?? value);
      }
    } else if (pointer.leads) {
      this.untracked.add(pointer);
      const into = names.reduce<Value>((whole, name) => this.parts.get(whole, name), pointer);
      this.stored.set(into, this.parts.either(this.stored.get(into), value) ?? value);
    }
  }

  /** A variable that is not `mut` changes only through what it shares with others. */
  #track(cell: Cell): void {
    if (cell.kind !== "local") return;
    const variable = this.#body.locals[cell.index];
    if (variable?.name === undefined || variable.mutable) return;
    if (this.#body.parameters.includes(cell.index)) this.shared.add(cell.index);
    else if (this.contents(cell).leads) this.untracked.add(this.contents(cell));
  }
}

const mayPoint = (value: Value): boolean =>
  value.kind === "pointer" ||
  (value.kind === "labelled" && mayPoint(value.of)) ||
  (value.kind === "alternatives" && value.of.some((it) => mayPoint(it.value)));

/** What is a reference already, or is shared however it is passed. */
const isReference = (value: Value): boolean =>
  (value.kind === "alternatives" && value.of.some((it) => isReference(it.value))) ||
  value.kind === "object" ||
  value.kind === "closure" ||
  mayPoint(value);
