/** Assignment to variables: what was there stays as an alternative where the assignment is conditional. */
import type { Expression } from "../../rust/index.ts";
import { negate } from "../guards.ts";
import type { Frame } from "../machine.ts";
import { conditional, extend, type Path } from "../path-conditions.ts";
import { opaque, SHOWN, taintOf, type Value } from "../values.ts";
import { choose, narrow } from "./choices.ts";

/** Assigns to a variable: under conditions that its declaration did not have, the old value stays as an alternative. */
export function assignVariable(name: string, value: Value, frame: Frame): boolean {
  const variable = frame.environment.find(name);
  if (variable === undefined) return false;
  const more = conditional(frame.path.filter((it) => !variable.path.some((other) => other.group === it.group)));
  if (more.length === 0) {
    variable.value = value;
    return true;
  }
  const [only] = more;
  const old = narrow(variable.value, variable.path);
  const others: Path = more.length === 1 && only !== undefined && only.alternatives === 2 ? [opposite(only)] : [];
  const kept = old.kind === "choice" ? old.arms.filter((arm) => extend(arm.path, others) !== undefined) : [{ path: others, value: old }];
  const unknownBefore = old.kind === "opaque" && old.parts.length === 0 && old.text === name;
  variable.value = choose([
    ...(unknownBefore ? [] : kept.map((arm) => ({ ...arm, path: extend(arm.path, others) ?? arm.path }))),
    { path: more, value },
  ]);
  return true;
}

/** Methods that put something into the text that they are called on. */
export const FILLING: ReadonlySet<string> = new Set(["push", "push_str", "insert", "insert_str", "write_str"]);

/** `buffer[at] = …`, `buffer.copy_from_slice(…)`, `write!(text, …)`: what is in it came of a certificate from then on. */
export function fill(target: Expression | undefined, given: readonly Value[], frame: Frame): void {
  const taint = taintOf({ kind: "tuple", elements: given }) & SHOWN;
  const name = taint === 0 ? undefined : nameOf(target);
  const variable = name === undefined ? undefined : frame.environment.find(name);
  if (variable === undefined || name === undefined) return;
  const { value } = variable;
  if (value.kind === "opaque") value.taint.bits |= taint;
  else if (value.kind === "text" || value.kind === "collection")
    variable.value = opaque(name, { taint: taintOf(value) | taint, parts: [...given] });
}

function nameOf(target: Expression | undefined): string | undefined {
  if (target?.kind === "reference" || target?.kind === "unary") return nameOf(target.operand);
  if (target?.kind === "index") return nameOf(target.base);
  return target?.kind === "path" && target.path.segments.length === 1 ? target.path.segments[0]?.name : undefined;
}

function opposite(atom: Path[number]): Path[number] {
  const { guard } = atom;
  const alternative = atom.alternative === 0 ? 1 : 0;
  if (guard === undefined || guard.kind !== "condition") return { ...atom, alternative };
  const { byDefault } = guard;
  const polarity = negate(atom.polarity ?? 0);
  return {
    ...atom,
    alternative,
    polarity,
    guard: { ...guard, negated: !guard.negated, optIn: polarity > 0, ...(byDefault === undefined ? {} : { byDefault: !byDefault }) },
  };
}
