/** The report as JSON: one object, or with `json-lines` one a line for programs that read as they go. */
import { jsonText } from "../../base/visible.ts";
import type { Report } from "./report.ts";

export const jsonReport = (report: Report): string => `${jsonText(report, 2)}\n`;

/** Each line says what it is; what stands around the files comes last. */
export function jsonLinesReport({ version, tool, files, notAnalysed, counts }: Report): string {
  const lines = [
    ...files.flatMap(({ path, findings, suppressed = [] }) => [
      ...findings.map((it) => ({ type: "finding", path, ...it })),
      ...suppressed.map((it) => ({ type: "suppressed", path, ...it })),
    ]),
    ...notAnalysed.map((it) => ({ type: "not-analysed", ...it })),
    { type: "summary", version, tool, files: files.length, counts },
  ];
  return lines.map((it) => `${jsonText(it)}\n`).join("");
}
