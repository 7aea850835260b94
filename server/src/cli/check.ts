/** `tlslint check`: lints what it is given, reports, and applies or prints fixes. */
import { ok, type Result } from "../base/result.ts";
import type { LintService } from "../service/api.ts";
import { leavesOpen } from "../service/gaps.ts";
import type { Asked } from "./asked.ts";
import { baselineView } from "./baseline-file.ts";
import { type CheckFiles, checkFiles } from "./check-files.ts";
import { lintFiles, relint } from "./check-lint.ts";
import { report, rootPaths, write } from "./check-output.ts";
import type { CheckResult } from "./check-result.ts";
import type { CheckCommand } from "./command-line/check-command.ts";
import { writeFixes } from "./fix.ts";
import { isLoud } from "./loud.ts";
import { printConfiguration } from "./print-configuration.ts";
import { statisticsLines } from "./statistics.ts";
import type { Paint } from "./terminal.ts";
import type { World } from "./world.ts";

/** `asked`: where answers are known. `live`: for what changes something, is asked once or goes on; there answers are not known. */
export interface Services {
  readonly asked: Asked;
  live(): Promise<LintService>;
}

export async function check(command: CheckCommand, services: Services, world: World, paint: Paint): Promise<number> {
  const wrong = (reason: string): number => {
    world.error(`tlslint: ${reason}`);
    return 2;
  };
  const fault = await services.asked.configurationFault();
  if (fault !== undefined) return wrong(`\`--config ${command.configuration ?? ""}\` cannot be used: ${fault}`);
  const { printConfig, explain, watch } = command;
  if (printConfig !== undefined) return printConfiguration(printConfig, await services.live(), world);
  if (explain !== undefined) return (await import("./explain-line.ts")).explainLine(explain, await services.live(), world, paint);
  const once = (): Promise<number> => checkOnce(command, services, world, paint);
  return watch ? (await import("./watch.ts")).watch(await services.live(), world, once) : once();
}

async function checkOnce(command: CheckCommand, services: Services, world: World, paint: Paint): Promise<number> {
  const wrong = (reason: string): number => {
    world.error(`tlslint: ${reason}`);
    return 2;
  };
  const started = performance.now();
  const view = baselineView(command, world);
  if (!view.ok) return wrong(view.error);
  const roots = world.rootsOf(rootPaths(command));
  const writer = world.fileWriter(roots);
  if (command.fix && !command.diff) for (const line of writer.recover()) world.error(`tlslint: ${line}`);
  else
    for (const line of writer.interrupted())
      world.error(`tlslint: ${line}: an interrupted fix is incomplete; \`--fix\` completes or reverts it`);
  const chosen = await chosenFiles(command, services, world);
  if (!chosen.ok) return wrong(chosen.error);
  const { files, gaps } = chosen.value;
  const result = await lintFiles(files, gaps, command, services.asked, world.progress);
  if (command.diff) {
    const plan = await (await services.live()).planFixes(files, { allowed: command.fix ?? "review" });
    // Whether all would be well afterwards is not asked: what was found is there still.
    const { patches } = await import("./patches.ts");
    return write(command, patches(plan, world), world, "exact") ? status(command, view.value(result, chosen.value)) : 2;
  }
  const finished = async (found: CheckResult): Promise<number> => {
    const seen = view.value(found, chosen.value);
    if (command.statistics) for (const line of statisticsLines(seen, (performance.now() - started) / 1000)) world.error(`tlslint: ${line}`);
    return (await report(command, seen, world, paint)) ? status(command, seen) : 2;
  };
  if (!command.fix) return finished(result);
  const service = await services.live();
  const plan = await service.planFixes(files, { allowed: command.fix, refusal: (path, text) => writer.refusal(path, text) });
  const { lines, failed } = writeFixes(plan, command.fix, writer, world);
  for (const line of lines) world.error(line);
  const after = await relint(result, plan, command, service);
  if (failed) world.error("tlslint: some files could not be written and were left unchanged");
  const ended = await finished(after);
  return failed ? 2 : ended;
}

async function chosenFiles(command: CheckCommand, { asked, live }: Services, world: World): Promise<Result<CheckFiles, string>> {
  if (command.stdinPath === undefined) return checkFiles(command, asked, world);
  const path = world.resolve(command.stdinPath);
  (await live()).open(path, await world.readStdin());
  return ok({ files: [path], gaps: [], covers: () => false });
}

function status(command: CheckCommand, { files, gaps, strict, unwritten }: CheckResult): number {
  if (leavesOpen(gaps, strict) || unwritten) return 2;
  return files.some(({ report: it }) => it.findings.some(({ severity }) => isLoud(severity, command.failOn))) ? 1 : 0;
}
