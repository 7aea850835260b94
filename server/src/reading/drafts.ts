/** Notes the place of every modelled call, so that whatever it turns out to state can be found and changed there. */
import { type Span, sameSpan } from "../base/span.ts";
import type { CallModel, CanonicalPath, CrateModel } from "../models/model.ts";
import type { Expression } from "../rust/index.ts";
import type { Frame, Machine } from "./machine.ts";
import type { Draft } from "./objects.ts";

export interface DraftInput {
  readonly expression?: Expression;
  readonly receiverExpression?: Expression;
  readonly arguments: readonly Expression[];
  readonly nameSpan: Span;
  readonly written: string;
  readonly guessed: boolean;
  readonly frame: Frame;
  readonly callModel?: CallModel;
  readonly hit: { readonly path: CanonicalPath; readonly model: CrateModel };
}

/** The index of the new draft: the handle of the observations that come of it. */
export function recordDraft(machine: Machine, input: DraftInput): number {
  const { frame, expression, hit } = input;
  const { version } = machine.models.versionIn(hit.model, frame.file);
  const statement = frame.statement?.span ?? expression?.span ?? input.nameSpan;
  const draft: Draft = {
    written: input.written,
    guessed: input.guessed,
    site: {
      ...(expression === undefined ? {} : { expression }),
      ...(input.receiverExpression === undefined ? {} : { receiver: input.receiverExpression }),
      arguments: input.arguments,
      nameSpan: input.nameSpan,
      statement,
      tail: frame.statement?.tail ?? true,
      whole: expression !== undefined && isWhole(frame, expression),
      blocks: frame.blocks,
      ...(frame.function === undefined ? {} : { function: frame.function }),
      ...(frame.implementation === undefined ? {} : { implementation: frame.implementation }),
      scope: frame.scope,
      scopes: machine.scopes,
      source: frame.source,
      file: frame.file,
      call: hit.path,
      ...(input.callModel === undefined ? {} : { callModel: input.callModel }),
      model: hit.model,
      ...(version === undefined ? {} : { version }),
      inMacro: frame.macro,
    },
  };
  machine.drafts.push(draft);
  return machine.drafts.length - 1;
}

/** Whether the statement is this call and nothing around it but `?`, `.await`, `.unwrap()` and the like. */
function isWhole(frame: Frame, expression: Expression): boolean {
  let current = frame.statement?.expression;
  for (let depth = 0; current !== undefined && depth < 40; depth++) {
    if (sameSpan(current.span, expression.span)) return true;
    if (current.kind === "try" || current.kind === "await") current = current.operand;
    else if (current.kind === "method") current = current.receiver;
    else return false;
  }
  return false;
}
