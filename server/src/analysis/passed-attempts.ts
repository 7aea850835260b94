/** Attempts that have succeeded where something happens: whether something of the program's own has the failure where they have not. */

import type { BlockId, Local } from "../rust/bodies/index.ts";
import { Consequences, ends } from "./consequences.ts";
import { isOfEnvironment } from "./failed-questions.ts";
import { questionsIn } from "./lost-roots.ts";
import { attemptOf, hasOperation, othersOf, wholeOf } from "./missing-settings.ts";
import type { Site, Sites } from "./sites.ts";
import { branchOn, onlyFrom, usesOf } from "./uses.ts";

/** Of all of them, and there are some: the function returns, the program stops, or somebody has it. `chain`: the calls that lead there. */
export function isHeardOtherwise(sites: Sites, chain: readonly Site[]): boolean {
  const heard = chain.flatMap((it) => failuresHeard(sites, it));
  return heard.length > 0 && !heard.includes(false);
}

function failuresHeard(sites: Sites, site: Site): readonly boolean[] {
  const { owner, body, operation } = site;
  return questionsIn(body).flatMap(({ test, block, side, ofOption }) => {
    const branch = branchOn(body, test.to, block);
    if (branch === undefined) return [];
    const [failing, succeeding] = side === "failure" ? [branch.yes, branch.no] : [branch.no, branch.yes];
    if (!hasOperation(body, onlyFrom(body, succeeding, failing, block), operation)) return [];
    const attempt = attemptOf(body, test.place, ofOption);
    if (attempt === undefined || isOfEnvironment(sites, { owner, body, operation: attempt, part: undefined })) return [];
    const blocks = onlyFrom(body, failing, succeeding, block);
    const isHeard = ends(body, blocks) || new Consequences(sites).of(owner, body, blocks, () => false) === "kept";
    return [isHeard && !isUsedIn(site, blocks, test.place.local)];
  });
}

/** What it happens to is returned or given away there all the same: `return Ok(builder)`. */
function isUsedIn(site: Site, blocks: ReadonlySet<BlockId>, attempt: Local): boolean {
  const others = [...othersOf(site, attempt)].flatMap((it) => wholeOf(site.body, it));
  return others.some((it) => usesOf(site.body, it).some((use) => blocks.has(use.block)));
}
