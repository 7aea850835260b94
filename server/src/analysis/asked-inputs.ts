/** Of which inputs conditions ask something: what callers choose. */
import type { Condition, Value } from "../flow/index.ts";

/** Under which one of several is meant. */
export function conditionOf(several: Value | undefined, value: Value): Condition {
  if (several?.kind === "labelled") return conditionOf(several.of, value);
  return several?.kind === "alternatives" ? (several.of.find((it) => it.value === value)?.condition ?? []) : [];
}

/** The inputs of which a condition asks something. */
export function askedInputs(condition: Condition): ReadonlySet<number> {
  const found = new Set<number>();
  const open = condition.flatMap(({ atoms }) => atoms.flatMap((it) => it.value ?? []));
  const seen = new Set<Value>();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next) || !next.open) continue;
    seen.add(next);
    if (next.kind === "input") found.add(next.index);
    open.push(...partsOf(next));
  }
  return found;
}

function partsOf(value: Value): readonly Value[] {
  switch (value.kind) {
    case "part":
    case "test":
    case "labelled":
      return [value.of];
    case "operation":
      return value.operands;
    case "apply":
      return value.arguments;
    default:
      return [];
  }
}
