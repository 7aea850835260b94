/**
 * What a server does where an attempt has failed, in place of what it does otherwise: told by the ways that lead to both, whatever is known of the
 * attempt.
 */
import { firstOf } from "../base/first-of.ts";
import { besides, failing, type Loss, state } from "./fail-open-facts.ts";
import type { Event, ModelObject } from "./model-object.ts";
import { attemptFor, partingOf } from "./partings.ts";
import type { Path } from "./path-conditions.ts";
import type { Records } from "./records.ts";
import type { Site } from "./sites.ts";

/** `stricter`: what is done otherwise. */
export function stateStandIn(
  { sites, drafts }: Records,
  object: ModelObject,
  event: Event,
  { loses, stricter }: { readonly loses: Loss; readonly stricter: readonly Event[] },
): boolean {
  const chainOf = ({ draft }: Event): readonly Site[] => drafts[draft]?.chain ?? [];
  const attempt = firstOf(stricter, (it) => {
    const parting = isUnconfigured(event.path, it.path) ? undefined : partingOf(chainOf(it), chainOf(event));
    return parting && attemptFor(sites, parting);
  });
  if (attempt === undefined) return false;
  const call = { call: sites.written(attempt), related: [{ ...sites.named(attempt), message: "where this fails" }] };
  const lost = stricter.map((it) => it.path);
  const path = besides(event.path, lost).filter((it) => it.option === undefined && it.isUnknown !== true);
  state(object, event.place, event.draft, { loses, ...failing(call), path });
  return true;
}

/** An option is missing that was given where more is served: nothing has failed. */
const isUnconfigured = (path: Path, stricter: Path): boolean =>
  path.some((it) => it.option?.given === false && stricter.some((one) => one.group === it.group && one.option?.given === true));
