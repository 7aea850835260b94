/** Calls that are open until a caller knows what is called: what a summary says of them. */
import type { Call } from "./call.ts";
import { or } from "./conditions.ts";
import type { Evaluation } from "./evaluation.ts";
import type { Value } from "./value.ts";
import { partsOf } from "./values.ts";

/**
 * Calls by one operation with equal arguments are one, however many ways lead there: what they give is one value. Of what a recursion
 * does at each of its depths the first is remembered. `tells`: its name, or what it is given, says something whatever is called.
 */
export function remember(evaluation: Evaluation, value: Value, { site, condition, recurs, through = [] }: Call, tells: boolean): void {
  const { events, openCalls, given, context } = evaluation;
  const which = `${context.parts.values.chains.originOf(site)} ${value.id}`;
  const key = openCalls.get(which) ?? site;
  const known = events.get(key);
  if (known?.kind === "call" && known.call === value) events.set(key, { ...known, condition: or(known.condition, condition) });
  else if (recurs === true && known !== undefined) given.all(partsOf(value), through);
  else {
    openCalls.set(which, key);
    events.set(key, { kind: "call", key, condition, settled: false, call: value, tells, through });
  }
}
