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

/** What is passed by a mutable reference may be changed. */
export function clobber({ frame, context: { parts } }: Evaluation, callee: string, call: Call): void {
  const { values } = parts;
  for (const it of call.arguments) {
    if (it.kind !== "pointer" || it.cell.kind === "contents") continue;
    const held = frame.load(it);
    if (held.kind !== "record" && held.kind !== "collection" && held.kind !== "constant" && held.kind !== "text") continue;
    const after = values.unknown(`may be changed by ${callee === "" ? "a call" : callee}`);
    const either = values.join([
      { condition: SOME, value: held },
      { condition: SOME, value: after },
    ]);
    frame.write(it, [], either);
  }
}
