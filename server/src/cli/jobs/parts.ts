/** Dividing the files of a run among workers: what may be analysed together, all below one outermost manifest, stays together. */
import { folderOf, isWithin, nameOf } from "../../base/path.ts";

/** At most so many parts, none of them empty; each holds its files in their order. */
export function partsOf(files: readonly string[], most: number): readonly (readonly string[])[] {
  const tops = outermost(files.flatMap((it) => (nameOf(it) === "Cargo.toml" ? [folderOf(it)] : [])));
  const groups = new Map<string, string[]>();
  for (const file of files) {
    // Certificates that belong to no program are compared by whoever has them.
    const key = topOf(file, tops) ?? file;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [file]);
    else group.push(file);
  }
  const parts = Array.from({ length: Math.min(most, groups.size) }, (): string[] => []);
  // The largest first, each to the part that has least.
  for (const group of [...groups.values()].toSorted((a, b) => b.length - a.length)) {
    const least = parts.reduce((a, b) => (b.length < a.length ? b : a));
    for (const file of group) least.push(file);
  }
  const order = new Map(files.map((it, index) => [it, index]));
  return parts.map((it) => it.toSorted((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0)));
}

function outermost(folders: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  let last: string | undefined;
  for (const folder of folders.toSorted((a, b) => (`${a}/` < `${b}/` ? -1 : 1))) {
    if (last !== undefined && isWithin(last, folder)) continue;
    found.add(folder);
    last = folder;
  }
  return found;
}

function topOf(file: string, tops: ReadonlySet<string>): string | undefined {
  for (let folder = folderOf(file); ; folder = folderOf(folder)) {
    if (tops.has(folder)) return folder;
    if (folder === "" || folder === folderOf(folder)) return undefined;
  }
}
