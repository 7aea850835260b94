/** What an evaluation comes to: of all that it knows, what callers can see. */
import { joinAlike } from "./alike.ts";
import { ALWAYS, forgetPairs, NEVER } from "./conditions.ts";
import { escapesOf, reachableIn, settledOf } from "./escapes.ts";
import type { Evaluation } from "./evaluation.ts";
import { Given } from "./given.ts";
import type { Summary } from "./summary.ts";
import { toldOf } from "./told.ts";
import type { Value } from "./value.ts";
import type { Values } from "./values.ts";

/** `tellsAll`: callers are told of all that it calls. */
export function summarised(evaluation: Evaluation, tellsAll: boolean): Summary {
  const { returned, frame, given } = evaluation;
  const { values } = evaluation.context.parts;
  for (const it of frame.untracked) given.add(it, "mutated");
  const contents = new Map<string, Value>();
  if (returned !== undefined) frame.cells = returned.cells;
  const writes = returned === undefined ? new Map<number, Value>() : writesOf(evaluation);
  if (returned !== undefined) for (const [object, value] of frame.objects()) contents.set(object, value);
  // What somebody else has made others find, too: what a static holds.
  for (const [object, value] of contents)
    if (values.chains.stepsOf(object).at(0)?.owner !== evaluation.context.id) given.add(value, "shared");
  const result = returned === undefined ? values.never : frame.outside(returned.value);
  const stored = new Map([...frame.stored].map(([into, value]) => [frame.outside(into), frame.outside(value)]));
  const happening = joinAlike(evaluation.events.values(), values.chains);
  const found = tellsAll ? happening : toldOf(happening, { result, writes, contents, stored }, given);
  const escapes = escapesOf({ result, events: found, writes, contents, given });
  const settled = settledOf(found, escapes);
  const events = found.map((it) => ({ ...it, settled: settled.has(it) }));
  const reachable = reachableIn({ result, events, writes, contents });
  const crowded = values.chains.crowdedIn([...reachable, ...events.flatMap((it) => (it.settled ? [] : [it.key]))]);
  for (const object of contents.keys()) if (!reachable.has(object)) contents.delete(object);
  given.keep(reachable);
  forgetPairs();
  const { asked } = evaluation;
  return { result, events, writes, contents, stored, given, escapes, crowded, asked, returns: returned?.condition ?? NEVER };
}

/** What callers see changed of what they gave. */
function writesOf(evaluation: Evaluation): Map<number, Value> {
  const { frame, references } = evaluation;
  const writes = new Map<number, Value>();
  for (const index of references) {
    const value = frame.contents({ kind: "input", index });
    if (value.kind !== "input" || value.index !== index) writes.set(index, value);
  }
  for (const local of frame.shared) writes.set(evaluation.indexOf(local), frame.outside(frame.local(local)));
  return writes;
}

/** Of a function that is evaluated later. */
export function unevaluated(values: Values): Summary {
  const nothing = new Map();
  const more = { events: [], given: new Given(), crowded: new Set<string>(), returns: ALWAYS };
  return {
    result: values.unknown("not evaluated yet"),
    writes: nothing,
    contents: nothing,
    stored: nothing,
    escapes: nothing,
    asked: nothing,
    ...more,
  };
}

/** What a recursion still builds up is given up, with the labels that it has by then. */
export function widened(before: Summary | undefined, after: Summary, values: Values): Summary {
  if (before?.result === after.result) return after;
  const { labels } = after.result;
  const unknown = values.unknown("built up by recursion");
  return { ...after, result: labels.reduce((of, label) => values.make({ kind: "labelled", of, label }), unknown) };
}
