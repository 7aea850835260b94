/** Remedies at places where no call of a modelled crate stands: the place of the observation is all that is known. */
import { err, ok, type Result } from "../base/result.ts";
import type { FileEdits } from "../base/text-edit.ts";
import type { CrateModel } from "../models/model.ts";
import type { RustFile, Scopes } from "../rust/index.ts";
import type { Observation } from "../tls/facts.ts";
import type { Ground } from "./ground.ts";
import { isOpaqueMacro } from "./plain-macros.ts";
import { CLOSED, closedToOthers } from "./private-file.ts";
import { scopeOf } from "./remedy-sites.ts";
import type { SpelledFix } from "./spelled-fix.ts";
import { trailTo } from "./trail.ts";
import { comparedAsWhole, WHOLE } from "./whole-comparison.ts";

export function placedFixes(
  { fact, place }: Observation,
  source: RustFile | undefined,
  scopes: Scopes,
  models: readonly CrateModel[],
): Result<readonly SpelledFix[], string> {
  if (source === undefined) return err("the place of this observation is not known");
  const trail = trailTo(source, place.span);
  if (trail.some((it) => it.of === "expression" && isOpaqueMacro(it.node)))
    return err("the code stands inside a macro, whose expansion is not known");
  const ground: Ground = { source, scope: scopeOf(trail, scopes, place.file, source), scopes, models };
  switch (fact.kind) {
    case "private-key-file":
      return fixOf(CLOSED, closedToOthers(place.file, place.span, trail, ground));
    case "name-comparison": {
      const edits = comparedAsWhole(place.span, trail, ground);
      return fixOf(WHOLE, edits.ok ? ok([{ file: place.file, edits: edits.value }]) : edits);
    }
    default:
      return err("the place of this observation is not known");
  }
}

const fixOf = (title: string, edits: Result<readonly FileEdits[], string>): Result<readonly SpelledFix[], string> =>
  edits.ok ? ok([{ title, needsReview: true, edits: edits.value, placeholders: [], needs: [], lacks: [] }]) : edits;
