/** The command line in this process: as it is started by its main, with what it prints kept. */
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { terminalText, visible } from "../../server/src/base/visible.ts";
import { run, type Start } from "../../server/src/cli/run.ts";
import { printable } from "../../server/src/cli/terminal.ts";
import { nodeWorld, type World } from "../../server/src/cli/world.ts";
import { nodeHost } from "../../server/src/node-host.ts";
import type { LintHost } from "../../server/src/service/api.ts";
import { createLintService } from "../../server/src/service/index.ts";

/** In memory where the system has that: thousands of trees are made and removed. */
export const SCRATCH = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

/** The first line that tells of an error of ours, or in the words of an exception. */
export const crashIn = (told: string): string | undefined =>
  told.split("\n").find((it) => /please report|\.[cj]s:\d|Error:|the text of an exception/.test(it));

export const NOBODY = 65534;

export interface Spoken {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** `change`: what of the world is another. */
export async function commandLine(cwd: string, args: readonly string[], change = (world: World): World => world): Promise<Spoken> {
  const home = process.cwd();
  const before = process.env["XDG_STATE_HOME"];
  const told = { stdout: "", stderr: "" };
  const log: LintHost["log"] = (level, message) => {
    if (level === "error" || level === "warning") told.stderr += `${terminalText(visible(`tlslint: ${level}: ${message}`))}\n`;
  };
  process.chdir(cwd);
  process.env["XDG_STATE_HOME"] = stateFolder();
  const world: World = {
    ...nodeWorld(),
    print(text) {
      told.stdout += terminalText(text);
    },
    printExactly(text) {
      told.stdout += text;
    },
    error(line) {
      told.stderr += `${terminalText(printable(line))}\n`;
    },
  };
  try {
    const status = await run(
      args,
      change(world),
      { build: undefined, program: undefined, host: () => nodeHost(log), service: serviceWith(log), languageServer: async () => 2 },
      false,
    );
    return { status, ...told };
  } finally {
    process.chdir(home);
    if (before === undefined) delete process.env["XDG_STATE_HOME"];
    else process.env["XDG_STATE_HOME"] = before;
  }
}

/** Where runs note down what they change: of each user one, and not of whoever runs the tests. */
const STATE = join(SCRATCH, `tlslint-fuzz-${process.pid}-`);
process.on("exit", () => {
  for (const user of ["", 0, NOBODY]) rmSync(`${STATE}${user}`, { recursive: true, force: true });
});

export const isState = (path: string): boolean => path.startsWith(STATE);

function stateFolder(): string {
  const path = `${STATE}${process.geteuid?.() ?? ""}`;
  mkdirSync(path, { recursive: true, mode: 0o700 });
  return path;
}

/** As `main-cli.ts` does. */
const serviceWith =
  (log: LintHost["log"]): Start["service"] =>
  async (roots, { configuration, now }) => {
    const host = nodeHost(log);
    const clock = now === undefined ? host : { ...host, now: () => now };
    return createLintService(clock, { roots, ...(configuration === undefined ? {} : { configuration }) });
  };
