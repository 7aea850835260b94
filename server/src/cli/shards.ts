/** Dividing a run: the files of a package stay together, since they are analysed together, and the shards get about the same number. */
import { err, ok, type Result } from "../base/result.ts";

export interface Shard {
  readonly index: number;
  readonly of: number;
}

/** `2/8`. */
export function parseShard(text: string): Result<Shard, string> {
  const [, index = 0, of = 0] = (/^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? []).map(Number);
  return of >= 1 && index >= 1 && index <= of ? ok({ index, of }) : err("expected I/N with I from 1 to N, such as 2/8");
}

/** Every file is in one shard, whatever machine divides them: it goes by paths as they are shown, not by where they lie. */
export function shardOf(files: readonly string[], { index, of }: Shard, shown: (path: string) => string): readonly string[] {
  const folders = new Set(files.flatMap((it) => (/(?:^|\/)Cargo\.toml$/.test(it) ? [folderOf(it)] : [])));
  const groups = new Map<string, string[]>();
  for (const file of files) {
    const key = nearest(file, folders) ?? folderOf(file);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [file]);
    else group.push(file);
  }
  // The largest first, each to the shard that has least.
  const ordered = [...groups].map(([key, group]) => ({ name: shown(key), group }));
  ordered.sort((a, b) => b.group.length - a.group.length || (a.name < b.name ? -1 : 1));
  const loads = Array.from({ length: of }, () => 0);
  const chosen = new Set<string>();
  for (const { group } of ordered) {
    const least = loads.indexOf(Math.min(...loads));
    loads[least] = (loads[least] ?? 0) + group.length;
    if (least === index - 1) for (const file of group) chosen.add(file);
  }
  return files.filter((it) => chosen.has(it));
}

function nearest(file: string, folders: ReadonlySet<string>): string | undefined {
  for (let folder = folderOf(file); folder !== ""; folder = folderOf(folder)) if (folders.has(folder)) return folder;
  return undefined;
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));
