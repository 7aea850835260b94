/** Trust stores that hold a client's own anchors, and where these cannot be had those of the web: whoever takes the file away is trusted then. */
import { firstOf } from "../base/first-of.ts";
import { effectiveEvents } from "./effective-events.ts";
import { isReading } from "./emptied-lists.ts";
import { failing, state } from "./fail-open-facts.ts";
import type { Event, ModelObject } from "./model-object.ts";
import { attemptBefore, attemptBetween, partingOf } from "./partings.ts";
import type { Records } from "./records.ts";
import type { Site } from "./sites.ts";

export function stateStandInRoots(records: Records, object: ModelObject): void {
  if (object.sort !== "trust-store" || object.role === "server") return;
  const effective = effectiveEvents(object).filter(({ kind }) => kind === "trust");
  const [own, web] = [effective.filter((it) => holds(it, "loaded")), effective.filter((it) => holds(it, "system"))];
  const [second] = web;
  if (second === undefined) return;
  const chainOf = ({ draft }: Event): readonly Site[] => records.drafts[draft]?.chain ?? [];
  // What the web trusts is trusted there alone.
  const found = web.map((it) =>
    firstOf(own, (first) => {
      const parting = partingOf(chainOf(first), chainOf(it));
      const between = parting && attemptBetween(records.sites, parting);
      return parting && (attemptBefore(records.sites, parting) ?? (between && isReading(records, between) ? between : undefined));
    }),
  );
  const [attempt] = found;
  if (attempt === undefined || found.includes(undefined)) return;
  const { sites } = records;
  const call = { call: sites.written(attempt), related: [{ ...sites.named(attempt), message: "where this fails" }] };
  const path = second.path.filter((it) => it.failed === undefined);
  state(object, second.place, second.draft, { loses: "trust-anchors", ...failing(call), path });
}

const holds = ({ facts }: Event, anchors: "loaded" | "system"): boolean =>
  facts.any.some((it) => it.kind === "trust" && it.anchors === anchors);
