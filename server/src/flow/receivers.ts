/** What a method call means by its receiver: by what holds it, by the types that its value shows, by its declared type. */
import type { Names } from "./names.ts";
import { viewOf } from "./part-names.ts";
import type { RowIndex } from "./row-index.ts";
import { shownType } from "./shown-type.ts";
import type { FunctionId, Target, Value } from "./value.ts";

/** By the type of what holds the receiver, if that has such a method, else of the receiver: of all that it may be, if they agree. */
export function methodOf(
  names: Names,
  rows: RowIndex,
  owner: FunctionId,
  name: string,
  start: number,
  receiver: Value,
  held: Value,
): Target {
  const around = receiver.kind === "pointer" && receiver.cell.kind === "contents" ? receiver.cell.type : undefined;
  if (around !== undefined && rows.of(`${around}::${name}`, owner, "method") !== undefined)
    return { kind: "external", path: `${around}::${name}` };
  // A collection does not show whether it is a list, a set or a map.
  const declared = held.kind === "collection" ? names.method(owner, { name, start, type: undefined, receiver: undefined }) : undefined;
  if (declared !== undefined && declared.kind !== "unknown") return declared;
  const types = new Set((held.kind === "alternatives" ? held.of.map((it) => it.value) : [held]).map(shownType));
  if (types.size > 1) types.delete(undefined);
  const choices = [...types].map((type) => ({
    when: undefined,
    types: type === undefined ? [] : [type],
    target: modelled(rows, owner, type, name, held) ?? names.method(owner, { name, start, type, receiver: held }),
  }));
  const [first] = choices;
  if (first === undefined) return { kind: "unknown" };
  const key = JSON.stringify(first.target);
  return choices.every((it) => JSON.stringify(it.target) === key) ? first.target : { kind: "any", of: choices };
}

function modelled(rows: RowIndex, owner: FunctionId, type: string | undefined, name: string, held: Value): Target | undefined {
  if (type === undefined) return undefined;
  const own = `${type}::${name}`;
  const isKnown = !isObject(held) && rows.own(own, owner, "method") !== undefined;
  const path = isObject(held) ? rows.ofObject(type, name, owner) : isKnown ? own : undefined;
  return path === undefined ? undefined : { kind: "external", path };
}

const isObject = (value: Value): boolean =>
  value.kind === "object" ||
  (value.kind === "part" && viewOf(value.name) !== undefined) ||
  (value.kind === "labelled" && isObject(value.of)) ||
  (value.kind === "alternatives" && value.of.some((it) => isObject(it.value)));
