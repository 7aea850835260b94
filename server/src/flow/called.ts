/** A call that nobody wrote: what a function gives and does where it is called with these values. */
import type { Body } from "../rust/bodies/index.ts";
import type { Callees } from "./callees.ts";
import { Calls } from "./calls.ts";
import { ALWAYS } from "./conditions.ts";
import { type Context, Evaluation } from "./evaluation.ts";
import { Questions } from "./questions.ts";
import { summarised } from "./summarise.ts";
import type { Summary } from "./summary.ts";
import type { Value } from "./value.ts";

export function called({ id, ...context }: Pick<Context, "parts" | "id" | "typeOf">, callees: Callees, given: readonly Value[]): Summary {
  const evaluation = new Evaluation({
    ...context,
    id,
    callable: { body: bodyWith(given.length), declared: undefined },
    attemptsGuard: false,
    questions: new Questions(),
    inputType: () => undefined,
    step: () => true,
  });
  const call = { arguments: given, site: `${id}@0.0`, condition: ALWAYS, form: "path" } as const;
  const value = new Calls(evaluation, callees).function(id, call);
  if (value !== undefined) evaluation.returned = { value, cells: evaluation.frame.cells, condition: ALWAYS };
  return summarised(evaluation, true);
}

/** A body with so many parameters, in which nothing is. */
function bodyWith(parameters: number): Body {
  const span = { start: 0, end: 0 };
  const variables = Array.from({ length: parameters }, (_, at) => at);
  return {
    span,
    parameters: variables,
    locals: variables.map(() => ({ name: undefined, mutable: false, type: undefined })),
    blocks: [{ operations: [], end: { kind: "diverge" } }],
    questions: [],
    captures: [],
    closures: [],
    declared: [],
  };
}
