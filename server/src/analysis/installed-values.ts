/** Values of one of the program's own types that are installed as verifiers: what their methods can know of them. */
import { type Flow, partsOf, type Value } from "../flow/index.ts";
import type { Installation } from "./records.ts";

/** Installations by what is known of the value: what no caller decides, and which functions it asks. */
export function waysOf(
  installations: readonly Installation[],
  flow: Flow,
): readonly (readonly [self: Value, at: readonly Installation[]])[] {
  const self = flow.values.make({ kind: "input", index: 0 });
  const ways = new Map<Value, Installation[]>();
  for (const one of installations) {
    const known = installed(one.value, self, flow);
    ways.set(known, [...(ways.get(known) ?? []), one]);
  }
  return ways.size === 0 ? [[self, []]] : [...ways];
}

/** As the verifier's own methods see it: `self` is where they find what a caller decides. */
function installed(value: Value, self: Value, flow: Flow): Value {
  if (!value.open) return value;
  const { values } = flow;
  if (value.kind === "record") {
    const fields = value.fields.map(([name, it]) => [name, installed(it, values.make({ kind: "part", of: self, name }), flow)] as const);
    return values.record(value.type, fields, self);
  }
  if (value.kind !== "closure") return self;
  // What it has captured the verifier cannot name.
  const captured = values.make({ kind: "labelled", of: values.unknown("captured where it is installed"), label: "configuration" });
  return flow.with(
    value,
    Array.from({ length: inputsIn(value) }, () => captured),
  );
}

/** How many inputs there are at least. */
function inputsIn(value: Value): number {
  if (value.kind === "input") return value.index + 1;
  if (value.kind === "pointer") return value.cell.kind === "input" ? value.cell.index + 1 : 0;
  return Math.max(0, ...partsOf(value).map((it) => (it.open ? inputsIn(it) : 0)));
}
