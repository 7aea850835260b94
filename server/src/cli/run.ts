/**
 * The command line: one file a command, `command-line/` for what was asked, `report/` for how it is told.
 * Commands return their exit status; only the main ends the process. Each is loaded when it is asked for.
 */
import type { LintHost, LintService } from "../service/api.ts";
import { rootPaths } from "./check-output.ts";
import { type CheckCommand, wantsFixes } from "./command-line/check-command.ts";
import { isCommandName } from "./command-line/commands.ts";
import { parseCommand } from "./command-line/parse.ts";
import { type Paint, paintFor } from "./terminal.ts";
import { VERSION } from "./version.ts";
import { type World, worldWithoutKeys } from "./world.ts";

/** `now` overrides the clock; `trace` is told what the reading cut off. */
interface HostOptions {
  readonly now?: number;
  readonly trace?: (message: string) => void;
}

/** With `watch` it is asked again when files have changed. */
interface ServiceOptions extends HostOptions {
  readonly configuration?: string;
  readonly watch?: boolean;
  /** No fix is shown or carried out. */
  readonly withoutFixes?: boolean;
}

export interface Start {
  /** Tells this program from others of its version; undefined where it was not bundled. */
  readonly build: string | undefined;
  /** The file that a worker runs; undefined: there are none. */
  readonly program: string | undefined;
  host(options: HostOptions): LintHost;
  /** `host`: in place of the one that follows from the options. */
  service(roots: readonly string[], options: ServiceOptions, host?: LintHost): Promise<LintService>;
  /** Serves an editor until it ends; resolves to the exit status. */
  languageServer(): Promise<number>;
}

export async function run(args: readonly string[], given: World, start: Start, isTerminal: boolean): Promise<number> {
  const world = worldWithoutKeys(given);
  const parsed = parseCommand(args);
  if (!parsed.ok) {
    world.error(`tlslint: ${parsed.error}`);
    world.error(`tlslint: ${advice(args, world)}`);
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
      return checkPaths(named, start, world, paint);
    }
  }
}

/** What to look at after a mistake: the options of the command, or the command that was left out. */
function advice(args: readonly string[], world: World): string {
  const [first = ""] = args;
  if (isCommandName(first)) return `see \`tlslint help ${first}\``;
  return first !== "" && !first.startsWith("-") && world.exists(first)
    ? `\`tlslint check ${first}\` lints that path`
    : "see `tlslint help`";
}

async function checkPaths(command: CheckCommand, start: Start, world: World, paint: Paint): Promise<number> {
  const roots = world.rootsOf(rootPaths(command));
  const options: ServiceOptions = {
    ...(command.now === undefined ? {} : { now: command.now }),
    watch: command.watch,
    withoutFixes: !wantsFixes(command),
    ...(command.trace ? { trace: (message: string) => world.error(`tlslint: trace: ${message}`) } : {}),
    ...(command.configuration === undefined ? {} : { configuration: world.resolve(command.configuration) }),
  };
  const { check } = await import("./check.ts");
  const host = start.host(options);
  const make = (it: LintHost): Promise<LintService> => start.service(roots, options, it);
  const { build, program } = start;
  const { cache, jobs, configuration } = command;
  const isKept = cache && build !== undefined;
  const isDivided = jobs > 1 && program !== undefined;
  const job = {
    roots,
    withoutFixes: !wantsFixes(command),
    ...(configuration !== undefined && { configuration: world.resolve(configuration) }),
  };
  const { Pool } = isDivided ? await import("./jobs/pool.ts") : {};
  const pool = Pool && program !== undefined && ((paths: readonly string[], now: number) => Pool.of(program, jobs, { ...job, now, paths }));
  const context = { command, roots, world, host, build, make, ...(pool && { pool }) };
  const cached = isKept || isDivided ? await (await import("./cache/kept-check.ts")).keptCheck(context) : undefined;
  if (cached === undefined) {
    const service = await make(host);
    return check(command, { asked: service, live: async () => service }, world, paint);
  }
  const { answers } = cached;
  const status = await check(command, { asked: answers.asked, live: () => answers.live() }, world, paint);
  await cached.keep();
  return status;
}
