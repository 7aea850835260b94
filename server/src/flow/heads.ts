/** What is often asked of bodies, and is less than all of them: bodies are not kept for it. */
import type { Span } from "../base/span.ts";
import type { Body } from "../rust/bodies/index.ts";
import type { FunctionId } from "./value.ts";

export interface Head {
  readonly span: Span;
  /** The names of captures, then of parameters; the receiver is the first of these. Undefined for a pattern. */
  readonly inputs: readonly (string | undefined)[];
  readonly parameters: number;
  readonly closures: number;
}

export class Heads extends Map<FunctionId, Head> {
  note(id: FunctionId, { span, captures, parameters, locals, closures }: Body): Head {
    const inputs = [...captures.map((it) => it.inner), ...parameters].map((it) => locals[it]?.name);
    const head = { span, inputs, parameters: parameters.length, closures: closures.length };
    this.set(id, head);
    return head;
  }
}
