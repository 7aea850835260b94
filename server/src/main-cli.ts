/** The command line's process: streams, clock, file system, exit status; the one place that catches what should not have been thrown. */
import { run } from "./cli/run.ts";
import { VERSION } from "./cli/version.ts";
import { nodeWorld, worldWithoutKeys } from "./cli/world.ts";
import { serveStdio } from "./language-server.ts";
import { nodeHost, toStandardError } from "./node-host.ts";
import { createLintService } from "./service/index.ts";

const world = worldWithoutKeys(nodeWorld());

async function main(): Promise<number> {
  return run(
    process.argv.slice(2),
    world,
    {
      service: async (roots, { configuration, now, trace }) => {
        const host = nodeHost((level, message) => (level === "trace" ? trace?.(message) : toStandardError(level, message)));
        const clock = now === undefined ? host : { ...host, now: () => now };
        return createLintService(clock, { roots, ...(configuration === undefined ? {} : { configuration }) });
      },
      languageServer: () => serveStdio(VERSION),
    },
    process.stdout.isTTY === true,
  );
}

main().then(
  (status) => {
    // Not `process.exit`: output to a pipe may still be on its way.
    process.exitCode = status;
  },
  (error: unknown) => {
    world.error(`tlslint: internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    process.exitCode = 2;
  },
);
