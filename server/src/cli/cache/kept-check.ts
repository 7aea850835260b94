/** A check whose answers are kept: opened from the folder before it, written there after it. */
import { createHash } from "node:crypto";
import { realpathSync } from "node:fs";
import { isWithin } from "../../base/path.ts";
import type { LintHost, LintService } from "../../service/api.ts";
import { type CheckCommand, wantsFixes } from "../command-line/check-command.ts";
import type { Pool } from "../jobs/pool.ts";
import type { World } from "../world.ts";
import { CacheFolder, cacheFolder } from "./cache-folder.ts";
import { standingOf } from "./dependencies.ts";
import { KeptAnswers } from "./kept-service.ts";
import { bytesOfRun, type KeptRun, runIn } from "./record-file.ts";

export interface KeptCheck {
  readonly answers: KeptAnswers;
  /** When all has been asked. */
  keep(): Promise<void>;
}

export interface KeptContext {
  readonly command: CheckCommand;
  readonly roots: readonly string[];
  readonly world: World;
  readonly host: LintHost;
  /** Of this program; undefined: nothing is kept. */
  readonly build: string | undefined;
  /** The clock of the file system. */
  readonly wall?: () => number;
  make(host: LintHost): Promise<LintService>;
  /** The workers that lint these files; undefined where there shall be none. */
  pool?(paths: readonly string[], now: number): Pool | undefined;
}

/** Undefined where nothing is kept, and nothing is done by workers. */
export async function keptCheck(context: KeptContext): Promise<KeptCheck | undefined> {
  const { command, roots, world, host, build, wall = Date.now } = context;
  if (!mayBeKept(command, roots, world)) return undefined;
  const makers = { service: context.make, withoutFixes: !wantsFixes(command), ...(context.pool && { pool: context.pool }) };
  const path = command.cacheDir === undefined ? cacheFolder(process.env) : world.resolve(command.cacheDir);
  if (path === undefined || build === undefined || !command.cache) {
    if (context.pool === undefined) return undefined;
    const answers = new KeptAnswers(host, wall(), undefined, makers);
    return { answers, keep: async () => void (await answers.ended()) };
  }
  const folder = new CacheFolder(path);
  const key = JSON.stringify([build, ENGINE, roots, command.configuration && world.resolve(command.configuration), command.now]);
  // Of another build or engine, and of the same folders, it is written over.
  const name = createHash("sha256")
    .update(JSON.stringify([roots, command.configuration, command.now]))
    .digest("hex")
    .slice(0, 32);
  const read = folder.read(name);
  if (read !== undefined && "refused" in read) world.error(`tlslint: cache \`${path}\` is not used: ${read.refused}`);
  const found = read !== undefined && "bytes" in read ? runIn(read.bytes, key) : undefined;
  const started = wall();
  const standing = found && holds(found, host.now()) ? await standingOf(found.dependencies, host, started) : undefined;
  const before: KeptRun | undefined = found && standing?.is === "fresh" ? { ...found, dependencies: standing.dependencies } : undefined;
  const answers = new KeptAnswers(host, started, before, makers);
  return {
    answers,
    async keep() {
      const run = (await answers.ended()) ?? (standing?.is === "fresh" && standing.isRestamped ? before : undefined);
      if (run === undefined) return folder.touch(name);
      const refused = folder.write(name, bytesOfRun(key, run));
      // Where nobody asked for it, a place that cannot be written is in order.
      if (refused !== undefined && command.cacheDir !== undefined)
        world.error(`tlslint: no results are kept in \`--cache-dir ${command.cacheDir}\`: ${refused}`);
    },
  };
}

const ENGINE = [process.versions.node, process.versions["openssl"], process.platform, process.arch].join(" ");

const holds = ({ from, until }: KeptRun, now: number): boolean => from <= now && now < until;

/** What changes files, is asked once, or says how it was found is asked of the service itself, and so is what links lead to that were named. */
function mayBeKept(command: CheckCommand, roots: readonly string[], world: World): boolean {
  const { fix, diff, stdinPath, explain, printConfig, watch, trace, paths } = command;
  if (fix !== undefined || diff || stdinPath !== undefined || explain !== undefined || printConfig !== undefined || watch || trace)
    return false;
  const realRoots = roots.map(realOf);
  return paths.every((path) => {
    const real = realOf(world.resolve(path));
    return realRoots.some((it) => real !== undefined && it !== undefined && isWithin(it, real));
  });
}

function realOf(path: string): string | undefined {
  try {
    const real = realpathSync.native(path);
    return process.platform === "win32" ? real.replaceAll("\\", "/") : real;
  } catch {
    return undefined;
  }
}
