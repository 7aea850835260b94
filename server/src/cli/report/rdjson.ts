/** Reviewdog's diagnostic format: its columns count UTF-8 bytes, and each of its suggestions is a whole fix. */
import { jsonText } from "../../base/visible.ts";
import type { Severity } from "../../service/api.ts";
import { ruleUrl } from "../../service/rule-pages.ts";
import { wholeText } from "./advice.ts";
import { labelOf } from "./concise.ts";
import type { Around } from "./formats.ts";
import { leavesOpen } from "./open-gaps.ts";
import type { Point, Range, Report, ReportedFix } from "./report.ts";

const SEVERITY = { error: "ERROR", warning: "WARNING", info: "INFO", hint: "INFO" } as const satisfies Record<Severity, string>;

export function rdjsonReport({ files, notAnalysed }: Report, { strict }: Around): string {
  const findings = files.flatMap(({ path, findings }) =>
    findings.map(({ rule, severity, message, help, notes, range, fixes, related }) => ({
      message: wholeText({ message, help, notes }),
      location: { path, range: bytesRange(range) },
      severity: SEVERITY[severity],
      code: { value: rule, url: ruleUrl(rule) },
      suggestions: fixes.flatMap((it) => suggestionOf(it, path)),
      related_locations: related.map((it) => ({
        message: it.message,
        location: { path: it.path, ...(it.range && { range: bytesRange(it.range) }) },
      })),
    })),
  );
  const gaps = notAnalysed
    .filter((it) => leavesOpen(it, strict))
    .map((it) => ({
      message: `${labelOf(it)}: ${it.reason}`,
      location: { path: it.path, ...(it.range && { range: bytesRange(it.range) }) },
      severity: "WARNING",
      code: { value: "not-analysed" },
    }));
  return `${jsonText({ source: { name: "tlslint", url: "https://github.com/tlslint/tlslint" }, diagnostics: [...findings, ...gaps] }, 2)}\n`;
}

/** What takes several edits is not offered: whoever accepted one of them would have half a fix. */
function suggestionOf({ edits }: ReportedFix, path: string) {
  const [only] = edits;
  return only !== undefined && edits.length === 1 && only.path === path ? [{ range: bytesRange(only.range), text: only.text }] : [];
}

const bytesRange = ({ start, end }: Range) => ({ start: bytesPoint(start), end: bytesPoint(end) });
const bytesPoint = ({ line, column, byteColumn = column }: Point) => ({ line, column: byteColumn });
