/**
 * Findings that were there when somebody began: they are listed in a file, and from then on only others are reported. An entry that
 * nothing matches any more has expired, and is told, lest the finding comes back unseen.
 */

import { err, ok, type Result } from "../base/result.ts";
import { jsonText } from "../base/visible.ts";
import type { Finding } from "../service/api.ts";
import type { CheckedFile, CheckResult } from "./check-result.ts";
import { fingerprintsOf } from "./fingerprint.ts";
import { arrayOf, isText, record } from "./report/shapes.ts";

export interface BaselineEntry {
  /** Relative to the folder of the baseline. */
  readonly path: string;
  readonly rule: string;
  readonly fingerprint: string;
  /** For whoever reads the file; a reworded message is the same finding. */
  readonly message: string;
}

const EXPECTED = "expected what `tlslint check --baseline FILE --update-baseline` writes";

export function readBaseline(text: string): Result<readonly BaselineEntry[], string> {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return err(`it is not valid JSON; ${EXPECTED}`);
  }
  if (!hasFindings(content)) return err(`it is not a baseline; ${EXPECTED}`);
  if (content.version !== 1) return err("unsupported version; expected 1");
  const odd = content.findings.findIndex((it) => !isEntry(it));
  return isEntries(content.findings) ? ok(content.findings) : err(`entry ${odd + 1} is not a finding; ${EXPECTED}`);
}

const hasFindings = record<{ readonly version: unknown; readonly findings: readonly unknown[] }>({
  version: (value): value is unknown => value !== undefined,
  findings: (value): value is readonly unknown[] => Array.isArray(value),
});
const isEntry = record<BaselineEntry>({ path: isText, rule: isText, fingerprint: isText, message: isText });
const isEntries = arrayOf(isEntry);

/** Sorted, so that a change of it is read line by line. */
export function baselineText(entries: readonly BaselineEntry[]): string {
  const sorted = entries.toSorted((a, b) => compare(a.path, b.path) || compare(a.rule, b.rule) || compare(a.fingerprint, b.fingerprint));
  return `${jsonText({ version: 1, findings: sorted }, 2)}\n`;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const identity = ({ path, fingerprint }: Pick<BaselineEntry, "path" | "fingerprint">): string => `${path}\n${fingerprint}`;

export interface Compared {
  readonly result: CheckResult;
  /** Of files that were analysed, or are gone. */
  readonly expired: readonly BaselineEntry[];
  /** What a new baseline holds: all that is found, and what this run did not analyse. */
  readonly next: readonly BaselineEntry[];
}

/**
 * `placed`: a path as the baseline has it. `isOutside`: whether this run had no reason to look at a path of it. What is suppressed by
 * other means is no entry.
 */
export function compareWith(
  entries: readonly BaselineEntry[],
  result: CheckResult,
  reason: string,
  placed: (path: string) => string,
  isOutside: (path: string) => boolean,
): Compared {
  const known = new Map(entries.map((it) => [identity(it), it]));
  const found = new Set<string>();
  const next: BaselineEntry[] = [];
  const files = result.files.map((file): CheckedFile => {
    const prints = fingerprintsOf(file);
    const path = placed(file.path);
    const isKnown = (finding: Finding): boolean => {
      const entry = { path, rule: finding.rule, fingerprint: prints.get(finding) ?? "", message: finding.message };
      next.push(entry);
      found.add(identity(entry));
      return known.has(identity(entry));
    };
    const split = file.report.findings.map((finding) => ({ finding, isOld: isKnown(finding) }));
    if (!split.some((it) => it.isOld)) return file;
    const old = split
      .filter((it) => it.isOld)
      .map(({ finding }): Finding => ({ ...finding, fixes: [], suppressed: { by: "baseline", reason } }));
    const findings = split.filter((it) => !it.isOld).map(({ finding }) => finding);
    return { ...file, report: { ...file.report, findings, suppressed: [...(file.report.suppressed ?? []), ...old] } };
  });
  const unmatched = entries.filter((it) => !found.has(identity(it)));
  const looked = new Set(result.files.map(({ path }) => placed(path)));
  // Of a file that could not be analysed nobody knows what is in it still.
  const failed = new Set(result.gaps.filter((it) => it.kind === "failed").map(({ file }) => placed(file)));
  const outside = unmatched.filter(({ path }) => failed.has(path) || (!looked.has(path) && isOutside(path)));
  return { result: { ...result, files }, expired: unmatched.filter((it) => !outside.includes(it)), next: [...next, ...outside] };
}
