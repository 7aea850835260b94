/** `tlslint check`: lints what it is given, reports, and applies or prints fixes. */
import { commandText, terminalText } from "../base/visible.ts";
import type { FileReport, FixPlan, Gap, LintService } from "../service/api.ts";
import { leavesOpen } from "../service/gaps.ts";
import { withFixes } from "../service/redaction.ts";
import type { CheckedFile, CheckResult } from "./check-result.ts";
import type { CheckCommand } from "./command-line/check-command.ts";
import { writeFixes } from "./fix.ts";
import { isLoud } from "./loud.ts";
import { isCommandLog } from "./report/formats.ts";
import type { Paint } from "./terminal.ts";
import type { World } from "./world.ts";

export async function check(command: CheckCommand, service: LintService, world: World, paint: Paint): Promise<number> {
  const fault = await service.configurationFault();
  if (fault !== undefined) {
    world.error(`tlslint: \`--config ${command.configuration ?? ""}\` cannot be used: ${fault}`);
    return 2;
  }
  const roots = world.rootsOf(pathsOf(command));
  const writer = world.fileWriter(roots);
  if (command.fix && !command.diff) for (const line of writer.recover()) world.error(`tlslint: ${line}`);
  else
    for (const line of writer.interrupted())
      world.error(`tlslint: ${line}: an interrupted fix is half done; \`--fix\` completes it or takes it back`);
  const result =
    command.stdinPath === undefined
      ? await lintPaths(command, service, world)
      : await lintStdin(command.stdinPath, command, service, world);
  const paths = result.files.map((it) => it.path);
  if (command.diff) {
    const plan = await service.planFixes(paths, { allowed: command.fix ?? "review" });
    // Whether all would be well afterwards is not asked: what was found is there still.
    const { patches } = await import("./patches.ts");
    return write(command, patches(plan, world), world, "exact") ? status(command, result) : 2;
  }
  if (command.fix) {
    const plan = await service.planFixes(paths, { allowed: command.fix, refusal: (path, text) => writer.refusal(path, text) });
    const { lines, failed } = writeFixes(plan, command.fix, writer, world);
    for (const line of lines) world.error(line);
    const after = await relint(result, plan, command, service);
    if (failed) world.error("tlslint: some files could not be written; nothing of them was changed");
    return (await report(command, after, world, paint)) && !failed ? status(command, after) : 2;
  }
  return (await report(command, result, world, paint)) ? status(command, result) : 2;
}

/** What the run is about. */
export const pathsOf = ({ paths, stdinPath }: CheckCommand): readonly string[] => (stdinPath === undefined ? paths : [stdinPath]);

async function lintPaths(command: CheckCommand, service: LintService, world: World): Promise<CheckResult> {
  const wanted = new Set<string>();
  const around: Gap[] = [];
  for (const path of command.paths) {
    const folder = world.resolve(path);
    const found = await service.files(folder);
    for (const file of found.files) wanted.add(file);
    around.push(...found.gaps);
    if (found.files.length === 0 && found.gaps.every((it) => it.kind === "skipped") && !command.allowEmpty)
      around.push({ file: folder, kind: "failed", reason: "nothing in it is linted; `--allow-empty` if that is in order" });
  }
  const files: CheckedFile[] = [];
  for (const path of wanted) files.push(await lintFile(path, service));
  return resultOf(files, around, command, service);
}

async function resultOf(
  files: readonly CheckedFile[],
  around: readonly Gap[],
  { strict }: CheckCommand,
  service: LintService,
): Promise<CheckResult> {
  const gaps = [...files.flatMap(({ report: it }) => it.gaps), ...around];
  return { files, around, gaps, strict, texts: await textsOf(files, service) };
}

async function textsOf(files: readonly CheckedFile[], service: LintService): Promise<CheckResult["texts"]> {
  const texts = new Map(files.flatMap((it) => (it.text === undefined ? [] : [[it.path, it.text] as const])));
  for (const { findings, suppressed = [] } of files.map(({ report: it }) => it)) {
    for (const { related, fixes } of [...findings, ...suppressed]) {
      for (const path of [...related.map((it) => it.file), ...fixes.flatMap((fix) => fix.edits.map((it) => it.file))]) {
        const text = texts.has(path) ? undefined : await service.shownText(path);
        if (text !== undefined) texts.set(path, text);
      }
    }
  }
  return texts;
}

async function lintFile(path: string, service: LintService): Promise<CheckedFile> {
  const lint = await service.lint(path);
  // Reports show fixes: they are asked for now, should they still have to be made.
  const report = { ...lint, findings: lint.findings.map((it) => withFixes(it)) };
  // The text is only wanted for code frames; most files of a large run have no findings.
  const text = isQuoted(report) ? await service.shownText(path) : undefined;
  return { path, text, report };
}

/** Whether a place in it is told. */
const isQuoted = ({ findings, suppressed = [], gaps }: FileReport): boolean =>
  findings.length > 0 || suppressed.length > 0 || gaps.some((it) => it.span !== undefined);

async function lintStdin(stdinPath: string, command: CheckCommand, service: LintService, world: World): Promise<CheckResult> {
  const path = world.resolve(stdinPath);
  service.open(path, await world.readStdin());
  return resultOf([await lintFile(path, service)], [], command, service);
}

/** As the disk has it now. */
async function relint(
  result: CheckResult,
  { applied, groups, blocked }: FixPlan,
  command: CheckCommand,
  service: LintService,
): Promise<CheckResult> {
  const others = applied.flatMap(({ fix: { creates, permissions } }) => [creates, permissions].flatMap((it) => it?.file ?? []));
  const concerned = new Set([...groups.flat().map((it) => it.file), ...others, ...blocked.keys()]);
  if (concerned.size === 0) return result;
  service.invalidate([...concerned]);
  const files: CheckedFile[] = [];
  for (const { path } of result.files) files.push(await lintFile(path, service));
  return resultOf(files, result.around, command, service);
}

/** Whether it could be written. */
async function report(command: CheckCommand, result: CheckResult, world: World, paint: Paint): Promise<boolean> {
  const { format, failOn, strict, output } = command;
  const around = { cwd: world.cwd, strict, failOn, now: command.now ?? Date.now() };
  const { resultText } = await import("./report/reporters.ts");
  const text = await resultText(format, result, around, world, output === undefined ? paint : world.plainPaint);
  return write(command, text, world, isCommandLog(format) ? "commands" : "text");
}

/** `exact`: for a program that takes every character as it is. `commands`: for a CI system that carries each line out. */
function write(command: CheckCommand, text: string, world: World, kind: "text" | "exact" | "commands"): boolean {
  if (command.output === undefined) {
    if (kind === "exact") world.printExactly(text);
    else if (kind === "commands") world.printCommands(text);
    else world.print(text);
    return true;
  }
  const written = kind === "exact" ? text : kind === "commands" ? commandText(text) : terminalText(text);
  const refused = world.writeOutput(command.output, written, world.rootsOf(pathsOf(command)));
  if (refused !== undefined) world.error(`tlslint: \`--output ${command.output}\` could not be written: ${refused}`);
  return refused === undefined;
}

function status(command: CheckCommand, { files, gaps, strict }: CheckResult): number {
  if (leavesOpen(gaps, strict)) return 2;
  return files.some(({ report: it }) => it.findings.some(({ severity }) => isLoud(severity, command.failOn))) ? 1 : 0;
}
