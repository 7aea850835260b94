/** Issues of Azure Pipelines' logging commands, and nothing else. */
import { visible } from "../../base/visible.ts";
import { labelOf } from "./concise.ts";
import type { Around } from "./formats.ts";
import { leavesOpen } from "./open-gaps.ts";
import type { BriefReport, Range } from "./report.ts";

/** Azure knows errors and warnings only; what is neither would be shown louder than it is. */
export function azureReport({ files, notAnalysed }: BriefReport, { strict }: Around): string {
  const issues = files.flatMap(({ path, findings }) =>
    findings.flatMap(({ severity, rule, message, help, range }) =>
      severity === "error" || severity === "warning" ? [issue(severity, path, range, rule, `${message}; ${help}`)] : [],
    ),
  );
  const gaps = notAnalysed
    .filter((it) => leavesOpen(it, strict))
    .map((it) => issue("error", it.path, it.range, "not-analysed", `${labelOf(it)}: ${it.reason}`));
  return [...issues, ...gaps].map((it) => `${it}\n`).join("");
}

function issue(type: "error" | "warning", path: string, range: Range | undefined, code: string, message: string): string {
  const place = range && { linenumber: range.start.line, columnnumber: range.start.column };
  const properties = Object.entries({ type, sourcepath: path, ...place, code }).map(([key, value]) => `${key}=${property(String(value))};`);
  return `##vso[task.logissue ${properties.join("")}]${data(message)}`;
}

const property = (text: string): string => data(text).replaceAll(";", "%3B").replaceAll("]", "%5D");
const data = (text: string): string =>
  text
    .split(/([\n\r])/)
    .map((part) => (part === "\n" ? "%0A" : part === "\r" ? "%0D" : visible(part).replaceAll("%", "%AZP25")))
    .join("")
    .replaceAll("##", "#\\u{23}");
