/** What `import { lint } from "tlslint"` gives: the report of a run, for build tools. Its types are `server/types/library.d.ts`. */
import type { LintOptions } from "../types/library.d.ts";
import { jsonText } from "./base/visible.ts";
import { checkFiles } from "./cli/check-files.ts";
import { lintFiles } from "./cli/check-lint.ts";
import type { CheckCommand } from "./cli/command-line/check-command.ts";
import { readReport } from "./cli/report/read-report.ts";
import type { Report } from "./cli/report/report.ts";
import { reportOf } from "./cli/report/report-of.ts";
import { nodeWorld } from "./cli/world.ts";
import { folderFault, optionsFault } from "./library-options.ts";
import { nodeHost } from "./node-host.ts";
import { createLintService } from "./service/index.ts";
import { withoutWholeKeys } from "./service/redaction.ts";

const DEFAULTS: Omit<CheckCommand, "paths"> = {
  name: "check",
  format: "json",
  diff: false,
  failOn: "warning",
  strict: false,
  allowEmpty: true,
  trace: false,
  statistics: false,
  watch: false,
  cache: false,
  jobs: 1,
};

export async function lint(options: LintOptions = {}): Promise<Report> {
  const fault = optionsFault(options);
  if (fault !== undefined) throw new TypeError(fault);
  const { paths = ["."], cwd = process.cwd(), configuration, now } = options;
  const missing = folderFault(cwd);
  if (missing !== undefined) throw new Error(missing);
  const world = nodeWorld(cwd);
  const host = nodeHost(() => {});
  const clock = now === undefined ? host : { ...host, now: () => now.getTime() };
  const named = configuration === undefined ? {} : { configuration: world.resolve(configuration) };
  const service = await createLintService(clock, { roots: world.rootsOf(paths), batch: true, ...named });
  const unusable = await service.configurationFault();
  if (unusable !== undefined) throw new Error(`the configuration ${configuration} cannot be used: ${unusable}`);
  const command: CheckCommand = { ...DEFAULTS, paths };
  const chosen = await checkFiles(command, service, world);
  if (!chosen.ok) throw new Error(chosen.error);
  const result = await lintFiles(chosen.value.files, chosen.value.gaps, command, service);
  // As everywhere: whatever leaves the program, no private key is in it.
  const read = readReport(withoutWholeKeys(jsonText(reportOf(result, world.relative))));
  if (!read.ok) throw new Error(read.error);
  return read.value;
}
