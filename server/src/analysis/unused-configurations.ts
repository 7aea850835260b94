/** Configurations with a CA or a certificate of a client that are made and reach nothing, beside clients that have neither. */
import { clientsBeside, isOfTests, mayTrust, noteUnused } from "./clients-beside.ts";
import { showsCertificate } from "./fallback-clients.ts";
import { LoadedWalk } from "./loaded-walk.ts";
import { lossOf } from "./lost-settings.ts";
import type { ModelObject } from "./model-object.ts";
import { chainOf } from "./partings.ts";
import type { Records } from "./records.ts";

/** What is told a configuration: which statement does, and the file, as far as it is known. */
interface Told {
  readonly draft: number;
  readonly from?: string | undefined;
}

export function stateUnusedConfigurations(records: Records): void {
  for (const object of unusedIn(records)) {
    const origin = records.origins.get(object);
    const file = object.place.file;
    const clients = origin === undefined ? [] : clientsBeside(records, { model: object.model, root: origin.root, file }, object);
    const anchors = anchorsOf(object);
    if (anchors !== undefined && !clients.some((it) => mayTrust(it, anchors.from))) {
      const { from } = anchors;
      noteUnused(records, clients, anchors.draft, (call) => ({ kind: "unused-anchors", call, ...(from !== undefined && { from }) }));
    }
    const shown = records.drafts.findIndex(
      (it, draft) => it.object === object && lossOf(object, it.callModel, draft) === "own-certificate",
    );
    if (shown >= 0 && !clients.some(showsCertificate))
      noteUnused(records, clients, shown, (call) => ({ kind: "unused-identity", call, loads: "certificate" }));
  }
}

/** Those that have something, and that no root of the program gives to anybody. */
function unusedIn(records: Records): readonly ModelObject[] {
  const made = records.objects.all.filter((it) => {
    const isClient = it.role === "client" && it.sort === "configuration" && it.known && !it.disturbed && it.usedBy.length === 0;
    const paths = records.origins.get(it)?.paths ?? [];
    return isClient && !paths.every(isOfTests) && (anchorsOf(it) !== undefined || showsCertificate(it));
  });
  if (made.length === 0) return [];
  const walk = new LoadedWalk(records);
  const ends = new Map(made.map((it) => [it, walk.endOf(chainOf(records, it))]));
  const isUsed = (it: ModelObject): boolean =>
    made.some((other) => ends.get(other) === "used" && records.makers.get(other)?.operation === records.makers.get(it)?.operation);
  return made.filter((it) => ends.get(it) === "unused" && !isUsed(it));
}

function anchorsOf({ events }: ModelObject): Told | undefined {
  for (const { facts, draft, byDefault } of events)
    for (const it of byDefault ? [] : facts.any)
      if (it.kind === "trust" && (it.anchors === "loaded" || it.anchors === "unknown")) return { draft, from: it.from };
  return undefined;
}
