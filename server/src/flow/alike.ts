/**
 * Effects that are one, however many ways of calls lead there: one operation does the same to one object with the same values, of which
 * nobody has decided anything on the way. A function that gets to a connection in twenty ways connects once for all that its callers know.
 */
import type { Chains } from "./chain.ts";
import { or } from "./conditions.ts";
import type { Parts } from "./parts.ts";
import type { Effect, OpenCall } from "./summary.ts";
import type { Value } from "./value.ts";

/** In order: what else happens to an object in between keeps two apart. */
export function joinAlike(events: Iterable<Effect | OpenCall>, chains: Chains): readonly (Effect | OpenCall)[] {
  const found: (Effect | OpenCall)[] = [];
  const last = new Map<Value, number>();
  for (const event of events) {
    const at = event.kind === "effect" ? last.get(event.on) : undefined;
    const known = at === undefined ? undefined : found[at];
    if (at !== undefined && known?.kind === "effect" && event.kind === "effect" && isAlike(known, event, chains))
      found[at] = { ...known, condition: or(known.condition, event.condition) };
    else if (event.kind === "effect") last.set(event.on, found.push(event) - 1);
    else found.push(event);
  }
  return found;
}

const isAlike = (a: Effect, b: Effect, chains: Chains): boolean =>
  !a.decided &&
  !b.decided &&
  a.with.length === b.with.length &&
  a.with.every((it, at) => it === b.with[at]) &&
  a.key !== b.key &&
  chains.originOf(a.key) === chains.originOf(b.key);

/** Of effects that the caller does not tell apart, any may be meant. */
export function eitherOf(known: Effect | OpenCall | undefined, effect: Effect, parts: Parts): Effect {
  if (known?.kind !== "effect") return effect;
  const either = (a: Value, b: Value | undefined): Value => parts.either(a, b) ?? a;
  return {
    ...effect,
    decided: known.decided || effect.decided,
    condition: or(known.condition, effect.condition),
    on: either(known.on, effect.on),
    with: known.with.map((it, at) => either(it, effect.with[at])),
  };
}
