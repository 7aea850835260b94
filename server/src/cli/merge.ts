/** `tlslint merge FILE…`: reports of shards, or of many repositories, as one. In whatever order and however often, the result is the same. */
import { err, ok, type Result } from "../base/result.ts";
import { writeText } from "./check-output.ts";
import type { MergeCommand } from "./command-line/commands.ts";
import { isLoud, SEVERITIES } from "./loud.ts";
import { policyView } from "./policy-file.ts";
import { isCommandLog } from "./report/formats.ts";
import { mergeReports, placedBelow } from "./report/merge-reports.ts";
import { readReport } from "./report/read-report.ts";
import type { Report } from "./report/report.ts";
import { written } from "./report/reporters.ts";
import type { World } from "./world.ts";

export async function merge(command: MergeCommand, world: World): Promise<number> {
  const read = readReports(command.files, world);
  const policy = policyView(command.policy, world);
  if (!read.ok || !policy.ok) {
    for (const it of [read, policy]) if (!it.ok) world.error(`tlslint: ${it.error}`);
    return 2;
  }
  const { format, failOn, strict, now = Date.now() } = command;
  const report = policy.value(mergeReports(read.value), now);
  for (const it of report.notAnalysed.filter((gap) => gap.missingParts)) world.error(`tlslint: ${it.path}: ${it.reason}`);
  const text = await written(format, report, { failOn, strict, now });
  if (!writeText(text, isCommandLog(format) ? "commands" : "text", command.output, [], world)) return 2;
  const { findings, failed, outOfReach } = report.counts;
  if (failed > 0 || (strict && outOfReach > 0)) return 2;
  return SEVERITIES.some((it) => findings[it] > 0 && isLoud(it, failOn)) ? 1 : 0;
}

/** `NAME=FILE` is the report of a repository: its paths are put below the name. */
export function readReports(files: readonly string[], world: World): Result<readonly Report[], string> {
  const reports: Report[] = [];
  for (const word of files) {
    const { name, file } = namedFile(word, world);
    const text = world.readText(file);
    const report = typeof text === "string" ? readReport(text) : err(text.unreadable);
    if (!report.ok) return err(`\`${file}\` cannot be used: ${report.error}`);
    reports.push(name === undefined ? report.value : placedBelow(name, report.value));
  }
  return ok(reports);
}

/** `NAME=FILE`; a file of just that name is meant itself. */
export function namedFile(word: string, world: World): { readonly name?: string; readonly file: string } {
  const [, name, file] = /^([\w.@-][\w.@/-]*)=(.+)$/s.exec(word) ?? [];
  return name === undefined || file === undefined || world.exists(word) ? { file: word } : { name, file };
}
