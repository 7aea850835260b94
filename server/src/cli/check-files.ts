/** Which files a run is about: those below the paths that were named or listed, of them those that changed, of these one shard. */
import { isWithin } from "../base/path.ts";
import { err, ok, type Result } from "../base/result.ts";
import type { Gap } from "../service/api.ts";
import type { Asked } from "./asked.ts";
import type { CheckCommand } from "./command-line/check-command.ts";
import { shardOf } from "./shards.ts";
import type { World } from "./world.ts";

export interface CheckFiles {
  readonly files: readonly string[];
  /** Folders and files on the way that cannot be looked at. */
  readonly gaps: readonly Gap[];
  /** Whether the run would have looked at a file of this path, were there one. */
  covers(path: string): boolean;
}

/** The paths that were named, and those of `--files-from`. */
export async function namedPaths({ paths, filesFrom }: CheckCommand, world: World): Promise<Result<readonly string[], string>> {
  if (filesFrom === undefined) return ok(paths.length > 0 ? paths : ["."]);
  const text = filesFrom === "-" ? await world.readStdin() : world.readText(filesFrom);
  if (typeof text !== "string") return err(`\`--files-from ${filesFrom}\` cannot be read: ${text.unreadable}`);
  // Names that hold line ends are divided by zeros, as `find -print0` and `git ls-files -z` do it.
  const names = text.split(text.includes("\0") ? "\0" : /\r?\n/).filter((it) => it !== "");
  return ok([...paths, ...names]);
}

export async function checkFiles(command: CheckCommand, service: Asked, world: World): Promise<Result<CheckFiles, string>> {
  const named = command.paths.map((it) => world.resolve(it));
  const found = new Set<string>();
  const gaps: Gap[] = [];
  for (const path of named) {
    const below = await service.files(path);
    for (const file of below.files) found.add(file);
    gaps.push(...below.gaps);
    if (below.files.length === 0 && below.gaps.every((it) => it.kind === "skipped") && !command.allowEmpty)
      gaps.push({ file: path, kind: "failed", reason: "it contains nothing to lint; `--allow-empty` accepts that" });
  }
  const all = [...found];
  const { changed, shard } = command;
  const concerned = changed === undefined ? ok(all) : await changedOf(all, changed, named, service, world);
  if (!concerned.ok) return concerned;
  const files = shard === undefined ? concerned.value : shardOf(concerned.value, shard, world.relative);
  const isWhole = changed === undefined && shard === undefined;
  return ok({ files, gaps, covers: (path) => isWhole && named.some((it) => isWithin(it, path)) });
}

/** Files that differ from a commit, and those whose findings may follow from them. */
async function changedOf(
  files: readonly string[],
  changed: { readonly base?: string },
  named: readonly string[],
  service: Asked,
  world: World,
): Promise<Result<readonly string[], string>> {
  const { changedFiles } = await import("./changed.ts");
  const differing = new Set<string>();
  for (const path of named) {
    const found = changedFiles(path, changed.base);
    if (!found.ok) return err(`\`--changed${changed.base === undefined ? "" : `=${changed.base}`}\` cannot be used: ${found.error}`);
    for (const file of found.value) differing.add(file);
    // It may be meant for the base, and a run over nothing would look clean.
    if (!world.exists(path)) {
      const name = world.relative(path);
      return err(`\`--changed ${name}\`: there is no such file or folder; a base is written \`--changed=${name}\``);
    }
  }
  if (differing.size === 0) return ok([]);
  const concerned = await service.dependents([...differing], files);
  return ok(files.filter((it) => concerned.has(it)));
}
