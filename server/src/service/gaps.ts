/**
 * What was not analysed, in one form for every surface: exit status, reports and the editor's status follow from it.
 * Failed: somebody asked for it. Out of reach: nothing here could have seen it. Skipped: it is not for us, or the configuration says so.
 */
import type { FileReport, Gap } from "./api.ts";
import type { Configurations } from "./configuration/configurations.ts";

/** Why a file that was asked for was not analysed, where that is so and nobody has taken it in their stride. */
export const failureOf = ({ gaps }: Pick<FileReport, "gaps">): string | undefined => gaps.find(isFailure)?.reason;

export const isFailure = ({ kind, acknowledged }: Gap): boolean => kind === "failed" && acknowledged === undefined;

/** With what the configuration says of those that it knows of. */
export function acknowledged(gaps: readonly Gap[], configurations: Configurations): Promise<readonly Gap[]> {
  return Promise.all(
    gaps.map(async (gap): Promise<Gap> => {
      const reason = gap.kind === "skipped" ? undefined : await configurations.acknowledgement(gap.file);
      return reason === undefined ? gap : { ...gap, acknowledged: reason };
    }),
  );
}

/** With `strict`, what lies out of reach counts, too. */
export const leavesOpen = (gaps: readonly Gap[], strict: boolean): boolean =>
  gaps.some((it) => isFailure(it) || (strict && it.kind === "out of reach" && it.acknowledged === undefined));

interface GapCounts {
  readonly failed: number;
  readonly outOfReach: number;
  readonly acknowledged: number;
  readonly skipped: number;
}

function countGaps(gaps: readonly Gap[]): GapCounts {
  const count = (wanted: (gap: Gap) => boolean): number => gaps.filter(wanted).length;
  return {
    failed: count(isFailure),
    outOfReach: count((it) => it.kind === "out of reach" && it.acknowledged === undefined),
    acknowledged: count((it) => it.acknowledged !== undefined),
    skipped: count((it) => it.kind === "skipped" && it.acknowledged === undefined),
  };
}

/** `2 failed, 1 out of reach`; empty when there is nothing to tell. */
export function gapSummary(gaps: readonly Gap[]): string {
  const { failed, outOfReach, acknowledged, skipped } = countGaps(gaps);
  return [
    [failed, "not analysed"],
    [outOfReach, "out of reach"],
    [acknowledged, "acknowledged"],
    [skipped, "skipped"],
  ]
    .flatMap(([count, words]) => (count === 0 ? [] : [`${count} ${words}`]))
    .join(", ");
}

/** What a gap is called where it is listed. */
export const gapLabel = ({ kind }: Gap): string => (kind === "failed" ? "not analysed" : kind);
