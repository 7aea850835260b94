/** Findings as JSON: stable, one object, positions counted from 1 in UTF-16 units. */

import { LineIndex } from "../../base/line-index.ts";
import type { Span } from "../../base/span.ts";
import { jsonText } from "../../base/visible.ts";
import type { Gap } from "../../service/api.ts";
import { countGaps } from "../../service/gaps.ts";
import type { CheckedFile, CheckResult } from "../check-result.ts";
import { VERSION } from "../version.ts";
import type { World } from "../world.ts";

export function jsonReport({ files, gaps, texts }: CheckResult, world: World): string {
  return `${jsonText(
    {
      version: 1,
      tool: { name: "tlslint", version: VERSION },
      files: files.map((file) => fileObject(file, texts, world)),
      notAnalysed: gaps.map((it) => gapObject(it, texts, world)),
      counts: { ...countGaps(gaps), suppressed: files.reduce((sum, it) => sum + (it.report.suppressed?.length ?? 0), 0) },
    },
    2,
  )}\n`;
}

function gapObject({ file, kind, reason, span, acknowledged }: Gap, texts: CheckResult["texts"], world: World) {
  const lines = span && texts.get(file)?.lines;
  return {
    path: world.relative(file),
    kind: kind.replaceAll(" ", "-"),
    reason,
    ...(span && lines && { range: { start: point(lines, span.start), end: point(lines, span.end) } }),
    ...(acknowledged !== undefined && { acknowledged }),
  };
}

function fileObject({ path, report }: CheckedFile, texts: CheckResult["texts"], world: World) {
  const range = (span: Span, file = path) => {
    const lines = texts.get(file)?.lines ?? new LineIndex("");
    return { start: point(lines, span.start), end: point(lines, span.end) };
  };
  return {
    path: world.relative(path),
    findings: report.findings.map((finding) => ({
      rule: finding.rule,
      severity: finding.severity,
      message: finding.message,
      advice: finding.advice,
      range: range(finding.place.span),
      related: finding.related.map((related) => ({
        path: world.relative(related.file),
        message: related.message,
        ...(texts.has(related.file) ? { range: range(related.span, related.file) } : {}),
      })),
      fixes: finding.fixes.map((fix) => ({
        title: fix.title,
        applicability: fix.applicability,
        notes: fix.notes,
        edits: fix.edits.flatMap(({ file, edits }) =>
          edits.map((edit) => ({ path: world.relative(file), range: range(edit.span, file), text: edit.text })),
        ),
      })),
      ...(finding.unfixed === undefined ? {} : { unfixed: finding.unfixed }),
      ...(finding.reissue === undefined ? {} : { reissue: finding.reissue }),
    })),
    ...(report.suppressed && {
      suppressed: report.suppressed.map(({ rule, severity, message, place, suppressed }) => ({
        rule,
        severity,
        message,
        range: range(place.span),
        ...suppressed,
      })),
    }),
  };
}

function point(lines: LineIndex, offset: number) {
  const { line, character } = lines.position(offset);
  return { line: line + 1, column: character + 1 };
}
