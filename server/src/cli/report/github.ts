/** Annotations of GitHub's workflow commands, and nothing else: the loudest first, for GitHub shows ten of each kind. */
import { visible } from "../../base/visible.ts";
import type { Severity } from "../../service/api.ts";
import { SEVERITIES } from "../loud.ts";
import { wholeText } from "./advice.ts";
import { labelOf } from "./concise.ts";
import type { Around } from "./formats.ts";
import { leavesOpen } from "./open-gaps.ts";
import type { BriefReport, Range } from "./report.ts";

const LEVEL = { error: "error", warning: "warning", info: "notice", hint: "notice" } as const satisfies Record<Severity, string>;

export function githubReport({ files, notAnalysed }: BriefReport, { strict }: Around): string {
  const findings = files.flatMap(({ path, findings }) => findings.map((it) => ({ path, ...it })));
  const commands = SEVERITIES.flatMap((loud) =>
    findings
      .filter(({ severity }) => severity === loud)
      .map((it) => annotation(LEVEL[loud], it.path, it.range, `tlslint: ${it.rule}`, wholeText(it))),
  );
  const gaps = notAnalysed
    .filter((it) => it.kind !== "skipped" && it.acknowledged === undefined)
    .map((it) => annotation(leavesOpen(it, strict) ? "error" : "notice", it.path, it.range, `tlslint: ${labelOf(it)}`, it.reason));
  return [...commands, ...gaps].map((it) => `${it}\n`).join("");
}

function annotation(level: string, path: string, range: Range | undefined, title: string, message: string): string {
  const place = range && { line: range.start.line, endLine: range.end.line, col: range.start.column, endColumn: range.end.column };
  const properties = Object.entries({ file: path, ...place, title }).map(([key, value]) => `${key}=${property(String(value))}`);
  return `::${level} ${properties.join(",")}::${data(message)}`;
}

/** `%`, line ends, and what divides the properties; other control characters have no form there and become visible. */
const property = (text: string): string => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
const data = (text: string): string =>
  text
    .split(/([\n\r])/)
    .map((part) => (part === "\n" ? "%0A" : part === "\r" ? "%0D" : visible(part).replaceAll("%", "%25")))
    .join("");
