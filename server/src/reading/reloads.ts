/**
 * What takes the place of a configuration while the program runs: a field is built in one function and assigned in another, by itself
 * or behind a lock. The two are brought together at the end, when both were read.
 */
import type { Expression, ExpressionOf } from "../rust/index.ts";
import type { Frame, Machine } from "./machine.ts";
import type { ModelObject } from "./objects.ts";
import { examined, objectsIn, type Value } from "./values.ts";

/** Methods that give what a lock or cell holds, and those that put something else into it. */
const OPENING: ReadonlySet<string> = new Set(["write", "lock", "borrow_mut", "get_mut", "unwrap", "expect", "unwrap_or_else", "as_mut"]);
const STORING: ReadonlySet<string> = new Set(["store", "swap", "replace", "set"]);

/** `*self.config.write().unwrap() = …`, `self.config = …`. */
export function assigned(machine: Machine, target: Expression, value: Value, frame: Frame): void {
  const field = opened(target);
  if (field === undefined) return;
  const base = examined(machine.evaluate(field.base, frame));
  if (base.kind !== "record" || base.record.placeholder === undefined || base.record.definition === undefined) return;
  const by = configurationsIn(value);
  if (by.length > 0) machine.replacements.push({ type: base.record.definition.item, field: field.name, by });
}

/** The field whose contents are assigned. */
function opened(target: Expression): ExpressionOf<"field"> | undefined {
  let it = target;
  for (;;) {
    if (it.kind === "field") return it;
    if (it.kind === "unary" || it.kind === "reference" || it.kind === "try" || it.kind === "await") it = it.operand;
    else if (it.kind === "method" && OPENING.has(it.name)) it = it.receiver;
    else return undefined;
  }
}

/** `self.config.store(Arc::new(…))`. */
export function stored(machine: Machine, { field }: ModelObject, method: string, values: readonly Value[]): void {
  const by = field === undefined || !STORING.has(method) ? [] : values.flatMap(configurationsIn);
  if (field !== undefined && by.length > 0) machine.replacements.push({ type: field.type, field: field.name, by });
}

/** At the end: what a field was built with is what is replaced, and whose sessions are taken over. */
export function settleFields(machine: Machine): void {
  const first = (type: ModelObject["field"]): readonly ModelObject[] =>
    type === undefined ? [] : (machine.built.get(type.type)?.get(type.name) ?? []).flatMap(configurationsIn);
  for (const { type, field, by } of machine.replacements) {
    const initial = first({ type, name: field });
    for (const object of by) {
      // The same lines, run again, make the same again.
      if (initial.some((it) => it === object || isSamePlace(it, object))) continue;
      for (const it of initial) if (!object.replaces.includes(it)) object.replaces.push(it);
    }
  }
  for (const object of [...machine.objects]) {
    const sessions = object.parts.filter((it) => it.kind === "sessions");
    if (sessions.length === 0) continue;
    for (const owner of first(object.field))
      for (const part of sessions) {
        owner.parts.push(part);
        if (!part.object.usedBy.includes(owner)) part.object.usedBy.push(owner);
      }
  }
}

const configurationsIn = (value: Value): readonly ModelObject[] => objectsIn(value).filter((it) => it.sort === "configuration");
const isSamePlace = (a: ModelObject, b: ModelObject): boolean => a.place.file === b.place.file && a.place.span.start === b.place.span.start;
