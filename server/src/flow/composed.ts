/** Values that operations put together of others: tuples, lists, ranges, texts, and what is unknown but for the labels in it. */
import type { Operation } from "../rust/bodies/index.ts";
import { DEEPEST_VALUE } from "../rust/bounds.ts";
import { ofCfg } from "./conditions.ts";
import type { Evaluation } from "./evaluation.ts";
import type { Count, Value } from "./value.ts";

export function composed(evaluation: Evaluation, it: Operation): Value {
  const { frame } = evaluation;
  const { values } = frame.parts;
  const loaded = (local: number): Value => frame.load(frame.local(local));
  switch (it.kind) {
    case "tuple":
      return values.record(
        "",
        it.elements.map((element, at) => [String(at), frame.local(element)]),
      );
    case "array":
      return listed(evaluation, it.elements);
    case "repeat": {
      const count = loaded(it.count);
      const number = count.kind === "constant" && typeof count.value === "number" ? count.value : -1;
      return values.make({
        kind: "collection",
        count: COUNTS[number] ?? (number < 0 ? "unknown" : "many"),
        element: frame.local(it.element),
      });
    }
    case "range":
      return values.make({
        kind: "operation",
        operator: "..",
        operands: [it.from, it.upper].flatMap((end) => (end === undefined ? [] : [loaded(end)])),
      });
    case "cast":
      return loaded(it.operand);
    case "cfg":
      return values.join([
        { condition: ofCfg(it.predicate), value: values.constant(true) },
        { condition: ofCfg({ kind: "not", of: it.predicate }), value: values.constant(false) },
      ]);
    case "format":
      return values.text(it.pieces.map((piece) => (typeof piece === "string" ? piece : loaded(piece))));
    case "unknown":
      return mixed(evaluation, it.reason, it.operands);
    default:
      return values.unit;
  }
}

function listed({ frame }: Evaluation, elements: readonly number[]): Value {
  const given = elements.map((it) => frame.local(it));
  const element = given.reduce<Value | undefined>((all, it) => frame.parts.either(all, it), undefined);
  const known = given.length > DEEPEST_VALUE ? {} : { listed: given };
  return frame.parts.values.make({ kind: "collection", count: COUNTS[given.length] ?? "many", element, ...known });
}

/** Unknown, but with the labels of what is in it. */
export function mixed({ frame }: Evaluation, reason: string, operands: readonly number[]): Value {
  const { values } = frame.parts;
  const labels = new Set(operands.flatMap((it) => frame.load(frame.local(it)).labels));
  return [...labels].toSorted().reduce((of, label) => values.make({ kind: "labelled", of, label }), values.unknown(reason));
}

const COUNTS: Readonly<Record<number, Count | undefined>> = { 0: "none", 1: "one" };
