/**
 * Remedies: wanted facts turned back into edits, in the words of the crate that the user has. The one place that writes code; nothing is
 * made before somebody asks for a fix.
 */
import type { Analysis } from "../analysis/index.ts";
import type { Result } from "../base/result.ts";
import type { CrateModel } from "../models/model.ts";
import type { Observation } from "../tls/facts.ts";
import { scopesOf } from "./crate-scopes.ts";
import { changedDecision } from "./decided-checks.ts";
import { besides, pairOf } from "./pairs.ts";
import { placedFixes } from "./placed-fixes.ts";
import { RemedySites } from "./remedy-sites.ts";
import { spell } from "./spell.ts";
import type { SpelledFix, Surroundings, Wanted } from "./spelled-fix.ts";

export { type Merged, mergedBranches } from "./alike-branches.ts";
export { EditedSource } from "./edited-source.ts";
export { isExplained } from "./explained.ts";
export { layoutAfter } from "./layout-after.ts";
export { leftoversOf } from "./leftovers.ts";
export { panicsIn } from "./panics.ts";
export type { EditedFile } from "./sheet.ts";
export type { Lacking, SpelledFix, Surroundings, Wanted } from "./spelled-fix.ts";
export { withoutStaleComments } from "./stale-comments.ts";
export { strandedBy } from "./stranded.ts";

/** Those for what one analysis observed. */
export class Remedies {
  readonly #analysis: Analysis;
  readonly #models: readonly CrateModel[];
  readonly #sites: RemedySites;

  constructor(analysis: Analysis, models: readonly CrateModel[]) {
    const { records, files, sources } = analysis;
    this.#analysis = analysis;
    this.#models = models;
    this.#sites = new RemedySites(records, sources, () => scopesOf(files, records.models));
  }

  /** The error says why no fix can be offered. */
  spell(observation: Observation, want: Wanted, surroundings: Surroundings): Result<readonly SpelledFix[], string> {
    const site = this.#sites.of(observation.handle);
    if (site === undefined) {
      const source = this.#analysis.sources.get(observation.place.file)?.file;
      return placedFixes(observation, source, this.#sites.scopes, this.#models);
    }
    const manifest = this.#analysis.sources.get(site.file)?.crate;
    const whole = manifest === undefined ? site : { ...site, manifest };
    const pair = pairOf(observation, site, (handle) => this.#sites.of(handle));
    const others = besides(observation).flatMap((it) => {
      const found = this.#sites.of(it.handle);
      return found === undefined ? [] : [{ observation: it, site: found, want: { kind: it.fact.kind, enabled: true } }];
    });
    const changed = () => changedDecision({ observation, site, want }, others, this.#analysis.records);
    return spell(whole, observation, want, surroundings, this.#models, changed, pair);
  }
}
