/** Findings for people: a code frame each, related places, and the fix as a diff. */
import { withoutSecrets } from "../../base/secrets.ts";
import type { Span } from "../../base/span.ts";
import type { Finding, Fix, Gap, Severity } from "../../service/api.ts";
import { gapLabel, gapSummary, isFailure } from "../../service/gaps.ts";
import { ShownText } from "../../service/shown-text.ts";
import type { CheckedFile, CheckResult } from "../check-result.ts";
import { SEVERITIES } from "../loud.ts";
import { patchLines } from "../patch.ts";
import { type Paint, printable } from "../terminal.ts";
import type { World } from "../world.ts";
import { correctionsOf } from "./corrections.ts";

export function prettyReport({ files, gaps, texts }: CheckResult, world: World, paint: Paint): string {
  const shown: Changes = new Map();
  const parts = files.flatMap((file) => file.report.findings.map((finding) => findingText(finding, file, texts, shown, world, paint)));
  for (const gap of gaps) parts.push(gapText(gap, texts, world, paint));
  return `${parts.map((part) => `${part}\n`).join("")}${summary(files, gaps)}\n`;
}

/** Changes that were shown, and with the finding at which place. */
type Changes = Map<string, string>;

function gapText(gap: Gap, texts: CheckResult["texts"], world: World, paint: Paint): string {
  const text = gap.span && texts.get(gap.file);
  const position = text === undefined || gap.span === undefined ? undefined : text.lines.position(gap.span.start);
  const place = `${paint.bold(printable(world.relative(gap.file)))}${position ? `:${position.line + 1}:${position.character + 1}` : ""}`;
  const label = isFailure(gap) ? paint.warning(gapLabel(gap)) : paint.dim(gapLabel(gap));
  const known = gap.acknowledged === undefined ? "" : ` (acknowledged: ${printable(gap.acknowledged)})`;
  return `${place}: ${label}: ${printable(gap.reason)}${known}\n`;
}

/** `texts`: of the files that related places and edits lie in. */
function findingText(
  finding: Finding,
  file: CheckedFile,
  texts: CheckResult["texts"],
  changes: Changes,
  world: World,
  paint: Paint,
): string {
  const shownText = file.text ?? new ShownText("");
  const { line, character } = shownText.lines.position(finding.place.span.start);
  const position = `:${line + 1}:${character + 1}`;
  const head = `${paint.bold(printable(world.relative(file.path)))}${position}`;
  const at = `${printable(world.relative(file.path))}${position}`;
  const fixes = correctionsOf(finding);
  const text = [
    `${paint[finding.severity](`${finding.severity}[${finding.rule}]`)}: ${paint.bold(printable(finding.message))}`,
    `  ${paint.dim("-->")} ${head}`,
    ...frame(shownText, finding.place.span, finding.severity, paint),
    `   ${paint.dim("=")} help: ${printable(finding.help)}`,
    ...finding.notes.map((it) => `   ${paint.dim("=")} note: ${printable(it)}`),
    ...finding.related.map((related) => `   ${paint.dim("=")} note: ${relatedText(related, texts, world)}`),
    ...fixes.slice(0, 1).flatMap((fix) => sameChange(fix, changes, at, paint) ?? fixText(fix, file, texts, world, paint)),
    ...fixes.slice(1).map((fix) => `   ${paint.dim("=")} or: ${printable(fix.title)}`),
    ...(finding.reissue ? [`   ${paint.dim("=")} the command for it: \`tlslint reissue ${pasted(world.relative(file.path))}\``] : []),
    ...(fixes.length === 0 && finding.unfixed ? [`   ${paint.dim("=")} no fix: ${printable(finding.unfixed)}`] : []),
  ];
  return text.map((it) => `${it}\n`).join("");
}

/** What is copied into a shell means there what it says here, or is not shown. */
const pasted = (path: string): string => (/^(?!-)[\w./-]+$/.test(path) ? path : "FILE");

function relatedText({ file, span, message }: Finding["related"][number], texts: CheckResult["texts"], world: World): string {
  const text = texts.get(file);
  const position = text === undefined ? undefined : text.lines.position(span.start);
  return `${printable(message)} (${printable(world.relative(file))}${position ? `:${position.line + 1}:${position.character + 1}` : ""})`;
}

const FRAME_LINES = 4;
const FRAME_COLUMNS = 160;

