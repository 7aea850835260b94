/** What code that nobody knows was given: it may keep it, and change what it may write to. */
import type { ObjectId, Value } from "./value.ts";
import { partsOf } from "./values.ts";

/** How far an object gets; each includes those before it. */
export type Escape = "local" | "stored" | "returned" | "shared" | "mutated";

const ORDER: readonly Escape[] = ["local", "stored", "returned", "shared", "mutated"];

export const further = (a: Escape | undefined, b: Escape): Escape => (a !== undefined && ORDER.indexOf(a) > ORDER.indexOf(b) ? a : b);

export class Given {
  readonly inputs = new Map<number, Escape>();
  readonly objects = new Map<ObjectId, Escape>();
  readonly #seen = new Set<Value>();

  add(value: Value, reach: Escape): void {
    if (this.#seen.has(value)) return;
    this.#seen.add(value);
    for (const it of leavesOf(value)) {
      if (typeof it === "number") this.inputs.set(it, further(this.inputs.get(it), reach));
      else this.object(it, reach);
    }
  }

  /** Arguments, to code that nobody knows; `through`: those that are mutable references. */
  all(values: readonly Value[], through: readonly number[] | undefined): void {
    for (const [at, it] of values.entries()) this.add(it, through?.includes(at) === true ? "mutated" : reachOf(it));
  }

  /** Of other objects callers have nothing to tell. */
  keep(objects: ReadonlySet<ObjectId>): void {
    this.#seen.clear();
    for (const it of this.objects.keys()) if (!objects.has(it)) this.objects.delete(it);
  }

  object(it: ObjectId, reach: Escape): void {
    this.objects.set(it, further(this.objects.get(it), reach));
  }
}

/** Of what a call is given of which nobody knows what it does. */
export const reachOf = (argument: Value): Escape => (argument.kind === "pointer" ? "mutated" : "shared");

export function* objectsIn(value: Value): Generator<ObjectId> {
  for (const it of leavesOf(value)) if (typeof it === "string") yield it;
}

/** The objects and inputs that a value leads to; shared parts are looked at once. */
function* leavesOf(value: Value): Generator<ObjectId | number> {
  if (!value.leads) return;
  const seen = new Set<Value>();
  const open = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next) || !next.leads) continue;
    seen.add(next);
    if (next.kind === "object") yield next.object;
    else if (next.kind === "input") yield next.index;
    else if (next.kind === "pointer" && next.cell.kind === "contents") yield next.cell.object;
    else if (next.kind === "pointer" && next.cell.kind === "input") yield next.cell.index;
    open.push(...partsOf(next));
  }
}
