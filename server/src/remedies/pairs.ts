/** Two checks that are switched off for one object: while one of them stays off, the other verifies nothing. */
import type { Result } from "../base/result.ts";
import { ok } from "../base/result.ts";
import { covers, sameSpan } from "../base/span.ts";
import { byFile, conflict, type TextEdit } from "../base/text-edit.ts";
import type { Recipe } from "../models/model.ts";
import type { FactKind, Observation } from "../tls/facts.ts";
import { chainAround } from "./chain.ts";
import { carryOut } from "./recipe.ts";
import type { Site } from "./site.ts";
import type { Wanted } from "./spelled-fix.ts";
import type { Filler } from "./template.ts";

export const BOTH_CHECKS = "Enable certificate and hostname verification";

export interface Pair {
  readonly observation: Observation;
  readonly site: Site;
  readonly want: Wanted;
}

const OTHER: Readonly<Partial<Record<FactKind, "server-verification" | "hostname-verification">>> = {
  "server-verification": "hostname-verification",
  "hostname-verification": "server-verification",
};

/** The other check of the same object, off as well, whatever decided that. */
export function besides({ endpoint, byDefault, fact, excludes }: Observation): readonly Observation[] {
  const kind = OTHER[fact.kind];
  if (byDefault || endpoint === undefined || kind === undefined) return [];
  return endpoint.effective.filter((it) => it.fact.kind === kind && !it.fact.enabled && !it.byDefault && excludes?.(it) !== true);
}

/** The call beside this one, in the same function and under the same conditions, that switches the other check off. */
export function pairOf(observation: Observation, site: Site, siteOf: (handle: number) => Site | undefined): Pair | undefined {
  const { endpoint, byDefault, fact, guards } = observation;
  const kind = OTHER[fact.kind];
  if (byDefault || endpoint === undefined || kind === undefined) return undefined;
  const isUnder = (it: Observation): boolean =>
    JSON.stringify(it.guards.map(conditionOf)) === JSON.stringify(guards.map(conditionOf)) && observation.excludes?.(it) !== true;
  for (const it of endpoint.effective) {
    if (it.fact.kind !== kind || it.fact.enabled || it.byDefault || !isUnder(it) || !isHere(it)) continue;
    const found = siteOf(it.handle);
    const isBeside = found?.file === site.file && found.function?.span.start === site.function?.span.start;
    if (found !== undefined && isBeside && !sameSpan(found.nameSpan, site.nameSpan))
      return { observation: it, site: found, want: { kind, enabled: true } };
  }
  return undefined;

  /** What somebody wrote elsewhere is put right there. */
  function isHere({ place, handle }: Observation): boolean {
    const call = siteOf(handle)?.expression;
    return place.file === site.file && call !== undefined && covers(call.span, place.span);
  }
}

const conditionOf = (guard: Observation["guards"][number]): string =>
  `${guard.kind} ${"text" in guard ? `${guard.text} ${guard.negated}` : ""}`;

export interface Step {
  readonly recipe: Recipe;
  readonly site: Site;
  readonly filler: Filler;
}

/** Both recipes at once; undefined where their edits touch each other. */
export function carryOutBoth(own: Step, other: Step): Result<readonly TextEdit[], string> | undefined {
  const alongside = isRemoval(own) && isRemoval(other) && isSameChain(own, other) ? other.site.expression?.span : undefined;
  if (alongside !== undefined) return carryOut(own.recipe, { ...own.site, alongside }, own.filler);
  const [mine, its] = [own, other].map(({ recipe, site, filler }) => carryOut(recipe, site, filler));
  if (mine?.ok !== true || its?.ok !== true) return undefined;
  const [whole] = byFile([
    { file: own.site.file, edits: mine.value },
    { file: own.site.file, edits: its.value },
  ]);
  const edits = whole?.edits ?? [];
  return edits.some((a, at) => edits.slice(at + 1).some((b) => conflict(a, b))) ? undefined : ok(edits);
}

const isRemoval = ({ recipe }: Step): boolean => recipe.edit.kind === "remove-segment";

function isSameChain(...[one, two]: readonly [Step, Step]): boolean {
  const [first, second] = [one, two].map(({ site, filler }) =>
    site.expression === undefined ? undefined : chainAround(site.expression, filler.trail, site.source),
  );
  return first !== undefined && second !== undefined && sameSpan(first.span, second.span);
}
