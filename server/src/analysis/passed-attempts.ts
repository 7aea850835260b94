/** Attempts that have succeeded where something happens, and whether something of the program's own has the failure where they have not. */
import type { BlockId, Local } from "../rust/bodies/index.ts";
import type { Attempts } from "./attempts.ts";
import { Consequences, ends } from "./consequences.ts";
import { isOfEnvironment } from "./failed-questions.ts";
import { questionsIn } from "./lost-roots.ts";
import { attemptOf, hasOperation, othersOf, wholeOf } from "./missing-settings.ts";
import type { Site, Sites } from "./sites.ts";
import { branchOn, onlyFrom, usesOf } from "./uses.ts";

interface Passed {
  readonly attempt: Site;
  readonly isHeard: boolean;
}

/** Of all of them, and there are some: the function returns, the program stops, or somebody has it. `chain`: the calls that lead there. */
export function isHeardOtherwise(sites: Sites, chain: readonly Site[]): boolean {
  const passed = chain.flatMap((it) => passedAt(sites, it));
  return passed.length > 0 && passed.every((it) => it.isHeard);
}

/**
 * One of which nobody has the failure, or of the calls that lead there one that may have been left before, and whose error is let go. `own`: the calls
 * that lead to what it happens to, which is behind other attempts.
 */
export function unheardBefore(sites: Sites, attempts: Attempts, chain: readonly Site[], own: readonly Site[]): Site | undefined {
  const before = new Set(own.flatMap((it) => passedAt(sites, it)).map((it) => it.attempt.operation));
  const first = chain.findIndex((it, at) => it.operation !== own[at]?.operation);
  for (const [at, site] of chain.entries()) {
    const passed = passedAt(sites, site).filter((it) => !before.has(it.attempt.operation));
    const open = passed.find((it) => !it.isHeard);
    if (open !== undefined) return open.attempt;
    const caller = chain[at - 1];
    const isLeft = passed.length > 0 || isBehindQuestion(site);
    if (caller !== undefined && at > first && isLeft && attempts.fateOf(chain.slice(0, at)) !== undefined) return caller;
  }
  return undefined;
}

/** It happens only where a `?` has not left. */
function isBehindQuestion({ body, operation }: Site): boolean {
  return body.blocks.some(({ operations }, block) =>
    operations.some((it) => {
      const branch = it.kind === "test" && it.test.kind === "success" ? branchOn(body, it.to, block) : undefined;
      return branch !== undefined && hasOperation(body, onlyFrom(body, branch.yes, branch.no, block), operation);
    }),
  );
}

function passedAt(sites: Sites, site: Site): readonly Passed[] {
  const { owner, body, operation } = site;
  return questionsIn(body).flatMap(({ test, block, side, ofOption }) => {
    const branch = branchOn(body, test.to, block);
    if (branch === undefined) return [];
    const [failing, succeeding] = side === "failure" ? [branch.yes, branch.no] : [branch.no, branch.yes];
    if (!hasOperation(body, onlyFrom(body, succeeding, failing, block), operation)) return [];
    const tried = attemptOf(body, test.place, ofOption);
    const attempt: Site | undefined = tried && { owner, body, operation: tried, part: undefined };
    if (attempt === undefined || isOfEnvironment(sites, attempt)) return [];
    const blocks = onlyFrom(body, failing, succeeding, block);
    const isHeard = ends(body, blocks) || new Consequences(sites).of(owner, body, blocks, () => false) === "kept";
    return [{ attempt, isHeard: isHeard && !isUsedIn(site, blocks, test.place.local) }];
  });
}

/** What it happens to is returned or given away there all the same: `return Ok(builder)`. */
function isUsedIn(site: Site, blocks: ReadonlySet<BlockId>, attempt: Local): boolean {
  const others = [...othersOf(site, attempt)].flatMap((it) => wholeOf(site.body, it));
  return others.some((it) => usesOf(site.body, it).some((use) => blocks.has(use.block)));
}
