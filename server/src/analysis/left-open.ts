/**
 * What callers decide, of objects of which the rest is decided in a function: nobody says here what comes of it, and what was said before
 * holds no more.
 */
import type { Effect as FlowEffect } from "../flow/index.ts";
import type { Place } from "../tls/facts.ts";
import { isStatement } from "./model-rows.ts";
import type { Records, Root } from "./records.ts";
import { kindsOf } from "./settable.ts";

/** An event that is left to callers ends what the object said of the same. */
export function leaveOpen(
  { objects, connections, models }: Records,
  { id }: Root,
  { data, on, with: given }: FlowEffect,
  place: Place,
): void {
  if (!isStatement(data)) return;
  if (data.makes !== undefined) {
    const makers = [on, ...given].flatMap((it) => objects.within(it, { root: id, place }));
    const isStream = models.type(data.makes)?.of.sort === "stream";
    const stream = isStream && on.kind === "object" ? on.object : undefined;
    for (const { object } of makers)
      connections.push({ by: object, made: undefined, ...(stream !== undefined && { stream }), over: false, place });
    return;
  }
  const kinds = new Set(data.hit?.of.effects?.flatMap(kindsOf));
  for (const { object } of objects.within(on, { root: id, place }))
    for (const kind of kinds) object.events.push({ kind, facts: { any: [] }, place, related: [], path: [], byDefault: false, draft: -1 });
}
