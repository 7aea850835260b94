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
  findings.length === 0 ? [] : [`\n**${prose(path)}**\n\n`, ...findings.map(findingItem)];

const findingItem = ({ rule, severity, message, help, notes, range: { start } }: BriefFinding): string =>
  `- line ${start.line}, ${severity} [${rule}](${ruleUrl(rule)}): ${withCode(message)}  \n  ${adviceOf({ help, notes }).map(withCode).join("  \n  ")}\n`;

const gapItem = (gap: ReportedGap): string => `- ${prose(gap.path)}: ${labelOf(gap)}: ${withCode(gap.reason)}\n`;

/**
 * Between two of its signs GitHub and GitLab set mathematics. GitHub looks for them in the finished text, within one element; GitLab in what is
 * written, where a character's number is no sign.
 */
const prose = (text: string): string => escapeMarkdown(text).replaceAll("$", "<span>&#36;</span>");
const withCode = (text: string): string => proseWithCode(text, prose);
