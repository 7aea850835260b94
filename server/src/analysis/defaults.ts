/** What is true of a program's inputs while nobody sets them: the defaults of their types. */
import { type FunctionId, isAlways, type Value, whenTrue } from "../flow/index.ts";
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
    const given = Array.from({ length: inputs }, (_, index): Value => {
      const input = flow.values.make({ kind: "input", index });
      return this.#of(input, owner) ?? input;
    });
    const found = whenTrue(flow.with(condition, given));
    if (found.length === 0) return false;
    return isAlways(found) ? true : undefined;
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
