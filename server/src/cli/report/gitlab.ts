/** GitLab's code quality report: what merge requests compare with that of the target branch, by fingerprint. */
import { createHash } from "node:crypto";
import { jsonText } from "../../base/visible.ts";
import type { Severity } from "../../service/api.ts";
import { labelOf } from "./concise.ts";
import type { Around } from "./formats.ts";
import { leavesOpen } from "./open-gaps.ts";
import type { BriefReport } from "./report.ts";

const SEVERITY = { error: "critical", warning: "major", info: "minor", hint: "info" } as const satisfies Record<Severity, string>;

export function gitlabReport({ files, notAnalysed }: BriefReport, { strict }: Around): string {
  const findings = files.flatMap(({ path, findings }) =>
    findings.map(({ rule, severity, message, help, range, fingerprint }) => ({
      description: `${message}; ${help}`,
      check_name: rule,
      fingerprint: unique(path, fingerprint),
      severity: SEVERITY[severity],
      location: { path, lines: { begin: range.start.line, end: range.end.line } },
    })),
  );
  const gaps = notAnalysed
    .filter((it) => leavesOpen(it, strict))
    .map((it) => ({
      description: `${labelOf(it)}: ${it.reason}`,
      check_name: "not-analysed",
      fingerprint: unique(it.path, `not analysed ${it.reason} ${it.range?.start.line ?? 0}`),
      severity: "major",
      location: { path: it.path, lines: { begin: it.range?.start.line ?? 1, end: it.range?.end.line ?? 1 } },
    }));
  return `${jsonText([...findings, ...gaps], 2)}\n`;
}

/** Of two with one fingerprint GitLab shows one, in whatever files they are. */
const unique = (path: string, fingerprint: string): string =>
  createHash("sha256").update(`${path}\n${fingerprint}`).digest("hex").slice(0, 32);
