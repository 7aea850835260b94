/** The command line's process: streams, clock, file system, exit status; the one place that catches what should not have been thrown. */
import { type MessagePort, parentPort } from "node:worker_threads";
import { crashPlace } from "./base/crash.ts";
import { run, type Start } from "./cli/run.ts";
import { VERSION } from "./cli/version.ts";
import { nodeWorld, worldWithoutKeys } from "./cli/world.ts";
import { codeOf, sentenceOf } from "./cli/writing/system-errors.ts";
import { nodeHost, toStandardError } from "./node-host.ts";
import type { LintHost } from "./service/api.ts";

/** What loads the parts of this program says them to each: which build it is, and which file was started (`main-start.ts`). */
declare const BUILD: string | undefined;
declare const PROGRAM: string | undefined;

const given = nodeWorld();
/** For what this file says itself; commands have what they print looked through once. */
const world = worldWithoutKeys(given);
/** What was printed did not arrive: the status of the rest does not matter then. */
let isLost = false;

function host({ now, trace }: Parameters<Start["host"]>[0]): LintHost {
  const made = nodeHost((level, message) => (level === "trace" ? trace?.(message) : toStandardError(level, message)));
  return now === undefined ? made : { ...made, now: () => now };
}

async function main(): Promise<number> {
  return run(
    process.argv.slice(2),
    given,
    {
      build: typeof BUILD === "string" ? BUILD : undefined,
      program: typeof PROGRAM === "string" ? PROGRAM : undefined,
      host,
      service: async (
        roots,
        { configuration, now, trace, watch, withoutFixes },
        given = host({ ...(now !== undefined && { now }), ...(trace && { trace }) }),
      ) => {
        const { createLintService } = await import("./service/index.ts");
        return createLintService(given, {
          roots,
          ...(watch ? { unwatched: true } : { batch: true }),
          ...(withoutFixes && { withoutFixes }),
          ...(configuration === undefined ? {} : { configuration }),
        });
      },
      languageServer: async () => {
        // An editor that reads no more is gone.
        process.stdout.on("error", () => process.exit(1));
        // Loaded when it is wanted: the protocol's library takes a tenth of the start.
        const { serveStdio } = await import("./language-server.ts");
        return serveStdio(VERSION);
      },
    },
    process.stdout.isTTY === true,
  );
}

process.stdout.on("error", (error) => {
  // `tlslint rules | head`: whoever reads has had enough, and that is in order.
  if (isLost || codeOf(error) === "EPIPE") return;
  isLost = true;
  process.exitCode = 2;
  world.error(`tlslint: the output could not be written: ${sentenceOf(error)}`);
});
// There is nobody left to tell.
process.stderr.on("error", () => {});

/** One of the workers that this file starts for `--jobs`. */
async function serve(port: MessagePort): Promise<number> {
  const { work } = await import("./cli/jobs/worker.ts");
  const { createLintService } = await import("./service/index.ts");
  const silent = (now: number): LintHost => ({ ...nodeHost(() => {}), now: () => now });
  await work(port, silent, (it, { roots, configuration, withoutFixes }) =>
    createLintService(it, {
      roots,
      batch: true,
      ...(configuration !== undefined && { configuration }),
      ...(withoutFixes && { withoutFixes }),
    }),
  );
  return 0;
}

(parentPort === null ? main() : serve(parentPort)).then(
  (status) => {
    // Not `process.exit`: output to a pipe may still be on its way.
    process.exitCode = isLost ? 2 : status;
  },
  (error: unknown) => {
    world.error(`tlslint: a mistake of tlslint ended it, please report this: ${crashPlace(error)}`);
    process.exitCode = 2;
  },
);
