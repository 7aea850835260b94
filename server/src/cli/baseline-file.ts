/** The file of `--baseline`: read before anything is linted, compared with what was found, written with `--update-baseline`. */
import { folderOf } from "../base/path.ts";
import { err, ok, type Result } from "../base/result.ts";
import { terminalText } from "../base/visible.ts";
import { type BaselineEntry, baselineText, compareWith, readBaseline } from "./baseline.ts";
import type { CheckFiles } from "./check-files.ts";
import { rootPaths } from "./check-output.ts";
import type { CheckResult } from "./check-result.ts";
import type { CheckCommand } from "./command-line/check-command.ts";
import type { World } from "./world.ts";

/** The result without what the baseline knows. */
type BaselineView = (result: CheckResult, chosen: CheckFiles) => CheckResult;

/** Expired entries that are told one by one. */
const MOST_EXPIRED = 20;

export function baselineView(command: CheckCommand, world: World): Result<BaselineView, string> {
  const { baseline } = command;
  if (baseline === undefined) return ok((result) => result);
  const { file, update } = baseline;
  const path = world.resolve(file);
  const text = world.readText(path);
  const read = typeof text === "string" ? readBaseline(text) : err(text.unreadable);
  // The first time there is none to update.
  const isNew = update && typeof text !== "string" && !world.exists(path);
  if (!read.ok && !isNew) {
    const advice = typeof text === "string" || world.exists(path) ? "" : "; `--update-baseline` creates it";
    return err(`\`--baseline ${file}\` cannot be used: ${read.error}${advice}`);
  }
  const entries = read.ok ? read.value : [];
  const folder = folderOf(path);
  return ok((result, chosen) => {
    const placed = (it: string): string => world.relativeTo(folder, it);
    const covers = (it: string): boolean => chosen.covers(world.resolve(`${folder}/${it}`));
    const compare = (known: readonly BaselineEntry[]) => compareWith(known, result, `listed in ${file}`, placed, (it) => !covers(it));
    const compared = compare(entries);
    if (!update) {
      tellExpired(file, compared.expired, world);
      return { ...compared.result, expired: compared.expired };
    }
    const refused = world.replaceOutput(path, terminalText(baselineText(compared.next)), world.rootsOf(rootPaths(command)));
    if (refused !== undefined) {
      world.error(`tlslint: \`--baseline ${file}\` could not be written and is unchanged: ${refused}`);
      return { ...compared.result, unwritten: true };
    }
    world.error(`tlslint: ${file}: ${compared.next.length} listed, ${compared.expired.length} removed`);
    return compare(compared.next).result;
  });
}

function tellExpired(file: string, expired: readonly BaselineEntry[], world: World): void {
  if (expired.length === 0) return;
  const more = expired.length - MOST_EXPIRED;
  for (const { path, rule } of expired.slice(0, MOST_EXPIRED))
    world.error(`tlslint: ${file}: \`${rule}\` in ${path} no longer matches anything`);
  if (more > 0) world.error(`tlslint: ${file}: and ${more} more`);
  world.error(`tlslint: ${file}: \`--update-baseline\` removes entries that no longer match`);
}
