/** A report that somebody wrote with `--format json`: what is none is refused before anything is made of it. */
import { err, ok, type Result } from "../../base/result.ts";
import type { Reissue } from "../../service/api.ts";
import { SEVERITIES } from "../loud.ts";
import type { Correction } from "./corrections.ts";
import type {
  Counts,
  Point,
  Range,
  Report,
  ReportedFile,
  ReportedFinding,
  ReportedFix,
  ReportedGap,
  ReportedPart,
  SuppressedFinding,
} from "./report.ts";
import { arrayOf, isNumber, isText, oneOf, optional, record } from "./shapes.ts";

const EXPECTED = "expected what `tlslint check --format json` writes";

export function readReport(content: string): Result<Report, string> {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    return err(`it is not valid JSON; ${EXPECTED}`);
  }
  if (isReport(value)) return ok(value);
  const version = typeof value === "object" && value !== null && "version" in value ? value.version : undefined;
  return err(
    typeof version === "number" && version !== 1 ? `unsupported version ${version}; expected 1` : `it is not a report; ${EXPECTED}`,
  );
}

const point = record<Point>({ line: isNumber, column: isNumber, byteColumn: optional(isNumber) });
const range = record<Range>({ start: point, end: point });
const severity = oneOf(SEVERITIES);

const fix = record<ReportedFix>({
  title: isText,
  applicability: oneOf<Correction["applicability"]>(["safe", "review"]),
  notes: arrayOf(isText),
  edits: arrayOf(record<ReportedFix["edits"][number]>({ path: isText, range, text: isText })),
});

const told = { rule: isText, severity, message: isText, range, fingerprint: isText };

const finding = record<ReportedFinding>({
  ...told,
  help: isText,
  notes: arrayOf(isText),
  related: arrayOf(record<ReportedFinding["related"][number]>({ path: isText, message: isText, range: optional(range) })),
  fixes: arrayOf(fix),
  unfixed: optional(isText),
  reissue: optional(record<Reissue>({ openssl: isText, step: optional(isText) })),
});

const suppressed = record<SuppressedFinding>({ ...told, by: oneOf(["comment", "configuration", "baseline", "policy"]), reason: isText });

const file = record<ReportedFile>({
  path: isText,
  repository: optional(isText),
  owner: optional(isText),
  findings: arrayOf(finding),
  suppressed: optional(arrayOf(suppressed)),
});

const gap = record<ReportedGap>({
  path: isText,
  kind: oneOf(["failed", "out-of-reach", "skipped"]),
  reason: isText,
  range: optional(range),
  acknowledged: optional(isText),
  missingParts: optional((value): value is true => value === true),
});

const part = record<ReportedPart>({ index: isNumber, of: isNumber, repository: optional(isText) });
const isPart = (value: unknown): value is ReportedPart => part(value) && value.index >= 1 && value.index <= value.of;

const counts = record<Counts>({
  findings: record<Counts["findings"]>({ error: isNumber, warning: isNumber, info: isNumber, hint: isNumber }),
  suppressed: isNumber,
  failed: isNumber,
  outOfReach: isNumber,
  acknowledged: isNumber,
  skipped: isNumber,
});

const isReport = record<Report>({
  version: (value): value is 1 => value === 1,
  tool: record<Report["tool"]>({ name: (value): value is "tlslint" => value === "tlslint", version: isText }),
  files: arrayOf(file),
  notAnalysed: arrayOf(gap),
  counts,
  parts: optional(arrayOf(isPart)),
  expired: optional(arrayOf(record<NonNullable<Report["expired"]>[number]>({ path: isText, rule: isText, fingerprint: isText }))),
});
