/** What a feature chooses that is there to be insecure, and on by default: the manifest is wrong, and not the code under the feature. */
import { withoutDefaultFeature } from "../../cargo/index.ts";
import type { CrateModel } from "../../models/model.ts";
import type { Surroundings } from "../../remedies/index.ts";
import type { Remedy } from "../../rules/rule.ts";
import type { Observation } from "../../tls/facts.ts";
import type { Fix } from "../api.ts";
import { takersOf } from "./takers.ts";

interface Around {
  readonly models: readonly CrateModel[];
  surroundingsIn(file: string): Surroundings;
}

/** Undefined where no such feature stands in the list of the crate's own manifest. */
export function withoutByDefault(
  observation: Observation,
  remedies: readonly Remedy[],
  { surroundingsIn, models }: Around,
): { readonly fixes: readonly Fix[]; readonly unfixed?: string } | undefined {
  const [remedy] = remedies;
  const guard = observation.guards.find((it) => it.kind === "feature" && it.optIn && it.byDefault === true);
  const { manifest } = surroundingsIn(observation.place.file);
  if (remedy === undefined || guard?.kind !== "feature" || manifest === undefined) return undefined;
  const edit = withoutDefaultFeature(manifest.text, guard.name);
  if (edit === undefined) return undefined;
  const takers = takersOf({ lacks: [], isExplained: false, panics: undefined, stranded: [] }, observation, remedy, models);
  const fix: Fix = {
    title: `Take \`${guard.name}\` out of the default features`,
    applicability: takers.applicability,
    preferred: takers.applicability === "review",
    edits: [{ file: manifest.file, edits: [edit] }],
    against: new Map([[manifest.file, manifest.text]]),
    placeholders: [],
    notes: [],
  };
  return { fixes: [fix], ...(takers.because === undefined ? {} : { unfixed: takers.because }) };
}
