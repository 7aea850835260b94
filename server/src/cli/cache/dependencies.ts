/** What answers depend on: paths with their stamps, and what each was asked. In arrays, because a large workspace has a hundred thousand rows. */
import type { LintHost } from "../../service/api.ts";
import { DIGEST_CHARACTERS, digestNow, type Question } from "./questions.ts";
import type { Asked } from "./recording-host.ts";
import { isSame, isYoung, type Seen, type Stamp, see } from "./stamps.ts";

const NUMBERS = 4;

export interface Dependencies {
  readonly paths: readonly string[];
  /** Four numbers a path. */
  readonly stamps: Float64Array;
  /** Of a path: 1 where its stamp says too little. */
  readonly fragile: Uint8Array;
  /** Of a row: which path, which question, and the digest of the answer. */
  readonly rowPaths: Int32Array;
  readonly rowQuestions: Uint8Array;
  readonly digests: string;
  readonly questions: readonly Question[];
}

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
    if (fragile[index] !== 0 || !isSame(seen.stamp, stampAt(stamps, index)) || !isWhere) doubtful.set(index, seen);
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
    if (fragile[index] !== 0 || !unchanged.has(folder)) look(index, path, folder);
  }
  if (doubtful.size === 0) return { is: "fresh", dependencies, isRestamped: false };
  const { rowPaths, rowQuestions, digests, questions } = dependencies;
  for (let row = 0; row < rowPaths.length; row++) {
    const index = rowPaths[row] ?? 0;
    const question = questions[rowQuestions[row] ?? 0];
    if (!doubtful.has(index)) continue;
    if (question === undefined || (await digestNow(host, paths[index] ?? "", question)) !== digestAt(digests, row))
      return { is: "changed" };
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
    if (fragile[index] === YOUNG && !isYoung(seen, at)) {
      fragile[index] = 0;
      isRestamped = true;
    } else if (fragile[index] === 0 && isYoung(seen, at)) fragile[index] = YOUNG;
  }
  return { is: "fresh", dependencies: { ...dependencies, stamps, fragile }, isRestamped };
}

/** Why a stamp says too little: for now, or for good. */
const [YOUNG, ALWAYS] = [1, 2];

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

const digestAt = (digests: string, row: number): string => digests.slice(row * DIGEST_CHARACTERS, (row + 1) * DIGEST_CHARACTERS);

/** Of what was recorded. */
export function dependenciesOf(asked: ReadonlyMap<string, Asked>, at: number): Dependencies {
  return gathered(asked, ({ seen, digests, fragile }) => ({
    stamp: seen.stamp,
    digests,
    fragile: !fragile ? 0 : isYoung(seen, at) ? YOUNG : ALWAYS,
  }));
}

interface Known {
  readonly stamp: Stamp;
  readonly digests: Map<Question, string>;
  fragile: number;
}

/** Both. Undefined: two answers to one question differ. */
export function merged(a: Dependencies, b: Dependencies | undefined): Dependencies | undefined {
  if (b === undefined) return a;
  const all = divided(b);
  for (const [path, it] of divided(a)) {
    const known = all.get(path);
    if (known === undefined) {
      all.set(path, it);
      continue;
    }
    for (const [question, digest] of it.digests) {
      if ((known.digests.get(question) ?? digest) !== digest) return undefined;
      known.digests.set(question, digest);
    }
    known.fragile = Math.max(known.fragile, it.fragile, isSame(known.stamp, it.stamp) ? 0 : YOUNG);
  }
  return gathered(all, (it) => it);
}

function divided({ paths, stamps, fragile, rowPaths, rowQuestions, digests, questions }: Dependencies): Map<string, Known> {
  const known = paths.map((_, index): Known => ({ stamp: stampAt(stamps, index), digests: new Map(), fragile: fragile[index] ?? ALWAYS }));
  rowPaths.forEach((index, row) => {
    const question = questions[rowQuestions[row] ?? 0];
    if (question !== undefined) known[index]?.digests.set(question, digestAt(digests, row));
  });
  return new Map(known.map((it, index) => [paths[index] ?? "", it]));
}

function gathered<T>(all: ReadonlyMap<string, T>, knownOf: (it: T) => Known): Dependencies {
  const questions: Question[] = [];
  const [rowPaths, rowQuestions, digests]: [number[], number[], string[]] = [[], [], []];
  const [stamps, fragile] = [new Float64Array(all.size * NUMBERS), new Uint8Array(all.size)];
  let index = 0;
  for (const one of all.values()) {
    const it = knownOf(one);
    fragile[index] = it.fragile;
    stamps.set(it.stamp, index * NUMBERS);
    for (const [question, digest] of it.digests) {
      if (!questions.includes(question)) questions.push(question);
      rowPaths.push(index);
      rowQuestions.push(questions.indexOf(question));
      digests.push(digest);
    }
    index++;
  }
  return {
    paths: [...all.keys()],
    stamps,
    fragile,
    rowPaths: Int32Array.from(rowPaths),
    rowQuestions: Uint8Array.from(rowQuestions),
    digests: digests.join(""),
    questions,
  };
}