/** The lines of the place with carets under it; long places and long lines are cut. */
function frame(text: ShownText, marked: Span, severity: Severity, paint: Paint): string[] {
  const { lines } = text;
  const first = lines.position(marked.start).line;
  const last = Math.min(lines.position(Math.max(marked.start, marked.end - 1)).line, first + FRAME_LINES - 1);
  const gutter = String(last + 1).length;
  const result = [paint.dim(`${" ".repeat(gutter + 1)}|`)];
  for (let line = first; line <= last; line++) {
    const { start, end } = lines.line(line);
    // A window of a very long line that starts before the place.
    const from = marked.start > start + FRAME_COLUMNS - 40 && line === first ? marked.start - 40 : start;
    const shown = withoutSecrets(text.part({ start, end })).slice(from - start, from - start + FRAME_COLUMNS);
    const before = printable(text.part({ start: from, end: Math.max(from, Math.min(marked.start, end)) }));
    const under = printable(
      text.part({ start: Math.max(from, marked.start), end: Math.max(from, Math.min(marked.end, from + shown.length)) }),
    );
    const indent = line === first ? before.length : printable(shown).length - printable(shown).trimStart().length;
    const width = Math.max(1, line === first ? under.length : under.trimStart().length);
    result.push(`${paint.dim(`${String(line + 1).padStart(gutter)} |`)} ${printable(shown)}`);
    result.push(`${paint.dim(`${" ".repeat(gutter + 1)}|`)} ${" ".repeat(indent)}${paint[severity]("^".repeat(width))}`);
  }
  return result;
}

/** What corrects an earlier finding, too, was shown there. */
function sameChange({ title, edits }: Fix, changes: Changes, at: string, paint: Paint): string[] | undefined {
  if (edits.length === 0) return undefined;
  const change = JSON.stringify(edits);
  const earlier = changes.get(change);
  if (earlier === undefined) changes.set(change, at);
  return earlier === undefined ? undefined : [`   ${paint.dim("=")} fix: ${printable(title)} (the same change as at ${earlier})`];
}

function fixText(fix: Fix, file: CheckedFile, texts: CheckResult["texts"], world: World, paint: Paint): string[] {
  const note = fix.applicability === "review" ? " (review before you apply it)" : "";
  const result = [`   ${paint.dim("=")} fix: ${printable(fix.title)}${note}`];
  for (const text of fix.notes) result.push(`   ${paint.dim("=")} needs: ${printable(text)}`);
  if (fix.secret && fix.edits.length > 0) {
    return [...result, `     ${paint.dim("the change is not shown: the file contains a private key")}`];
  }
  for (const { file: path, edits } of fix.edits) {
    if (fix.edits.length > 1 || path !== file.path) result.push(`     ${paint.bold(printable(world.relative(path)))}`);
    for (const line of patchLines(texts.get(path) ?? new ShownText(""), edits)) {
      const shown = `     ${printable(withoutSecrets(line))}`;
      result.push(line.startsWith("+") ? paint.added(shown) : line.startsWith("-") ? paint.removed(shown) : paint.dim(shown));
    }
  }
  return result;
}

function summary(files: readonly CheckedFile[], gaps: readonly Gap[]): string {
  const findings = files.flatMap(({ report }) => report.findings);
  const counts = SEVERITIES.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count > 0 ? [`${count} ${severity}${count === 1 || severity === "info" ? "" : "s"}`] : [];
  });
  const looked = files.filter(({ report }) => report.findings.length > 0 || !report.gaps.some(isWhole)).length;
  const open = [suppressedSummary(files), gapSummary(gaps)].filter((it) => it !== "").join("; ");
  const found = counts.length > 0 ? counts.join(", ") : "nothing found";
  return `${found} in ${looked} file${looked === 1 ? "" : "s"}${open === "" ? "" : `; ${open}`}`;
}

/** Nothing of its file was analysed. */
const isWhole = ({ kind, span }: Gap): boolean => kind !== "out of reach" && span === undefined;

/** `2 suppressed by comments, 1 by the configuration`. */
function suppressedSummary(files: readonly CheckedFile[]): string {
  const suppressed = files.flatMap(({ report }) => report.suppressed ?? []);
  const counted = [
    ["comment", "by comments"],
    ["configuration", "by the configuration"],
    ["baseline", "by the baseline"],
  ].flatMap(([by, words]) => {
    const count = suppressed.filter((it) => it.suppressed?.by === by).length;
    return count === 0 ? [] : [`${count} ${words}`];
  });
  return counted.length === 0 ? "" : `suppressed: ${counted.join(", ")}`;
}
