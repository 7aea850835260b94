/** What a function asks of what its callers give it whole: whose type tells there what the callers do not know of it. */
import type { FunctionId, Value } from "../flow/index.ts";
import type { Sites } from "./sites.ts";

export interface AskedInside {
  readonly in: FunctionId;
  /** In the terms of that function. */
  readonly value: Value;
  /** Whether it holds there where it holds for the caller. */
  readonly isAlike: boolean;
}

/** Of a condition over the values of `owner`, if it is a function that it calls that asks it. */
export function askedInside(sites: Sites, value: Value, key: string, owner: FunctionId): AskedInside | undefined {
  for (const holds of [true, false]) {
    const at = sites.flow.askedAt(owner, key, holds);
    if (at === undefined) continue;
    if (at.in === owner || at.value === undefined || !isSamePart(at.value, value)) return undefined;
    return { in: at.in, value: at.value, isAlike: at.isSo === holds };
  }
  return undefined;
}

/** They ask the same part of an input and of what is given for it: had the caller made that of something else, it would show there. */
function isSamePart(inside: Value, outside: Value): boolean {
  if (outside.kind === "labelled") return isSamePart(inside, outside.of);
  switch (inside.kind) {
    case "labelled":
      return isSamePart(inside.of, outside);
    case "test":
      return outside.kind === "test" && outside.what === inside.what && isSamePart(inside.of, outside.of);
    case "part":
      return outside.kind === "part" && outside.name === inside.name && (inside.of.kind === "input" || isSamePart(inside.of, outside.of));
    default:
      return false;
  }
}
