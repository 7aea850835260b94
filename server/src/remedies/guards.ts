/** Which conditions decide what is wrong, and which only decide whether there is an endpoint at all: only the first stand in a remedy's way. */
import { covers, type Span } from "../base/span.ts";
import type { Expression } from "../rust/index.ts";
import type { Guard, Observation } from "../tls/facts.ts";
import { enclosingFunction } from "./inventory.ts";
import type { Site } from "./site.ts";
import { type Ancestor, expressionsIn } from "./trail.ts";

type Condition = Extract<Guard, { readonly kind: "condition" }>;

export function decidingGuard(site: Site, observation: Observation, trail: readonly Ancestor[]): Condition | undefined {
  return observation.guards.find((it): it is Condition => it.kind === "condition" && !onlyEncloses(it, site, observation, trail));
}

/** The endpoint is made under the condition, too, and the other side makes none of its kind. */
function onlyEncloses(guard: Condition, site: Site, { endpoint }: Observation, trail: readonly Ancestor[]): boolean {
  if (guard.optIn || endpoint === undefined || endpoint.place.file !== site.file || guard.place.file !== site.file) return false;
  const { text } = site.source;
  const body = enclosingFunction(trail)?.body();
  if (body === undefined || !covers(body.span, guard.place.span)) return false;
  const decides = expressionsIn(body).findLast(
    (it) => (it.kind === "if" || it.kind === "match") && covers(it.span, guard.place.span) && asks(it, guard.place.span),
  );
  if (decides === undefined) return false;
  const made = endpoint.place.span;
  const name = /\b[A-Z]\w+/.exec(text.slice(made.start, made.end))?.[0];
  if (name === undefined) return false;
  const at = trail.findIndex((it) => it.of === "expression" && it.node === decides);
  const branch = at < 0 ? undefined : trail[at + 1];
  if (branch === undefined) return made.start >= decides.span.end && !text.slice(decides.span.start, decides.span.end).includes(name);
  if (!covers(branch.span, made)) return false;
  const others = text.slice(decides.span.start, branch.span.start) + text.slice(branch.span.end, decides.span.end);
  return !others.includes(name);
}

/** The span lies in what is asked, not in what is done then. */
function asks(it: Expression, span: Span): boolean {
  if (it.kind === "if") return covers(it.condition.span, span);
  if (it.kind !== "match") return false;
  return (
    covers(it.scrutinee.span, span) ||
    it.arms.some((arm) => covers(arm.pattern.span, span) || (arm.condition !== undefined && covers(arm.condition.span, span)))
  );
}
