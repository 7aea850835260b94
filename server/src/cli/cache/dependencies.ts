/** Whether what answers depend on is as it was: by stamps of its paths, and where these say too little by asking again. */
import type { LintHost } from "../../service/api.ts";
import { type Dependencies, FRAGILITY, isDigest } from "./dependency-table.ts";
import { digestNow } from "./questions.ts";
import { isSame, isYoung, NUMBERS, type Seen, type Stamp, see } from "./stamps.ts";

/** `changed`: some are not. `fresh`: all are, at most by being asked again; then their stamps are those of now. */
export type Standing =
  | { readonly is: "changed" }
  | { readonly is: "fresh"; readonly dependencies: Dependencies; readonly isRestamped: boolean };

export async function standingOf(dependencies: Dependencies, host: LintHost, at: number): Promise<Standing> {
  const { paths, stamps, fragile } = dependencies;
  const folders = new PlainFolders();
  const unchanged = new Set<string>();
  const doubtful = new Map<number, Seen>();
  const look = (index: number, path: string, folder: string): void => {
    const seen = see(path);
    if (seen.is === "folder") folders.know(path);
    // What is nowhere is so by whatever links.
    const isWhere = seen.is === "missing" || folders.isPlain(folder);
    if (fragile[index] !== FRAGILITY.none || !isSame(seen.stamp, stampAt(stamps, index)) || !isWhere) doubtful.set(index, seen);
    else if (seen.is === "folder") unchanged.add(path);
  };
  const missing: number[] = [];
  for (const [index, path] of paths.entries()) {
    if (Number.isNaN(stamps[index * NUMBERS])) missing.push(index);
    else look(index, path, parentOf(path));
  }
  // In a folder that has not changed nothing has appeared.
  for (const index of missing) {
    const path = paths[index] ?? "";
    const folder = parentOf(path);
    if (fragile[index] !== FRAGILITY.none || !unchanged.has(folder)) look(index, path, folder);
  }
  if (doubtful.size === 0) return { is: "fresh", dependencies, isRestamped: false };
  const { rowPaths, rowQuestions, digests, questions } = dependencies;
  for (let row = 0; row < rowPaths.length; row++) {
    const index = rowPaths[row] ?? 0;
    const question = questions[rowQuestions[row] ?? 0];
    if (!doubtful.has(index)) continue;
    if (question === undefined || !isDigest(await digestNow(host, paths[index] ?? "", question), digests, row)) return { is: "changed" };
  }
  return restamped(dependencies, doubtful, at);
}

function restamped(dependencies: Dependencies, doubtful: ReadonlyMap<number, Seen>, at: number): Standing {
  const [stamps, fragile] = [dependencies.stamps.slice(), dependencies.fragile.slice()];
  let isRestamped = false;
  for (const [index, seen] of doubtful) {
    if (!isSame(seen.stamp, stampAt(stamps, index))) isRestamped = true;
    stamps.set(seen.stamp, index * NUMBERS);
    // What was too young may have come of age; a link stays what it is.
    if (fragile[index] === FRAGILITY.young && !isYoung(seen, at)) {
      fragile[index] = FRAGILITY.none;
      isRestamped = true;
    } else if (fragile[index] === FRAGILITY.none && isYoung(seen, at)) fragile[index] = FRAGILITY.young;
  }
  return { is: "fresh", dependencies: { ...dependencies, stamps, fragile }, isRestamped };
}

/** Folders that are none by a link, nor lie below one: what is in them is where its path says. */
class PlainFolders {
  readonly #known = new Map<string, boolean>();

  know(path: string): void {
    if (!this.#known.has(path)) this.#known.set(path, this.isPlain(parentOf(path)));
  }

  isPlain(path: string): boolean {
    const known = this.#known.get(path);
    if (known !== undefined) return known;
    const isPlain = isTop(path) || (see(path).is === "folder" && this.isPlain(parentOf(path)));
    this.#known.set(path, isPlain);
    return isPlain;
  }
}

/** `/`, and on Windows `C:`. */
const isTop = (path: string): boolean => path.lastIndexOf("/") <= 0;
const parentOf = (path: string): string => path.slice(0, Math.max(1, path.lastIndexOf("/")));

const stampAt = (stamps: Float64Array, index: number): Stamp => [
  stamps[index * NUMBERS] ?? Number.NaN,
  stamps[index * NUMBERS + 1] ?? Number.NaN,
  stamps[index * NUMBERS + 2] ?? Number.NaN,
  stamps[index * NUMBERS + 3] ?? Number.NaN,
];
