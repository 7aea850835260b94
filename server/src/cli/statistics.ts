/** What `--statistics` adds on standard error: how often each rule fired, and what the run cost. */
import type { CheckResult } from "./check-result.ts";

export function statisticsLines({ files }: CheckResult, seconds: number): readonly string[] {
  const counts = new Map<string, { reported: number; suppressed: number }>();
  for (const { report } of files)
    for (const { rule, suppressed } of [...report.findings, ...(report.suppressed ?? [])]) {
      const count = counts.get(rule) ?? { reported: 0, suppressed: 0 };
      if (suppressed === undefined) count.reported++;
      else count.suppressed++;
      counts.set(rule, count);
    }
  const rows = [...counts].toSorted(([a, one], [b, other]) => other.reported - one.reported || (a < b ? -1 : 1));
  const width = Math.max(0, ...rows.map(([rule]) => rule.length));
  return [
    ...rows.map(
      ([rule, { reported, suppressed }]) => `${rule.padEnd(width)}  ${reported}${suppressed > 0 ? ` (${suppressed} suppressed)` : ""}`,
    ),
    `${files.length} files, ${files.filter(({ report }) => report.findings.length > 0).length} with findings; ${seconds.toFixed(1)} s`,
  ];
}
