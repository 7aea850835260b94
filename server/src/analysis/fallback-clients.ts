/** Clients that stand in for another one where making that has failed, and have neither its own certificate nor its anchors. */
import { firstOf } from "../base/first-of.ts";
import { failing, type Loss, state } from "./fail-open-facts.ts";
import type { ModelObject } from "./model-object.ts";
import { chainOf, isBehindFailure, partingOf } from "./partings.ts";
import type { Records } from "./records.ts";
import { declaring } from "./sites.ts";

export function stateFallback(records: Records, object: ModelObject): void {
  const origin = records.origins.get(object);
  const draft = records.drafts.findIndex((it) => it.object === object);
  const second = chainOf(records, object);
  if (!isClient(object) || origin === undefined || draft < 0) return;
  const others = records.objects.all.filter((it) => it !== object && it.model === object.model && isClient(it));
  const found = firstOf(others, (it) => {
    const loses = records.origins.get(it)?.root === origin.root ? lossOf(records, it, object) : undefined;
    const parting = loses && partingOf(chainOf(records, it), second);
    return parting !== undefined && isBehindFailure(records.sites, parting) ? { parting, loses } : undefined;
  });
  if (found?.loses === undefined) return;
  const { sites } = records;
  const { parting, loses } = found;
  const call = { call: sites.written(parting.first), related: [{ ...sites.named(parting.first), message: "where this fails" }] };
  const chosen = declaring(parting.second.owner);
  const at = sites.named(second.findLast(({ owner }) => declaring(owner) === chosen) ?? parting.second);
  for (const path of origin.paths)
    state(object, at, draft, { loses, ...failing(call), path: path.filter((it) => it.failed === undefined) });
}

const isClient = ({ role, sort }: ModelObject): boolean => role === "client" && sort === "configuration";

/** What the one has, and what stands in for it has not. */
function lossOf(records: Records, first: ModelObject, second: ModelObject): Loss | undefined {
  if (showsCertificate(first) && !showsCertificate(second)) return "own-certificate";
  return hasOwnAnchors(records, first) && !hasOwnAnchors(records, second) ? "trust-anchors" : undefined;
}

export const showsCertificate = ({ parts, events }: ModelObject): boolean =>
  parts.some(({ kind }) => kind === "certificates" || kind === "private-key") ||
  events.some(({ facts }) => facts.any.some((it) => it.kind === "own-certificate" && it.there));

/** Its own alone, and none of those that the web trusts: what only adds some trusts more by them. */
const hasOwnAnchors = ({ drafts }: Records, object: ModelObject): boolean =>
  object.parts.some((it) => it.kind === "trust-store" && !isOfTheWeb(it.object)) &&
  drafts.some(
    (it) => it.object === object && it.callModel?.effects?.some((effect) => effect.kind === "takes" && effect.part === "trust-store"),
  );

const isOfTheWeb = ({ system, events }: ModelObject): boolean =>
  system || events.some(({ facts }) => facts.any.some((it) => it.kind === "trust" && it.anchors === "system"));
