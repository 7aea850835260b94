/** What is true of a program's inputs while nobody sets them: the defaults of their types. */
import { type FunctionId, isAlways, partsOf, type Value, whenTrue } from "../flow/index.ts";
import type { Sites } from "./sites.ts";

export class Defaults {
  readonly #sites: Sites;
  readonly #known = new Map<string, Value | undefined>();

  constructor(sites: Sites) {
    this.#sites = sites;
  }

  /** Of a condition over the inputs of a function; undefined where its default is not known. */
  isTrue(condition: Value, owner: FunctionId, inputs: number): boolean | undefined {
    const { flow } = this.#sites;
    const asked = partsIn(condition);
    const given = Array.from({ length: inputs }, (_, index) => this.#given(flow.values.make({ kind: "input", index }), owner, asked));
    const found = whenTrue(flow.with(condition, given));
    if (found.length === 0) return false;
    return isAlways(found) ? true : undefined;
  }

  /** As far out as a default is known; `asked`: parts of which something is wanted. */
  #given(place: Value, owner: FunctionId, asked: readonly Part[]): Value {
    const whole = this.#of(place, owner);
    if (whole !== undefined) return whole;
    const fields = asked.flatMap((it) => {
      const inner = it.of === place ? this.#given(it, owner, asked) : it;
      return inner === it ? [] : [[it.name, inner] as const];
    });
    return fields.length === 0 ? place : this.#sites.flow.values.record("", fields, place);
  }

  #of(input: Value, owner: FunctionId): Value | undefined {
    const type = this.#sites.program.inputType(input, owner);
    if (type === undefined) return undefined;
    if (!this.#known.has(type)) this.#known.set(type, this.#value(type));
    return this.#known.get(type);
  }

  #value(type: string): Value | undefined {
    const { program, flow } = this.#sites;
    for (const id of program.defaultsOf(type)) {
      const result = flow.summary(id)?.result;
      if (result !== undefined) return result;
    }
    return undefined;
  }
}

type Part = Extract<Value, { readonly kind: "part" }>;

function partsIn(value: Value): readonly Part[] {
  const found = new Set<Part>();
  const open = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.kind === "part") found.add(next);
    open.push(...partsOf(next));
  }
  return [...found];
}
