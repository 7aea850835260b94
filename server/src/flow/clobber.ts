/** What code that nobody knows may do to what it is given. */
import type { Call } from "./call.ts";
import { SOME } from "./conditions.ts";
import type { Evaluation } from "./evaluation.ts";
import type { Value } from "./value.ts";

/** What is shared was changed in a way that is not followed. */
export function loseShared({ frame, context: { parts } }: Evaluation, shared: Value): void {
  const unknown = parts.values.unknown("may be changed where it is shared");
  frame.write(shared, [], parts.either(frame.load(shared), unknown) ?? unknown);
}

/** What is passed by a mutable reference may be changed; in bodies that judge, by what else is passed. */
export function clobber(evaluation: Evaluation, callee: string, call: Call): void {
  const { frame, context } = evaluation;
  for (const it of call.arguments) {
    if (it.kind !== "pointer" || it.cell.kind === "contents") continue;
    const held = frame.load(it);
    const more =
      context.attemptsGuard && (isKnown(held) || held.kind === "apply" || held.kind === "unknown") ? others(frame, call, it) : [];
    if (more.length > 0) frame.write(it, [], told(context.parts.values, held, more));
    else if (isKnown(held)) mayChange(evaluation, it, held, callee);
  }
}

const isKnown = ({ kind }: Value): boolean => kind === "record" || kind === "collection" || kind === "constant" || kind === "text";

function mayChange({ frame, context }: Evaluation, pointer: Value, held: Value, callee: string): void {
  const { values } = context.parts;
  const after = values.unknown(`may be changed by ${callee === "" ? "a call" : callee}`);
  const either = values.join([
    { condition: SOME, value: held },
    { condition: SOME, value: after },
  ]);
  frame.write(pointer, [], either);
}

/** What else a call is given that may have to do with what the function is given. */
const others = (frame: Evaluation["frame"], call: Call, own: Value): readonly Value[] =>
  call.arguments
    .filter((it) => it !== own)
    .map((it) => frame.outside(frame.load(it)))
    .filter((it) => it.leads || it.labels.length > 0);

/** Something that was told of other values, and may say something of them: a hasher, a buffer. */
function told(values: Evaluation["context"]["parts"]["values"], held: Value, of: readonly Value[]): Value {
  if (of.length === 0) return held;
  const before = held.kind === "apply" && held.callee === TOLD ? held.arguments : [held];
  return values.make({ kind: "apply", callee: TOLD, arguments: [...new Set([...before, ...of])] });
}

const TOLD = "{told}";
