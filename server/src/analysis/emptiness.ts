/** Whether what an endpoint is given may hold nothing, and whether the program has asked itself. */
import type { Condition, Conjunction, Value } from "../flow/index.ts";
import type { FactOf } from "../tls/facts.ts";
import type { CallEvent } from "./call-event.ts";
import { type Arm, armsOf, isNone } from "./meanings.ts";
import { ERR, OK } from "./std-names.ts";

/** A file that is read holds lists, unless the program goes on without what it cannot read. */
export function listsIn(call: CallEvent, value: Value, whole: Condition): FactOf<"revocation">["lists"] {
  const arms = armsOf(value);
  if (arms.every(isEmpty)) return "none";
  if (isFilled(whole, value)) return "loaded";
  const parts = call.records.objects.within(value, { root: call.root.id, place: call.own });
  const isLossy = parts.some(({ object }) => object.lossy && !object.checked);
  // What somebody else may have filled is not known to be empty.
  const isKnown = arms.every(({ value: it }) => it.kind !== "unknown");
  return isLossy || (isKnown && arms.some((it) => isEmpty(it) && isAfterFailure(it.condition))) ? "maybe-none" : "loaded";
}

const isEmpty = ({ value }: Arm): boolean => isNone(value) || (value.kind === "collection" && value.count === "none");

/** It is there because something else could not be had; that `?` has left is no condition but that there is one. */
const isAfterFailure = (condition: Condition): boolean => condition.some(({ atoms, some }) => some || atoms.some(isFailure));

type Atom = Conjunction["atoms"][number];

const isFailure = ({ value, holds }: Atom): boolean =>
  value?.kind === "test" && (holds ? value.what === ERR : value.what === "success" || value.what === OK);

/** Nothing happens here unless the program has found something in it. */
const isFilled = (whole: Condition, value: Value): boolean =>
  whole.length > 0 && whole.every(({ atoms }) => atoms.some((it) => foundIn(it).includes(value)));

/** What is known to hold something where an atom is true. */
const foundIn = ({ value, holds }: Atom): readonly Value[] =>
  !holds && value?.kind === "apply" && value.callee === "std::is_empty" ? value.arguments : [];

/** All that conditions know to hold something. */
export const foundUnder = (condition: Condition): readonly Value[] => condition.flatMap(({ atoms }) => atoms.flatMap(foundIn));
