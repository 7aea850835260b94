/** Findings in settled texts, as findings in the documents of the editor. */
import type { Span } from "../../base/span.ts";
import type { TextEdit } from "../../base/text-edit.ts";
import type { FileReport, Finding, Fix } from "../api.ts";
import type { SettledTexts } from "./settled-texts.ts";

export const movedReport = (report: FileReport, texts: SettledTexts): FileReport => ({
  ...report,
  findings: movedFindings(report.findings, texts),
  ...(report.suppressed && { suppressed: movedFindings(report.suppressed, texts) }),
  gaps: report.gaps.map(({ span, ...gap }) => {
    const moved = span && texts.span(gap.file, span);
    return moved === undefined ? gap : { ...gap, span: moved };
  }),
});

/** What was found in a text that is being changed is not said meanwhile. */
export const movedFindings = (findings: readonly Finding[], texts: SettledTexts): readonly Finding[] =>
  findings.flatMap((it) => {
    const place = texts.place(it.place);
    return place === undefined ? [] : [new MovedFinding(it, place, texts)];
  });

/** Fixes are made when somebody reads them, and moved then. */
class MovedFinding implements Finding {
  readonly rule: string;
  readonly severity: Finding["severity"];
  readonly place: Finding["place"];
  readonly message: string;
  readonly help: string;
  readonly notes: readonly string[];
  readonly related: Finding["related"];
  readonly reissue?: Finding["reissue"];
  readonly suppressed?: NonNullable<Finding["suppressed"]>;
  /** As it was found. */
  readonly #found: Finding;
  readonly #texts: SettledTexts;

  constructor(found: Finding, place: Finding["place"], texts: SettledTexts) {
    const { rule, severity, message, help, notes, related, reissue, suppressed } = found;
    this.rule = rule;
    this.severity = severity;
    this.place = place;
    this.message = message;
    this.help = help;
    this.notes = notes;
    this.related = texts.places(related);
    if (reissue !== undefined) this.reissue = reissue;
    if (suppressed !== undefined) this.suppressed = suppressed;
    this.#found = found;
    this.#texts = texts;
  }

  get fixes(): Finding["fixes"] {
    return this.#found.fixes.flatMap((it) => movedFix(it, this.#texts) ?? []);
  }

  get unfixed(): Finding["unfixed"] {
    const { fixes, unfixed } = this.#found;
    return fixes.length > 0 && this.fixes.length === 0 ? "the code that it would change does not parse yet" : unfixed;
  }
}

function movedFix(fix: Fix, texts: SettledTexts): Fix | undefined {
  const edits = fix.edits.map((it) => texts.edits(it));
  const whole = edits.flatMap((it) => it ?? []);
  if (whole.length < edits.length) return undefined;
  const against = fix.against && new Map([...fix.against].map(([file, text]) => [file, texts.unsettled(file)?.current ?? text]));
  const shifts = fix.edits[0]?.edits.map((it, at) => ({ ...it, by: (whole[0]?.edits[at]?.span.start ?? 0) - it.span.start })) ?? [];
  const placeholders = fix.placeholders.map((it) => movedPlaceholder(it, shifts));
  return { ...fix, edits: whole, ...(against && { against }), placeholders };
}

/** A placeholder is a place in the edited text, within what an edit writes: it moves as that edit does. */
function movedPlaceholder({ start, end }: Span, shifts: readonly (TextEdit & { readonly by: number })[]): Span {
  let shift = 0;
  let grown = 0;
  for (const { span, text, by } of shifts.toSorted((a, b) => a.span.start - b.span.start)) {
    if (span.start + grown > start) break;
    shift = by;
    grown += text.length - (span.end - span.start);
  }
  return { start: start + shift, end: end + shift };
}
