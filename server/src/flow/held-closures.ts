/** Closures in a value: it, what a struct, an option, a collection or a reference in it holds, or what it may be. */
import { and, SOME } from "./conditions.ts";
import type { Frame } from "./frame.ts";
import type { Alternative, Condition, Value } from "./value.ts";
import { partsOf } from "./values.ts";

/** Of those that may change what is around them, under which condition the value holds each: what calls were given is none of it. */
export function closuresIn(frame: Pick<Frame, "load">, value: Value): readonly Alternative[] {
  const found: Alternative[] = [];
  const seen = new Set<Value>();
  const open: { readonly condition: Condition; readonly value: Value }[] = [{ condition: SOME, value }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { condition, value: it } = next;
    if (!it.carries || seen.has(it)) continue;
    seen.add(it);
    if (it.kind === "closure") found.push(next);
    else if (it.kind === "pointer") open.push({ condition, value: frame.load(it) });
    else if (it.kind === "alternatives") open.push(...it.of.map((one) => ({ ...one, condition: and(condition, one.condition) })));
    else open.push(...partsOf(it).map((part) => ({ condition, value: part })));
  }
  return found.toSorted((a, b) => a.value.order - b.value.order);
}
