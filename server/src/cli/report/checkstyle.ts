/** Checkstyle's XML, which many code review systems read. */
import type { Severity } from "../../service/api.ts";
import { VERSION } from "../version.ts";
import { labelOf } from "./concise.ts";
import type { Around } from "./formats.ts";
import { leavesOpen } from "./open-gaps.ts";
import type { BriefReport } from "./report.ts";
import { element, xmlDocument } from "./xml.ts";

const SEVERITY = { error: "error", warning: "warning", info: "info", hint: "info" } as const satisfies Record<Severity, string>;

export function checkstyleReport({ files, notAnalysed }: BriefReport, { strict }: Around): string {
  const errors = new Map<string, string[]>(files.map(({ path }) => [path, []]));
  const add = (path: string, attributes: Readonly<Record<string, string | number>>): void => {
    const known = errors.get(path) ?? [];
    known.push(element("error", attributes));
    errors.set(path, known);
  };
  for (const { path, findings } of files)
    for (const { rule, severity, message, help, range } of findings) {
      const { line, column } = range.start;
      add(path, { line, column, severity: SEVERITY[severity], message: `${message}; ${help}`, source: `tlslint.${rule}` });
    }
  for (const gap of notAnalysed.filter((it) => leavesOpen(it, strict))) {
    const { line = 1, column = 1 } = gap.range?.start ?? {};
    add(gap.path, { line, column, severity: "warning", message: `${labelOf(gap)}: ${gap.reason}`, source: "tlslint.not-analysed" });
  }
  const told = [...errors].filter(([, found]) => found.length > 0);
  const content = told.map(([name, found]) => `\n  ${element("file", { name }, `\n    ${found.join("\n    ")}\n  `)}`).join("");
  return xmlDocument(element("checkstyle", { version: VERSION }, content === "" ? "" : `${content}\n`));
}
