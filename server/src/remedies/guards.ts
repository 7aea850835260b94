/** Which conditions decide what is wrong, and which only decide whether there is an endpoint at all: only the first stand in a remedy's way. */
import { covers, type Span } from "../base/span.ts";
import { isTypeName } from "../flow/definition-ids.ts";
import { type Expression, namesIn } from "../rust/index.ts";
import type { Guard, Observation } from "../tls/facts.ts";
import { enclosingFunction } from "./inventory.ts";
import type { Site } from "./site.ts";
import { type Ancestor, expressionsIn } from "./trail.ts";

type Condition = Extract<Guard, { readonly kind: "condition" }>;

/** In the words in which it is written. */
export function decidingGuard(site: Site, observation: Observation, trail: readonly Ancestor[]): string | undefined {
  const [given] = observation.guards.flatMap((it) => givenBy(it, site));
  if (given !== undefined) return site.source.text.slice(given.start, given.end);
  return observation.guards.find((it): it is Condition => it.kind === "condition" && !onlyEncloses(it, site, observation, trail))?.text;
}

/** What the compiler decides is an argument: whoever wrote it has chosen when. */
function givenBy(guard: Guard, site: Site): readonly Span[] {
  if ((guard.kind !== "cfg" && guard.kind !== "feature") || guard.place.file !== site.file) return [];
  const { span } = guard.place;
  return site.arguments.some((it) => covers(it.span, span)) ? [span] : [];
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
  const name = [...namesIn(text.slice(made.start, made.end))].find(isTypeName);
  if (name === undefined) return false;
  const at = trail.findIndex((it) => it.of === "expression" && it.node === decides);
  const branch = at < 0 ? undefined : trail[at + 1];
  if (branch === undefined) return made.start >= decides.span.end && !namesIn(text.slice(decides.span.start, decides.span.end)).has(name);
  if (!covers(branch.span, made)) return false;
  // Without another branch, what follows is the other side.
  const isAlone = decides.kind === "if" && decides.otherwise === undefined;
  const { end } = isAlone ? body.span : decides.span;
  const others = [text.slice(decides.span.start, branch.span.start), text.slice(branch.span.end, end)];
  return !others.some((it) => namesIn(it).has(name));
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
