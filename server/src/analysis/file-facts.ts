/** Files that the program names: what reads them, and what becomes of what was read. */
import type { Loader, Place } from "../tls/facts.ts";
import { roleOf } from "./building.ts";
import type { FileUse, ModelObject, ObservationDraft } from "./model-object.ts";
import type { Records } from "./records.ts";

export function fileObservations({ fileUses, drafts }: Pick<Records, "fileUses" | "drafts">): ObservationDraft[] {
  const all = fileUses.map(({ use, object }): ObservationDraft => {
    const draft = drafts[use.draft];
    return {
      fact: {
        kind: "file",
        path: use.path,
        loader: {
          call: draft?.site.call ?? "",
          reads: use.reads,
          stack: draft?.site.model.stack ?? "unknown",
          role: purposeOf(use, object),
        },
      },
      place: use.place,
      related: use.loads === undefined ? [] : [{ ...use.loads, message: "the file is loaded here" }],
      path: use.guards,
      draft: use.draft,
      ...(object === undefined ? {} : { object }),
    };
  });
  // A file that is read twice at one place is known best where its purpose is.
  const known = (it: ObservationDraft): boolean => it.fact.kind === "file" && it.fact.loader.role !== "unknown";
  return all.filter((it) => known(it) || !all.some((other) => known(other) && isSameRead(it, other)));
}

const isSameRead = (a: ObservationDraft, b: ObservationDraft): boolean =>
  samePlace(a.place, b.place) && samePlace(a.related[0] ?? a.place, b.related[0] ?? b.place);
const samePlace = (a: Place, b: Place): boolean => a.file === b.file && a.span.start === b.span.start;

/** By what the certificates were handed to: a store, by the role of its endpoint; a configuration, as its own. */
function purposeOf(use: FileUse, object: ModelObject | undefined, depth = 0): Loader["role"] {
  if (use.as !== undefined) return use.as;
  if (use.reads === "private-key") return "own-key";
  if (object === undefined || depth > 4) return "unknown";
  const anchors = (role: ReturnType<typeof roleOf>): Loader["role"] =>
    role === "server" ? "client-ca" : role === "client" ? "server-ca" : "unknown";
  if (use.trusted === true || object.sort === "trust-store") return anchors(roleOf(object));
  if (use.reads === "crls") return "unknown";
  for (const user of object.usedBy) {
    const part = user.parts.find((it) => it.object === object);
    if (part === undefined) continue;
    if (part.kind === "trust-store" || user.sort === "trust-store") return anchors(roleOf(user));
    if (part.kind === "certificates" && (user.sort === "configuration" || user.sort === "other")) return "own-chain";
  }
  return "unknown";
}
