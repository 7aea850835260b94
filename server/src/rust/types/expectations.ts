/** What calls have to give, by an annotation or a signature: with it, what a generic function or method of another crate makes. */
import type { Expression } from "../ast.ts";
import { payloadOf } from "./std-terms.ts";
import type { Type } from "./type.ts";

/** Of a `Result`, those that leave its success as it is, or give it. */
const SAME_SUCCESS: ReadonlySet<string> = new Set(["unwrap", "expect", "map_err", "context", "with_context"]);

export class Expectations {
  readonly #calls = new Map<Expression, Type>();

  note(value: Expression | undefined, type: Type | undefined): void {
    let at = value;
    while (at?.kind === "try" || at?.kind === "await" || (at?.kind === "method" && SAME_SUCCESS.has(at.name)))
      at = at.kind === "method" ? at.receiver : at.operand;
    const of = payloadOf(type) ?? type;
    if ((at?.kind === "call" || at?.kind === "method") && of !== undefined) this.#calls.set(at, of);
  }

  of(call: Expression): Type | undefined {
    return this.#calls.get(call);
  }
}
