/** How much a report tells of each kind: worked out from it, so that merged reports count what they hold. */
import type { Severity } from "../../service/api.ts";
import type { BriefReport, Counts, ReportedGap } from "./report.ts";

interface Counted {
  readonly findings: readonly { readonly severity: Severity }[];
  readonly suppressed?: readonly unknown[];
}

export function countsOf(files: readonly Counted[], gaps: readonly ReportedGap[]): Counts {
  const findings = { error: 0, warning: 0, info: 0, hint: 0 };
  let suppressed = 0;
  for (const file of files) {
    for (const { severity } of file.findings) findings[severity]++;
    suppressed += file.suppressed?.length ?? 0;
  }
  const count = (kind: ReportedGap["kind"]): number => gaps.filter((it) => it.kind === kind && it.acknowledged === undefined).length;
  return {
    findings,
    suppressed,
    failed: count("failed"),
    outOfReach: count("out-of-reach"),
    acknowledged: gaps.filter((it) => it.acknowledged !== undefined).length,
    skipped: count("skipped"),
  };
}

/** `2 errors, 1 info`; `nothing found`. */
export function findingsInWords(counts: Readonly<Record<Severity, number>>): string {
  const words = (["error", "warning", "info", "hint"] as const).flatMap((severity) => {
    const count = counts[severity];
    return count > 0 ? [`${count} ${severity}${count === 1 || severity === "info" ? "" : "s"}`] : [];
  });
  return words.length > 0 ? words.join(", ") : "nothing found";
}

/** Nothing is left out without a word: `; 3 suppressed`. */
export const suppressedInWords = ({ suppressed }: Counts): string => (suppressed === 0 ? "" : `; ${suppressed} suppressed`);
export const skippedInWords = ({ skipped }: Counts): string => (skipped === 0 ? "" : `; ${skipped} skipped`);

/** `3 files`: those of which something was analysed, not one that is not there or was skipped. */
export function filesInWords({ files, notAnalysed }: Pick<BriefReport, "files" | "notAnalysed">): string {
  const closed = new Set(notAnalysed.filter((it) => it.kind !== "out-of-reach" && it.range === undefined).map((it) => it.path));
  const count = files.filter((it) => it.findings.length > 0 || !closed.has(it.path)).length;
  return `${count} file${count === 1 ? "" : "s"}`;
}
