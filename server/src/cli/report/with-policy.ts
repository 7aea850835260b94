/**
 * A report as an organisation's policy sees it: what an exception allows is suppressed, and what a repository suppressed against the
 * policy is a finding again. A report may be judged twice, by another policy, too: exceptions of earlier ones count no more.
 */
import { concerns, hasEnded, ownerOfPath, type Policy, type PolicyException } from "../../service/policy.ts";
import { countsOf } from "./counts.ts";
import type { Report, ReportedFile, ReportedFinding, SuppressedFinding } from "./report.ts";

export interface Judged {
  readonly report: Report;
  /** Exceptions that have ended, and still concern something. */
  readonly ended: readonly PolicyException[];
  /** Exceptions that concern nothing. */
  readonly unused: readonly PolicyException[];
}

export function withPolicy(policy: Policy, report: Report, now: number): Judged {
  const used = new Set<PolicyException>();
  const allowing = (rule: string, path: string): PolicyException | undefined => {
    const concerned = policy.exceptions.filter((it) => concerns(it, rule, path));
    for (const it of concerned) used.add(it);
    return concerned.find((it) => !hasEnded(it, now));
  };
  const files = report.files.map((file): ReportedFile => {
    const findings: ReportedFinding[] = [];
    const suppressed: SuppressedFinding[] = [];
    for (const finding of file.findings) {
      const exception = allowing(finding.rule, file.path);
      if (exception === undefined) findings.push(finding);
      else suppressed.push(allowed(finding, exception));
    }
    for (const finding of file.suppressed ?? []) {
      const exception = allowing(finding.rule, file.path);
      if (exception !== undefined) suppressed.push(allowed(finding, exception));
      else if (finding.by === "policy" || policy.reserved.includes(finding.rule)) findings.push(reopened(finding));
      else suppressed.push(finding);
    }
    const { path, repository, owner: named } = file;
    const owner = ownerOfPath(policy, path) ?? named;
    return {
      path,
      ...(repository !== undefined && { repository }),
      ...(owner !== undefined && { owner }),
      findings: findings.toSorted((a, b) => a.range.start.line - b.range.start.line || a.range.start.column - b.range.start.column),
      ...(suppressed.length > 0 && { suppressed }),
    };
  });
  return {
    report: { ...report, files, counts: countsOf(files, report.notAnalysed) },
    ended: policy.exceptions.filter((it) => used.has(it) && hasEnded(it, now)),
    unused: policy.exceptions.filter((it) => !used.has(it)),
  };
}

const allowed = (
  { rule, severity, message, range, fingerprint }: ReportedFinding | SuppressedFinding,
  { reason, owner, until }: PolicyException,
): SuppressedFinding => ({
  rule,
  severity,
  message,
  range,
  fingerprint,
  by: "policy",
  reason: `${reason} (${owner}, until ${until})`,
});

/** Of what was suppressed a report keeps no more than this. */
const reopened = ({ rule, severity, message, range, fingerprint, by, reason }: SuppressedFinding): ReportedFinding => ({
  rule,
  severity,
  message,
  range,
  fingerprint,
  help: "fix it, or request an exception in the policy",
  notes: [
    by === "policy"
      ? `allowed by an earlier policy: ${reason}`
      : `suppressed by ${SUPPRESSED_BY[by]}, which the policy does not allow: ${reason}`,
  ],
  related: [],
  fixes: [],
});

const SUPPRESSED_BY = { comment: "a comment", configuration: "the configuration", baseline: "a baseline" } as const;
