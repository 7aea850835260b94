/** A comment for a pull request: what was found, file by file, within the length that GitHub and GitLab take. */
import { escapeMarkdown, proseWithCode } from "../../base/markdown.ts";
import { ruleUrl } from "../../service/rule-pages.ts";
import { adviceOf } from "./advice.ts";
import { labelOf } from "./concise.ts";
import { findingsInWords, suppressedInWords } from "./counts.ts";
import type { BriefFile, BriefFinding, BriefReport, ReportedGap } from "./report.ts";

/** GitHub refuses comments of more than 65,536 characters. */
const LONGEST = 60_000;

export function markdownReport({ files, notAnalysed, counts }: BriefReport): string {
  const head = `### tlslint: ${findingsInWords(counts.findings)}${suppressedInWords(counts)}\n`;
  const told = notAnalysed.filter((it) => it.kind !== "skipped");
  const items = [...files.flatMap(fileItems), ...(told.length > 0 ? ["\n**Not analysed**\n\n", ...told.map(gapItem)] : [])];
  let text = head;
  for (const [at, item] of items.entries()) {
    if (text.length + item.length > LONGEST) return `${text}\n${items.length - at} more entries do not fit in a comment.\n`;
    text += item;
  }
  return text;
}

const fileItems = ({ path, findings }: BriefFile): readonly string[] =>
  findings.length === 0 ? [] : [`\n**${escapeMarkdown(path)}**\n\n`, ...findings.map(findingItem)];

const findingItem = ({ rule, severity, message, help, notes, range: { start } }: BriefFinding): string =>
  `- line ${start.line}, ${severity} [${rule}](${ruleUrl(rule)}): ${proseWithCode(message)}  \n  ${adviceOf({ help, notes }).map(proseWithCode).join("  \n  ")}\n`;

const gapItem = (gap: ReportedGap): string => `- ${escapeMarkdown(gap.path)}: ${labelOf(gap)}: ${proseWithCode(gap.reason)}\n`;
