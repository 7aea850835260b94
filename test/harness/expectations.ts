/** Carets in fixtures: where a file says what is found in it, by rule and severity; the messages stand in `messages.ts`' golden files. */
import { LineIndex } from "../../server/src/base/line-index.ts";
import type { Finding } from "../../server/src/service/api.ts";

export interface Expectation {
  /** Zero-based line of the code, and columns within it. */
  readonly line: number;
  readonly from: number;
  readonly to: number;
  readonly mark?: "MISSING" | "SPURIOUS";
  readonly severity: string;
  readonly rule: string;
  /** What the message quotes, where two carets of one rule stand below one line. */
  readonly label?: string;
  /** The caret line, for reports. */
  readonly at: number;
}

/**
 * A comment line under the code: `//   ^^^^ [MISSING|SPURIOUS] severity rule[: label]`; it begins with `#` where comments do.
 * A place that starts where no caret fits is written `//<- severity rule`: the code line from its first letter on.
 */
const CARETS = /^(?<lead>\s*(?:\/\/|#)\s*)(?<carets>\^+|<-)(?:\s+(?<expected>.*))?$/;

const EXPECTED = /^(?:(?<mark>MISSING|SPURIOUS) )?(?<severity>error|warning|info|hint) (?<rule>[a-z0-9-]+)(?:: (?<label>.+))?$/;

export function expectations(text: string): Expectation[] {
  const lines = text.split(/\r\n|\n/);
  const result: Expectation[] = [];
  let code = 0;
  lines.forEach((line, at) => {
    const groups = CARETS.exec(line)?.groups;
    if (!groups) {
      code = at;
      return;
    }
    const { lead = "", carets = "", expected = "" } = groups;
    const { severity, rule, label, mark } = EXPECTED.exec(expected)?.groups ?? {};
    // A caret that nobody can read would expect nothing.
    if (severity === undefined || rule === undefined) throw new Error(`line ${at + 1} is no caret: ${line.trim()}`);
    const codeLine = lines[code] ?? "";
    const from = carets === "<-" ? codeLine.length - codeLine.trimStart().length : lead.length;
    const to = carets === "<-" ? codeLine.length : lead.length + carets.length;
    result.push({
      ...{ line: code, from, to, severity, rule, at },
      ...(label !== undefined && { label }),
      ...((mark === "MISSING" || mark === "SPURIOUS") && { mark }),
    });
  });
  return result;
}

/** The text of a fixture with the carets that its findings ask for. Carets that hold stay as they are written; so do marks of known gaps. */
export function bless(text: string, findings: readonly Finding[], comment: "//" | "#" = "//"): string {
  const lines = text.split("\n");
  const expected = expectations(text);
  const open = findings.map((finding) => placed(finding, text));
  const kept = new Set<number>();
  for (const expectation of expected) {
    const found = open.findIndex((it) => meets(it, expectation));
    // A gap that is closed gets a plain caret.
    if (expectation.mark === "MISSING" ? found >= 0 : found < 0) continue;
    kept.add(expectation.at);
    if (found >= 0) open.splice(found, 1);
  }
  const dropped = new Set(expected.map(({ at }) => at).filter((at) => !kept.has(at)));
  const added = new Map<number, string[]>();
  for (const { finding, line, from, to } of open) {
    const { rule, severity, message } = finding;
    const alone = findings.filter((it) => it.rule === rule && placed(it, text).line === line).length === 1;
    const [, label] = alone ? [] : (/`([^`]*)`/.exec(message) ?? []);
    const caret = caretLine(
      from,
      Math.max(1, to - from),
      lines[line] ?? "",
      `${severity} ${rule}${label === undefined ? "" : `: ${label}`}`,
      comment,
    );
    added.set(line, [...(added.get(line) ?? []), caret]);
  }
  return lines.flatMap((line, at) => (dropped.has(at) ? [] : [line, ...(added.get(at) ?? [])])).join("\n");
}

interface Placed {
  readonly finding: Finding;
  readonly line: number;
  readonly from: number;
  readonly to: number;
}

function placed(finding: Finding, text: string): Placed {
  const index = new LineIndex(text);
  const { line, character } = index.position(finding.place.span.start);
  const length = Math.min(finding.place.span.end, index.line(line).end) - finding.place.span.start;
  return { finding, line, from: character, to: character + Math.max(1, length) };
}

const meets = ({ finding, line, from, to }: Placed, expected: Expectation): boolean =>
  line === expected.line &&
  from === expected.from &&
  to === expected.to &&
  finding.rule === expected.rule &&
  finding.severity === expected.severity &&
  (expected.label === undefined || finding.message.includes(`\`${expected.label}\``));

function caretLine(column: number, width: number, code: string, text: string, comment: string): string {
  const indent = code.length - code.trimStart().length;
  const before = comment.length;
  if (column < before || column < indent) return `${" ".repeat(indent)}${comment}<- ${text}`;
  const lead = Math.min(indent, column - before);
  return `${" ".repeat(lead)}${comment}${" ".repeat(column - lead - before)}${"^".repeat(width)} ${text}`;
}

const nameOf = ({ severity, rule, label }: Expectation): string => `${severity} ${rule}${label === undefined ? "" : `: ${label}`}`;

/** What differs between a fixture's carets and the findings; empty when they agree. */
export function differences(text: string, findings: readonly Finding[]): string[] {
  const open = findings.map((finding) => placed(finding, text));
  const problems: string[] = [];
  const all = expectations(text);
  for (const expected of all) {
    const found = open.findIndex((it) => meets(it, expected));
    const name = `${expected.line + 1}:${expected.from + 1} ${nameOf(expected)}`;
    if (expected.label === undefined && all.some((it) => it !== expected && it.line === expected.line && it.rule === expected.rule))
      problems.push(`${name}: another of the same line, label them`);
    if (found >= 0) open.splice(found, 1);
    if (expected.mark === "MISSING" && found >= 0) problems.push(`${name}: found, remove the MISSING mark`);
    else if (expected.mark === "SPURIOUS" && found < 0) problems.push(`${name}: no longer found, remove the SPURIOUS expectation`);
    else if (expected.mark !== "MISSING" && found < 0) problems.push(`${name}: not found`);
  }
  for (const { finding, line, from, to } of open)
    problems.push(`${line + 1}:${from + 1}-${to + 1} ${finding.severity} ${finding.rule}: unexpected: ${finding.message}`);
  return problems;
}
