/**
 * The command line: one file a command, `command-line/` for what was asked, `report/` for how it is told.
 * Commands return their exit status; only the main ends the process. Each is loaded when it is asked for.
 */
import type { LintService } from "../service/api.ts";
import { rootPaths } from "./check-output.ts";
import { parseCommand } from "./command-line/parse.ts";
import { paintFor } from "./terminal.ts";
import { VERSION } from "./version.ts";
import { type World, worldWithoutKeys } from "./world.ts";

export interface Start {
  /** `now` overrides the clock; `trace` is told what the reading cut off; with `watch` it is asked again when files have changed. */
  service(
    roots: readonly string[],
    options: {
      readonly configuration?: string;
      readonly now?: number;
      readonly trace?: (message: string) => void;
      readonly watch?: boolean;
    },
  ): Promise<LintService>;
  /** Serves an editor until it ends; resolves to the exit status. */
  languageServer(): Promise<number>;
}

export async function run(args: readonly string[], given: World, start: Start, isTerminal: boolean): Promise<number> {
  const world = worldWithoutKeys(given);
  const parsed = parseCommand(args);
  if (!parsed.ok) {
    world.error(`tlslint: ${parsed.error}`);
    world.error("tlslint: see `tlslint help`");
    return 2;
  }
  const command = parsed.value;
  const paint = paintFor(isTerminal, process.env);
  switch (command.name) {
    case "help": {
      const { commandHelp, overview } = await import("./command-line/help.ts");
      world.print(command.of === undefined ? overview() : commandHelp(command.of));
      return 0;
    }
    case "completions":
      world.print((await import("./command-line/completions.ts")).completions(command.shell));
      return 0;
    case "man":
      world.print((await import("./command-line/man.ts")).manualPage(VERSION));
      return 0;
    case "version":
      world.print(`tlslint ${VERSION}\n`);
      return 0;
    case "explain":
      return (await import("./explain.ts")).explain(command.rule, world, paint);
    case "rules":
      return (await import("./explain.ts")).listRules(command.format, world, paint);
    case "verify":
      return (await import("./verify.ts")).verifyFiles(command, world, paint);
    case "lsp":
      return start.languageServer();
    case "inspect": {
      const service = await start.service(world.rootsOf(command.files), command.now === undefined ? {} : { now: command.now });
      return (await import("./inspect.ts")).inspect(command, service, world, paint);
    }
    case "merge":
      return (await import("./merge.ts")).merge(command, world);
    case "report":
      return (await import("./report-page.ts")).reportPage(command, world);
    case "init":
      return (await import("./init.ts")).init(await start.service(world.rootsOf(["."]), {}), world);
    case "doctor":
      return (await import("./doctor.ts")).doctor(await start.service(world.rootsOf(["."]), {}), world);
    case "expiry": {
      const service = await start.service(world.rootsOf(command.paths), command.now === undefined ? {} : { now: command.now });
      return (await import("./expiry.ts")).expiry(command, service, world, paint);
    }
    case "reissue": {
      const service = await start.service(world.rootsOf([command.file]), command.now === undefined ? {} : { now: command.now });
      return (await import("./reissue.ts")).reissue(command, service, world);
    }
    case "check": {
      const { namedPaths } = await import("./check-files.ts");
      const paths = await namedPaths(command, world);
      if (!paths.ok) {
        world.error(`tlslint: ${paths.error}`);
        return 2;
      }
      const named = { ...command, paths: paths.value };
      const service = await start.service(world.rootsOf(rootPaths(named)), {
        ...(command.now === undefined ? {} : { now: command.now }),
        watch: command.watch,
        ...(command.trace ? { trace: (message: string) => world.error(`tlslint: trace: ${message}`) } : {}),
        ...(command.configuration === undefined ? {} : { configuration: world.resolve(command.configuration) }),
      });
      return (await import("./check.ts")).check(named, service, world, paint);
    }
  }
}
