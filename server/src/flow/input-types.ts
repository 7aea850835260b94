/** Types of what a function does not know the value of: its inputs as they are declared, and their parts. */
import type { Declared } from "../rust/names/index.ts";
import { type BodyContext, elementOf, fieldOf, payloadOf, type Type } from "../rust/types/index.ts";
import type { DefinitionIds } from "./definition-ids.ts";
import { payloadOf as payloadName } from "./part-names.ts";
import type { Value } from "./value.ts";

export class InputTypes {
  readonly #context: BodyContext;
  readonly #ids: DefinitionIds;
  readonly #known = new Map<Declared, Map<Value, Type | undefined>>();

  constructor(context: BodyContext, ids: DefinitionIds) {
    this.#context = context;
    this.#ids = ids;
  }

  of(value: Value, within: Declared): Type | undefined {
    if (value.kind !== "input" && value.kind !== "part" && value.kind !== "labelled") return undefined;
    const known = this.#known.get(within) ?? new Map<Value, Type | undefined>();
    this.#known.set(within, known);
    if (known.has(value)) return known.get(value);
    const made = this.#made(value, within);
    known.set(value, made);
    return made;
  }

  #made(value: Value & { readonly kind: "input" | "part" | "labelled" }, within: Declared): Type | undefined {
    switch (value.kind) {
      case "input":
        return this.#declared(value.index, within);
      case "labelled":
        return this.of(value.of, within);
      case "part":
        return this.#part(this.of(value.of, within), value.name);
    }
  }

  /** The receiver first. */
  #declared(index: number, within: Declared): Type | undefined {
    const { lowered } = within;
    if (lowered?.kind !== "function") return undefined;
    const { methods, signatures } = this.#context;
    const at = lowered.receiver === undefined ? index : index - 1;
    return at < 0 ? methods.types.scopeOf(within).self : signatures.parameters(within, lowered)[at];
  }

  #part(of: Type | undefined, name: string): Type | undefined {
    if (name === "each") return elementOf(of);
    if (name === "success") return payloadOf(of);
    const payload = payloadName(name);
    if (payload === undefined) return fieldOf(of, name, this.#context);
    const variant = this.#ids.known(payload.of);
    if (variant?.sort === "variant") return this.#context.signatures.field(of, payload.field, variant);
    if (variant !== undefined) return fieldOf(of, payload.field, this.#context);
    return of?.kind === "named" ? of.arguments[payload.of.endsWith("::Err") ? 1 : 0] : undefined;
  }
}
