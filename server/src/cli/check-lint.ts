/** Linting the files of a run, with the texts that their findings point into. */
import type { FileReport, Finding, FixPlan, Gap, LintService } from "../service/api.ts";
import { withFixes, withoutFixes } from "../service/redaction.ts";
import type { Asked } from "./asked.ts";
import type { CheckedFile, CheckResult } from "./check-result.ts";
import { type CheckCommand, wantsFixes } from "./command-line/check-command.ts";
import { Progress, type ProgressSink } from "./progress.ts";
import { correctionsOf } from "./report/corrections.ts";

export async function lintFiles(
  paths: readonly string[],
  around: readonly Gap[],
  command: CheckCommand,
  service: Asked,
  sink?: ProgressSink,
): Promise<CheckResult> {
  const files: CheckedFile[] = [];
  const progress = new Progress(paths.length, sink);
  // Reports that show fixes are given them now, should they still have to be made.
  const readFinding = wantsFixes(command) ? (it: Finding) => withFixes(it) : withoutFixes;
  service.prepare?.(paths);
  for (const path of paths) {
    files.push(await lintFile(path, service, readFinding));
    progress.at(files.length);
  }
  progress.end();
  return resultOf(files, around, command, service);
}

async function resultOf(
  files: readonly CheckedFile[],
  around: readonly Gap[],
  { strict, shard }: CheckCommand,
  service: Asked,
): Promise<CheckResult> {
  const gaps = [...files.flatMap(({ report: it }) => it.gaps), ...around];
  return { files, around, gaps, strict, ...(shard !== undefined && { part: shard }), texts: await textsOf(files, service) };
}

async function textsOf(files: readonly CheckedFile[], service: Asked): Promise<CheckResult["texts"]> {
  const texts = new Map(files.flatMap((it) => (it.text === undefined ? [] : [[it.path, it.text] as const])));
  for (const { findings, suppressed = [] } of files.map(({ report: it }) => it)) {
    for (const finding of [...findings, ...suppressed]) {
      const named = correctionsOf(finding).flatMap((fix) => fix.edits.map((it) => it.file));
      for (const path of [...finding.related.map((it) => it.file), ...named]) {
        const text = texts.has(path) ? undefined : await service.shownText(path);
        if (text !== undefined) texts.set(path, text);
      }
    }
  }
  return texts;
}

async function lintFile(path: string, service: Asked, readFinding: (it: Finding) => Finding): Promise<CheckedFile> {
  const lint = await service.lint(path);
  const report = { ...lint, findings: lint.findings.map(readFinding) };
  // The text is only wanted for code frames; most files of a large run have no findings.
  const text = isQuoted(report) ? await service.shownText(path) : undefined;
  return { path, text, report };
}

/** Whether a place in it is told. */
const isQuoted = ({ findings, suppressed = [], gaps }: FileReport): boolean =>
  findings.length > 0 || suppressed.length > 0 || gaps.some((it) => it.span !== undefined);

/** As the disk has it now. */
export async function relint(
  result: CheckResult,
  { applied, groups, blocked }: FixPlan,
  command: CheckCommand,
  service: LintService,
): Promise<CheckResult> {
  const others = applied.flatMap(({ fix: { creates, permissions } }) => [creates, permissions].flatMap((it) => it?.file ?? []));
  const concerned = new Set([...groups.flat().map((it) => it.file), ...others, ...blocked.keys()]);
  if (concerned.size === 0) return result;
  service.invalidate([...concerned]);
  return lintFiles(
    result.files.map((it) => it.path),
    result.around,
    command,
    service,
  );
}
