/** What every report gets in the end, whatever its file is: configured levels of the service's own rules, acknowledgements, order, and no key in a word. */
import type { FileReport, Finding } from "./api.ts";
import { acknowledged } from "./gaps.ts";
import { ownRules } from "./own-rules.ts";
import { reportWithoutKeys } from "./redaction.ts";
import type { Workspace } from "./workspace.ts";

const ownRuleIds: ReadonlySet<string> = new Set(ownRules.map((it) => it.id));

/** Findings about suppressions and configuration follow the configured levels, too; all in the order of the text. */
export async function finishedReport(
  report: FileReport,
  { configurations }: Workspace,
  text: () => Promise<string | undefined>,
): Promise<FileReport> {
  const { settings } = await configurations.of(report.file);
  const findings = report.findings.flatMap((it): readonly Finding[] => {
    const level = ownRuleIds.has(it.rule) ? settings.rules.get(it.rule) : undefined;
    return level === "off" ? [] : [level === undefined ? it : { ...it, severity: level }];
  });
  const ordered = findings.toSorted((a, b) => a.place.span.start - b.place.span.start || a.place.span.end - b.place.span.end);
  const finished = { ...report, findings: ordered, gaps: await acknowledged(report.gaps, configurations) };
  // Nothing is said of most files.
  return ordered.length === 0 && finished.gaps.length === 0 ? finished : reportWithoutKeys(finished, await text());
}
