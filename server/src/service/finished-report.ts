/** What becomes of a file's report before anybody sees it: levels of our own rules, order, suppressed findings apart, no keys. */
import type { FileReport, Finding } from "./api.ts";
import type { FileUse } from "./code/unit-lint.ts";
import { acknowledged } from "./gaps.ts";
import { ownRules } from "./own-rules.ts";
import { reportWithoutKeys } from "./redaction.ts";
import { switchedOff } from "./suppressions.ts";
import type { Workspace } from "./workspace.ts";

const ownRuleIds: ReadonlySet<string> = new Set(ownRules.map((it) => it.id));

/** A report with what it was made from. */
export interface Kept {
  readonly key: string;
  readonly report: FileReport;
  readonly uses: readonly FileUse[];
}

/** Findings about suppressions and configuration follow the configured levels, too; all in the order of the text. */
export async function finishedReport(
  workspace: Workspace,
  report: FileReport,
  text: () => Promise<string | undefined>,
): Promise<FileReport> {
  const { settings } = await workspace.configurations.of(report.file);
  const all = report.findings.map((it): Finding => {
    const level = ownRuleIds.has(it.rule) ? settings.rules.get(it.rule) : undefined;
    return level === undefined || it.suppressed ? it : level === "off" ? switchedOff(it) : { ...it, severity: level };
  });
  const inOrder = all.toSorted((a, b) => a.place.span.start - b.place.span.start || a.place.span.end - b.place.span.end);
  const suppressed = inOrder.filter((it) => it.suppressed !== undefined);
  const finished = {
    ...report,
    findings: inOrder.filter((it) => it.suppressed === undefined),
    ...(suppressed.length === 0 ? {} : { suppressed }),
    gaps: await acknowledged(report.gaps, workspace.configurations),
  };
  // Nothing is said of most files.
  return inOrder.length === 0 && finished.gaps.length === 0 ? finished : reportWithoutKeys(finished, await text());
}
