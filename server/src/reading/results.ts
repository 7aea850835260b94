/** Results whose failure matters: where an error is let go, and nothing of the program has it then, that is an observation. */
import type { Span } from "../base/span.ts";
import type { Place } from "../tls/facts.ts";
import { TELLING } from "./lexicon.ts";
import { type Frame, type Machine, placeOf } from "./machine.ts";
import { type Failure, type Heard, objectsIn, TAINT, taintOf, type Value } from "./values.ts";

/** Runs what is done about a failure, and says who heard of it. */
export function hearing<T>(machine: Machine, work: () => T): { readonly result: T; readonly heard: Heard } {
  const { logged, kept } = machine.told;
  const result = work();
  return { result, heard: { logged: machine.told.logged > logged, kept: machine.told.kept > kept } };
}

/** Values are put where their way is not followed: into a list, into a field. */
export function keeps(machine: Machine, values: readonly Value[]): void {
  if (values.some((it) => (taintOf(it) & TAINT.error) !== 0)) machine.told.kept++;
}

/** A function of which nothing is known but its name is given these. */
export function handsOn(machine: Machine, name: string, values: readonly Value[]): void {
  if (TELLING.test(name)) machine.told.logged++;
  else keeps(machine, values);
}

/** The error of a call was discarded at `place`. */
export function dropFailure(machine: Machine, failure: Failure, place: Place, frame: Frame, heard?: Heard): void {
  // What is looked at on the way and let go in the end is let go once.
  const earlier = machine.loose.findLastIndex(
    (it) => it.fact.kind === "dropped-error" && it.draft === failure.site && it.path.length >= frame.path.length,
  );
  const [before] = earlier >= 0 ? machine.loose.splice(earlier, 1) : [];
  const draft = machine.drafts[failure.site];
  const kept = heard?.kept === true || failure.heard?.kept === true;
  if (kept && draft !== undefined) draft.kept = true;
  if (kept || draft?.kept === true) return;
  const logged =
    heard?.logged === true || failure.heard?.logged === true || (before?.fact.kind === "dropped-error" && before.fact.logged === true);
  const call = draft === undefined ? undefined : { file: draft.site.file, span: draft.site.nameSpan };
  machine.loose.push({
    fact: { kind: "dropped-error", what: failure.what, call: failure.call, systemStore: failure.systemStore, ...(logged && { logged }) },
    place,
    related:
      call === undefined || (call.file === place.file && call.span.start === place.span.start)
        ? []
        : [{ ...call, message: `the result of \`${failure.call}\` is what is dropped` }],
    path: frame.path,
    draft: failure.site,
    ...(logged && { unlessChecked: logged }),
    ...(draft?.object === undefined ? {} : { object: draft.object }),
  });
}

/** Every failure in a value that nobody is going to look at any more. */
export function dropUnexamined(machine: Machine, value: Value, span: Span, frame: Frame, depth = 0): void {
  if (depth > 5) return;
  switch (value.kind) {
    case "fallible":
      dropFailure(machine, value.failure, value.failure.letGo ?? placeOf(frame, span), frame);
      return;
    case "choice":
      for (const arm of value.arms) dropUnexamined(machine, arm.value, span, frame, depth + 1);
      return;
    case "collection":
      for (const element of value.collection.elements) dropUnexamined(machine, element, span, frame, depth + 1);
      return;
    case "tuple":
      for (const element of value.elements) dropUnexamined(machine, element, span, frame, depth + 1);
      return;
    default:
      return;
  }
}

/** The first unexamined failure in a value. */
export function failureIn(value: Value): Failure | undefined {
  if (value.kind === "fallible") return value.failure;
  if (value.kind === "choice") {
    for (const arm of value.arms) {
      const found = failureIn(arm.value);
      if (found !== undefined) return found;
    }
  }
  if (value.kind === "collection") {
    for (const element of value.collection.elements) {
      const found = failureIn(element);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** The same value with its failures looked at. */
export function examine(value: Value): Value {
  if (value.kind === "fallible") return examine(value.value);
  if (value.kind === "choice") return { ...value, arms: value.arms.map((arm) => ({ ...arm, value: examine(arm.value) })) };
  if (value.kind === "collection" && value.collection.elements.some((it) => it.kind === "fallible"))
    return { ...value, collection: { ...value.collection, elements: value.collection.elements.map(examine) } };
  return value;
}

/** Errors of elements are swallowed: what is left may be less than the source held. */
export function swallow(value: Value): Value {
  for (const object of objectsIn(value)) object.lossy = true;
  return examine(value);
}
