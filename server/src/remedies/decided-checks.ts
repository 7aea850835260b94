/** What decides a check is changed where it stands; of two checks of one object that are off, what decides each, at once. */
import type { Records } from "../analysis/records.ts";
import { ok, type Result } from "../base/result.ts";
import { byFile, conflict } from "../base/text-edit.ts";
import { flipped, located } from "./decision.ts";
import type { Defaulted } from "./derived-default.ts";
import { BOTH_CHECKS, type Pair } from "./pairs.ts";
import { changedDefaults, decidingDefaults } from "./unset-default.ts";

/** Undefined where no word and no default decides; the error says why one that does is left. */
export function changedDecision(own: Pair, others: readonly Pair[], records: Records): Result<Defaulted, string> | undefined {
  const changed = changedAlone(own, records);
  if (changed?.ok !== true) return changed;
  for (const other of others) {
    const both = changedTogether(changed.value, own, other, records);
    if (both !== undefined) return ok(both);
  }
  return changed;
}

function changedAlone({ site, observation, want }: Pair, records: Records): Result<Defaulted, string> | undefined {
  const flip = flipped(located(site, observation), observation, want);
  if (flip === undefined) return changedDefaults(decidingDefaults(observation, want, site.scopes, records), site.scopes, records);
  if (!flip.ok) return flip;
  const { file, span, text, title } = flip.value;
  return ok({ title, edits: [{ file, edits: [{ span, text }] }] });
}

/** Undefined where the other one is decided by something else, or by the same. */
function changedTogether(changed: Defaulted, own: Pair, other: Pair, records: Records): Defaulted | undefined {
  // Whichever is asked for, it is one and the same change.
  const ordered = own.want.kind === "hostname-verification" ? [other, own] : [own, other];
  const [mine, its] = ordered.map(({ site, observation, want }) => decidingDefaults(observation, want, site.scopes, records));
  const { scopes } = own.site;
  // One default may give both.
  const joined = mine?.length && its?.length ? changedDefaults([...mine, ...its], scopes, records) : undefined;
  const beside = joined === undefined ? changedAlone(other, records) : undefined;
  const edits = joined?.ok ? joined.value.edits : beside?.ok ? byFile([...changed.edits, ...beside.value.edits]) : [];
  const isMore = JSON.stringify(edits) !== JSON.stringify(byFile(changed.edits));
  const isClash = edits.some(({ edits: all }) => all.some((a, at) => all.slice(at + 1).some((b) => conflict(a, b))));
  return edits.length === 0 || !isMore || isClash ? undefined : { title: BOTH_CHECKS, edits };
}
