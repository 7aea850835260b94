/** Findings in the words of the protocol. */
import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from "vscode-languageserver";
import type { LineIndex } from "../base/line-index.ts";
import type { FileReport, Finding, Gap } from "../service/api.ts";
import { gapLabel, isFailure } from "../service/gaps.ts";
import { ruleUrl } from "../service/rule-pages.ts";
import type { ClientAbilities } from "./client-abilities.ts";
import { rangeOf } from "./positions.ts";
import { lineReader, type Session } from "./session.ts";

const SOURCE = "tlslint";
/** Codes of the diagnostics that say why a file, or a part of it, was not analysed. */
const NOT_ANALYSED = "not-analysed";
const OUT_OF_REACH = "out-of-reach";

const SEVERITIES = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
} as const satisfies Record<Finding["severity"], DiagnosticSeverity>;

export async function diagnosticsOf(session: Session, report: FileReport): Promise<Diagnostic[]> {
  const read = lineReader(session);
  const lines = await read(report.file);
  const diagnostics = await Promise.all(report.findings.map((finding) => diagnosticOf(session, finding, lines, read)));
  return [...report.gaps.flatMap((it) => gapDiagnostic(it, lines, session.abilities.unit)), ...diagnostics];
}

export async function diagnosticOf(
  session: Session,
  finding: Finding,
  lines: LineIndex,
  read: (path: string) => Promise<LineIndex>,
): Promise<Diagnostic> {
  const { abilities, documents } = session;
  const related = abilities.relatedInformation
    ? await Promise.all(
        finding.related.map(async ({ file, span, message }) => ({
          location: { uri: documents.uri(file), range: rangeOf(await read(file), span, abilities.unit) },
          message,
        })),
      )
    : [];
  return {
    range: rangeOf(lines, finding.place.span, abilities.unit),
    severity: SEVERITIES[finding.severity],
    source: SOURCE,
    code: finding.rule,
    message: finding.message,
    ...(abilities.codeDescription && { codeDescription: { href: ruleUrl(finding.rule) } }),
    ...(abilities.diagnosticTags && finding.rule.startsWith("unused-") && { tags: [DiagnosticTag.Unnecessary] }),
    ...(related.length > 0 && { relatedInformation: related }),
    // Comes back with the request for code actions, so that these find the finding even where the client has moved the range.
    data: { rule: finding.rule, start: finding.place.span.start, end: finding.place.span.end },
  };
}

/** A file that was not analysed must not look clean; what is known to stay so is no news. */
function gapDiagnostic(gap: Gap, lines: LineIndex, unit: ClientAbilities["unit"]): readonly Diagnostic[] {
  if (gap.kind === "skipped" || gap.acknowledged !== undefined) return [];
  const start = { line: 0, character: 0 };
  return [
    {
      range: gap.span ? rangeOf(lines, gap.span, unit) : { start, end: start },
      severity: isFailure(gap) ? DiagnosticSeverity.Warning : DiagnosticSeverity.Information,
      source: SOURCE,
      code: isFailure(gap) ? NOT_ANALYSED : OUT_OF_REACH,
      message: `${gapLabel(gap)}: ${gap.reason}`,
    },
  ];
}
