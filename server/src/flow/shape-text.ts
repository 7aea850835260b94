/**
 * Shapes as text: by the ids of their parts, which tells equal ones from others, and by the order of their parts, which says the same whatever
 * was evaluated before. Where something is cut what is left follows that order.
 */
import type { Chains } from "./chain.ts";
import { isAlways, keyOf } from "./conditions.ts";
import { hashOf } from "./text-hash.ts";
import type { Cell, Condition, ObjectId, Shape, Value } from "./value.ts";

interface Writing {
  of(value: Value): number;
  object(id: ObjectId): string;
  condition(condition: Condition): string;
}

export const BY_ID: Writing = { of: (it) => it.id, object: (it) => it, condition: keyOf };

/** Of two different shapes it is hardly ever the same. */
export const orderOf = (shape: Shape, chains: Chains): number =>
  hashOf(textOf(shape, { of: (it) => it.order, object: (it) => chains.written(it), condition: conditionText }));

const conditionText = (condition: Condition): string =>
  condition
    .map(({ atoms, some }) => `${some}${atoms.map(({ key, holds, value }) => `${holds}${value?.order ?? key}`).join("&")}`)
    .join("|");

function cellText(cell: Cell, object: Writing["object"]): string {
  return cell.kind === "contents" ? `${object(cell.object)} ${cell.type}` : `${cell.kind} ${cell.index}`;
}

/** Equal for equal shapes alone. */
export function textOf(shape: Shape, { of, object, condition }: Writing): string {
  const list = (values: readonly Value[]): string => values.map(of).join(",");
  switch (shape.kind) {
    case "constant":
      return `constant ${typeof shape.value} ${shape.value}`;
    case "text":
      return `text ${JSON.stringify([shape.prefix, shape.suffix])} ${list(shape.of)}`;
    case "unit":
      return "unit";
    case "record":
      return `record ${shape.type} ${shape.fields.map(([name, value]) => `${name}=${of(value)}`).join(",")} ${shape.base === undefined ? "" : of(shape.base)}`;
    case "closure":
      return `closure ${shape.of} ${list(shape.captures)}`;
    case "function":
      return `function ${JSON.stringify(shape.target)}`;
    case "collection":
      return `collection ${shape.count} ${shape.element === undefined ? "" : of(shape.element)} ${list(shape.listed ?? [])}`;
    case "pointer":
      return `pointer ${cellText(shape.cell, object)} ${shape.path.join(".")}`;
    case "object":
      return `object ${object(shape.object)} ${shape.type}`;
    case "input":
      return `input ${shape.index}`;
    case "parameter":
      return `parameter ${shape.of} ${shape.name}`;
    case "part":
      return `part ${of(shape.of)} ${shape.name}`;
    case "test":
      return `test ${of(shape.of)} ${shape.what}`;
    case "operation":
      return `operation ${shape.operator} ${list(shape.operands)}`;
    case "apply":
      return `apply ${shape.callee} ${list(shape.arguments)}`;
    case "labelled":
      return `labelled ${of(shape.of)} ${shape.label}`;
    case "alternatives":
      return `alternatives ${shape.of.map((it) => `${of(it.value)} if ${isAlways(it.condition) ? "" : condition(it.condition)}`).join("; ")}`;
    case "unknown":
      return `unknown ${shape.reason}`;
  }
}
