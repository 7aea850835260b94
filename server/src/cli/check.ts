/** `tlslint check`: lints what it is given, reports, and applies or prints fixes. */
import { applyEdits } from "../base/text-edit.ts";
import type { FileReport, LintService } from "../service/api.ts";
import { combineFixes } from "../service/fix-all.ts";
import { type CheckCommand, SEVERITIES } from "./arguments.ts";
import { patchOf } from "./patch.ts";
import { jsonReport } from "./report/json.ts";
import { prettyReport } from "./report/pretty.ts";
import { sarifReport } from "./report/sarif.ts";
import type { Paint } from "./terminal.ts";
import type { World } from "./world.ts";

/** One linted file with the text that its spans refer to. */
export interface CheckedFile {
  readonly path: string;
  readonly text: string;
  readonly report: FileReport;
}
export interface CheckResult {
  readonly files: readonly CheckedFile[];
  /** Files that were asked for and could not even be read. */
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
}

export async function check(command: CheckCommand, service: LintService, world: World, paint: Paint): Promise<number> {
  let result =
    command.stdinPath === undefined ? await lintPaths(command.paths, service, world) : await lintStdin(command.stdinPath, service, world);
  if (command.fix && !command.diff) {
    const outcome = await fixFiles(result, command.fix, service, world);
    for (const line of outcome.lines) world.error(line);
    result = await relint(result, service);
    if (outcome.failed) world.error("tlslint: some files could not be written; nothing of them was changed");
    report(command, result, world, paint);
    return outcome.failed ? 2 : status(command, result);
  }
  if (command.diff) {
    write(command, patches(result, command.fix ?? "review", world), world);
    return result.unreadable.length > 0 || result.files.some(({ report: it }) => it.notAnalysed !== undefined)
      ? 2
      : status(command, result);
  }
  report(command, result, world, paint);
  return status(command, result);
}

async function lintPaths(paths: readonly string[], service: LintService, world: World): Promise<CheckResult> {
  const wanted = new Set<string>();
  const unreadable: { path: string; reason: string }[] = [];
  for (const path of paths) {
    const found = await service.files(world.resolve(path));
    for (const file of found.files) wanted.add(file);
    unreadable.push(...found.unreadable);
  }
  const files: CheckedFile[] = [];
  for (const path of wanted) files.push(await lintFile(path, service));
  return { files, unreadable };
}

async function lintFile(path: string, service: LintService): Promise<CheckedFile> {
  const report = await service.lint(path);
  // The text is only wanted for code frames; most files of a large run have no findings.
  const text = report.findings.length > 0 ? await service.text(path) : undefined;
  return { path, text: text ?? "", report };
}

async function lintStdin(stdinPath: string, service: LintService, world: World): Promise<CheckResult> {
  const path = world.resolve(stdinPath);
  service.open(path, await world.readStdin());
  return { files: [await lintFile(path, service)], unreadable: [] };
}

async function relint(result: CheckResult, service: LintService): Promise<CheckResult> {
  service.invalidate(result.files.map(({ path }) => path));
  const files: CheckedFile[] = [];
  for (const { path } of result.files) files.push(await lintFile(path, service));
  return { ...result, files };
}

/** Applies fixes file by file. A file that changed since it was linted, or that cannot be written, is left as it is and named. */
async function fixFiles(result: CheckResult, allowed: "safe" | "review", service: LintService, world: World) {
  const lines: string[] = [];
  let failed = false;
  for (const { path, report } of result.files) {
    const { applied, edits, postponed } = combineFixes(report.findings, allowed);
    if (applied.length > 0) {
      const contents: { path: string; before: string; after: string }[] = [];
      for (const [file, wanted] of edits) {
        const before = (await service.text(file)) ?? "";
        contents.push({ path: file, before, after: applyEdits(before, wanted) });
      }
      const modes = applied.flatMap(({ fix }) => fix.permissions ?? []);
      const refused = world.writeAll(contents) ?? world.setModes(modes);
      if (refused) {
        failed = true;
        lines.push(`tlslint: ${world.relative(path)}: not fixed: ${refused}`);
        continue;
      }
      for (const { finding, fix } of applied) lines.push(`tlslint: ${world.relative(path)}: ${finding.rule}: ${fix.title}`);
    }
    for (const finding of postponed)
      lines.push(`tlslint: ${world.relative(path)}: ${finding.rule}: not now, another fix changes the same lines; run again`);
    for (const finding of report.findings)
      if (finding.fixes.length === 0 && finding.unfixed)
        lines.push(`tlslint: ${world.relative(path)}: ${finding.rule}: no fix: ${finding.unfixed}`);
  }
  return { lines, failed };
}

function patches({ files }: CheckResult, allowed: "safe" | "review", world: World): string {
  return files
    .flatMap(({ path, text, report }) => {
      const { applied, edits: all } = combineFixes(report.findings, allowed);
      const edits = all.get(path);
      for (const { fix } of applied.filter((it) => it.fix.permissions !== undefined))
        world.error(`tlslint: ${world.relative(path)}: ${fix.title}: not part of a patch`);
      if (edits && applied.some(({ fix }) => fix.secret)) {
        world.error(`tlslint: ${world.relative(path)}: it holds a private key and is left out of the patch; \`--fix\` changes it`);
        return [];
      }
      return edits ? [patchOf(world.relative(path), text, applyEdits(text, edits)) ?? ""] : [];
    })
    .join("");
}

function report(command: CheckCommand, result: CheckResult, world: World, paint: Paint): void {
  const text =
    command.format === "json"
      ? jsonReport(result, world)
      : command.format === "sarif"
        ? sarifReport(result, world)
        : prettyReport(result, world, command.output === undefined ? paint : world.plainPaint);
  write(command, text, world);
}

function write(command: CheckCommand, text: string, world: World): void {
  if (command.output === undefined) world.print(text);
  else world.writeFile(command.output, text);
}

function status(command: CheckCommand, { files, unreadable }: CheckResult): number {
  if (unreadable.length > 0 || files.some(({ report: it }) => it.notAnalysed !== undefined)) return 2;
  const loud = SEVERITIES.slice(0, SEVERITIES.indexOf(command.failOn) + 1);
  return files.some(({ report: it }) => it.findings.some((finding) => loud.some((severity) => severity === finding.severity))) ? 1 : 0;
}
