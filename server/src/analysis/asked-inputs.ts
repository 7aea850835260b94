/** Of which inputs conditions ask something: what callers choose. */
import type { Condition, Value } from "../flow/index.ts";
import { failedIn } from "./failed-questions.ts";

/** Under which one of several is meant. */
export function conditionOf(several: Value | undefined, value: Value): Condition {
  if (several?.kind === "labelled") return conditionOf(several.of, value);
  return several?.kind === "alternatives" ? (several.of.find((it) => it.value === value)?.condition ?? []) : [];
}

/** The inputs of which a condition asks something. */
const askedInputs = (condition: Condition): ReadonlySet<number> => new Set(askedParts(condition).map(({ index }) => index));

/** But for what attempts are made with that fail: nobody chooses that. */
export const chosenInputs = (condition: Condition): ReadonlySet<number> =>
  askedInputs(
    condition.map((it) => ({ ...it, atoms: it.atoms.filter(({ value, holds }) => value === undefined || !failedIn(value, holds)) })),
  );

/** An input, or one field of it. */
export interface AskedPart {
  readonly index: number;
  readonly field: string | undefined;
}

/** Of which inputs a condition asks something, and of what in them. */
export function askedParts(condition: Condition): readonly AskedPart[] {
  const found: AskedPart[] = [];
  const open = condition.flatMap(({ atoms }) => atoms.flatMap((it) => it.value ?? []));
  const seen = new Set<Value>();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next) || !next.open) continue;
    seen.add(next);
    const whole = next.kind === "part" ? next.of : next;
    if (whole.kind === "input") found.push({ index: whole.index, field: next.kind === "part" ? next.name : undefined });
    else open.push(...partsOf(next));
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
