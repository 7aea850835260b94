/** Who chose that something happens in a callee at all: what its condition asks there is what a caller wrote down. */
import type { Condition, Effect, Value } from "../flow/index.ts";
import type { Place } from "../tls/facts.ts";
import { literalOf } from "./decisions.ts";
import type { Site, Sites } from "./sites.ts";

/** The outermost choice that was written down; undefined where no condition on the way asks what a caller gives. */
export function chosenAt(sites: Sites, chain: readonly Site[], { key: whole }: Effect): Place | undefined {
  const { flow } = sites;
  let key = flow.values.chains.inner(whole);
  for (let depth = 1; depth < chain.length && key !== undefined; depth++) {
    const owner = chain[depth]?.owner ?? "";
    const condition = flow.summary(owner)?.events.find((it) => it.key === key)?.condition ?? [];
    for (const index of askedInputs(condition)) {
      const place = literalOf(sites, chain.slice(0, depth), index);
      if (place !== undefined) return place;
    }
    key = flow.values.chains.inner(key);
  }
  return undefined;
}

/** The inputs of which a condition asks something. */
function askedInputs(condition: Condition): ReadonlySet<number> {
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
