/** One line for each finding, as compilers write them: editors and `grep` know what to do with it. */
import { visible } from "../../base/visible.ts";
import { filesInWords, findingsInWords, skippedInWords, suppressedInWords } from "./counts.ts";
import type { BriefReport, ReportedGap } from "./report.ts";

export function conciseReport(report: BriefReport): string {
  const { files, notAnalysed, counts } = report;
  const lines = [
    ...files.flatMap(({ path, findings }) =>
      findings.map(
        ({ range: { start }, severity, rule, message }) => `${path}:${start.line}:${start.column}: ${severity}[${rule}]: ${message}`,
      ),
    ),
    ...notAnalysed.filter((it) => it.kind !== "skipped").map((it) => `${it.path}${placeIn(it)}: ${labelOf(it)}: ${it.reason}`),
    `${findingsInWords(counts.findings)} in ${filesInWords(report)}${suppressedInWords(counts)}${skippedInWords(counts)}`,
  ];
  return lines.map((it) => `${visible(it)}\n`).join("");
}

const placeIn = ({ range }: ReportedGap): string => (range === undefined ? "" : `:${range.start.line}:${range.start.column}`);

export const labelOf = ({ kind, acknowledged }: ReportedGap): string =>
  acknowledged !== undefined ? "acknowledged" : kind === "failed" ? "not analysed" : kind === "out-of-reach" ? "out of reach" : kind;
