/** The report of a run: spans become lines and columns, paths those that reports show. */
import { LineIndex } from "../../base/line-index.ts";
import type { Span } from "../../base/span.ts";
import type { Finding, Gap } from "../../service/api.ts";
import type { CheckedFile, CheckResult } from "../check-result.ts";
import { fingerprintsOf } from "../fingerprint.ts";
import { VERSION } from "../version.ts";
import { type Correction, correctionsOf } from "./corrections.ts";
import { countsOf } from "./counts.ts";
import type { PassingReport, Point, Range, Report, ReportedFinding, ReportedFix, ReportedGap, Told } from "./report.ts";

/** `shown`: a path as reports name it. */
export function reportOf(result: CheckResult, shown: (path: string) => string): Report {
  const { files, ...around } = passingReportOf(result, shown);
  return { ...around, files: [...files] };
}

/** For whoever goes through its files once: each is made then. */
export function passingReportOf({ files, gaps, texts, part, expired }: CheckResult, shown: (path: string) => string): PassingReport {
  const rangeIn = (path: string, span: Span): Range => rangeOf(texts.get(path)?.lines ?? NOTHING, span);
  const notAnalysed = gaps.map((it) => gapOf(it, texts, rangeIn, shown));
  return {
    version: 1,
    tool: { name: "tlslint", version: VERSION },
    files: each(files, (file) => fileOf(file, texts, rangeIn, shown)),
    notAnalysed,
    counts: countsOf(
      files.map((it) => it.report),
      notAnalysed,
    ),
    ...(part !== undefined && { parts: [part] }),
    ...(expired !== undefined && { expired: expired.map(({ path, rule, fingerprint }) => ({ path, rule, fingerprint })) }),
  };
}

function* each<T, R>(items: readonly T[], make: (item: T) => R): Generator<R, void, void> {
  for (const it of items) yield make(it);
}

const NOTHING = new LineIndex("");

type RangeIn = (path: string, span: Span) => Range;

function fileOf(file: CheckedFile, texts: CheckResult["texts"], rangeIn: RangeIn, shown: (path: string) => string) {
  const { path, report } = file;
  const prints = fingerprintsOf(file);
  const toldOf = (finding: Finding): Told => {
    const { rule, severity, message, place } = finding;
    return { rule, severity, message, range: rangeIn(path, place.span), fingerprint: prints.get(finding) ?? "" };
  };
  return {
    path: shown(path),
    findings: report.findings.map((finding): ReportedFinding => {
      const { help, notes, related, unfixed, reissue } = finding;
      return {
        ...toldOf(finding),
        help,
        notes,
        related: related.map((it) => ({
          path: shown(it.file),
          message: it.message,
          ...(texts.has(it.file) && { range: rangeIn(it.file, it.span) }),
        })),
        fixes: correctionsOf(finding).map((it) => fixOf(it, rangeIn, shown)),
        ...(unfixed !== undefined && { unfixed }),
        ...(reissue !== undefined && { reissue }),
      };
    }),
    ...(report.suppressed && {
      suppressed: report.suppressed.flatMap((it) => (it.suppressed === undefined ? [] : [{ ...toldOf(it), ...it.suppressed }])),
    }),
  };
}

const fixOf = ({ title, applicability, notes, edits }: Correction, rangeIn: RangeIn, shown: (path: string) => string): ReportedFix => ({
  title,
  applicability,
  notes,
  edits: edits.flatMap((it) => it.edits.map(({ span, text }) => ({ path: shown(it.file), range: rangeIn(it.file, span), text }))),
});

const KINDS = { failed: "failed", "out of reach": "out-of-reach", skipped: "skipped" } as const;

const gapOf = (gap: Gap, texts: CheckResult["texts"], rangeIn: RangeIn, shown: (path: string) => string): ReportedGap => ({
  path: shown(gap.file),
  kind: KINDS[gap.kind],
  reason: gap.reason,
  ...(gap.span && texts.has(gap.file) && { range: rangeIn(gap.file, gap.span) }),
  ...(gap.acknowledged !== undefined && { acknowledged: gap.acknowledged }),
});

const rangeOf = (lines: LineIndex, { start, end }: Span): Range => ({ start: point(lines, start), end: point(lines, end) });

function point(lines: LineIndex, offset: number): Point {
  const { line, character } = lines.position(offset);
  const bytes = lines.position(offset, "utf-8").character;
  return { line: line + 1, column: character + 1, ...(bytes !== character && { byteColumn: bytes + 1 }) };
}
