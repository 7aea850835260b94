/**
 * Notes of what answers depend on, in arrays that grow: paths with their stamps, and a row for each question to each path. A large folder
 * has a hundred thousand rows, which are there as long as the run.
 */
import { DIGEST_BYTES, type Question } from "./questions.ts";
import { NUMBERS } from "./stamps.ts";

export interface Dependencies {
  readonly paths: readonly string[];
  /** Four numbers a path. */
  readonly stamps: Float64Array;
  /** Of a path: why its stamp says too little (`FRAGILITY`). */
  readonly fragile: Uint8Array;
  /** Of a row: which path, which question, and the digest of the answer. */
  readonly rowPaths: Int32Array;
  readonly rowQuestions: Uint8Array;
  readonly digests: Uint8Array;
  readonly questions: readonly Question[];
}

/** Why a stamp says too little: not at all, for now, or for good. */
export const FRAGILITY = { none: 0, young: 1, always: 2 } as const;
export type Fragility = (typeof FRAGILITY)[keyof typeof FRAGILITY];

const NONE = -1;

export class DependencyTable {
  readonly #indices = new Map<string, number>();
  readonly #questions: Question[] = [];
  #rows = 0;
  #stamps = new Float64Array(64 * NUMBERS);
  #fragile = new Uint8Array(64);
  /** Of a path: its last row. */
  #lastRows = new Int32Array(64);
  #rowPaths = new Int32Array(64);
  #rowQuestions = new Uint8Array(64);
  #digests = new Uint8Array(64 * DIGEST_BYTES);
  /** Of a row: the one before it of the same path. */
  #rowsBefore = new Int32Array(64);

  indexOf(path: string): number | undefined {
    return this.#indices.get(path);
  }

  add(path: string, stamp: ArrayLike<number>, fragility: Fragility): number {
    const index = this.#indices.size;
    this.#indices.set(path, index);
    this.#stamps = withRoom(this.#stamps, (index + 1) * NUMBERS);
    this.#fragile = withRoom(this.#fragile, index + 1);
    this.#lastRows = withRoom(this.#lastRows, index + 1);
    this.#stamps.set(stamp, index * NUMBERS);
    this.#fragile[index] = fragility;
    this.#lastRows[index] = NONE;
    return index;
  }

  isMissing(index: number): boolean {
    return Number.isNaN(this.#stamps[index * NUMBERS]);
  }

  /** At least that. */
  weaken(index: number, fragility: number): void {
    this.#fragile[index] = Math.max(this.#fragile[index] ?? FRAGILITY.none, fragility);
  }

  /** False: another answer to that question was noted. */
  note(index: number, question: Question, digest: Uint8Array): boolean {
    const number = this.#numberOf(question);
    for (let row = this.#lastRows[index] ?? NONE; row !== NONE; row = this.#rowsBefore[row] ?? NONE)
      if (this.#rowQuestions[row] === number) return isDigest(digest, this.#digests, row);
    const row = this.#rows++;
    this.#rowPaths = withRoom(this.#rowPaths, this.#rows);
    this.#rowQuestions = withRoom(this.#rowQuestions, this.#rows);
    this.#rowsBefore = withRoom(this.#rowsBefore, this.#rows);
    this.#digests = withRoom(this.#digests, this.#rows * DIGEST_BYTES);
    this.#rowPaths[row] = index;
    this.#rowQuestions[row] = number;
    this.#rowsBefore[row] = this.#lastRows[index] ?? NONE;
    this.#digests.set(digest, row * DIGEST_BYTES);
    this.#lastRows[index] = row;
    return true;
  }

  /** Those of another run or worker. False: two answers to one question differ. */
  merge({ paths, stamps, fragile, rowPaths, rowQuestions, digests, questions }: Dependencies): boolean {
    const indices = paths.map((path, from) => {
      const known = this.#indices.get(path);
      const stamp = stamps.subarray(from * NUMBERS, (from + 1) * NUMBERS);
      const index = known ?? this.add(path, stamp, FRAGILITY.none);
      this.weaken(index, fragile[from] ?? FRAGILITY.always);
      if (known !== undefined && !stamp.every((it, at) => Object.is(it, this.#stamps[index * NUMBERS + at])))
        this.weaken(index, FRAGILITY.young);
      return index;
    });
    return rowPaths.every((from, row) => {
      const question = questions[rowQuestions[row] ?? 0];
      return question === undefined || this.note(indices[from] ?? 0, question, digestAt(digests, row));
    });
  }

  get dependencies(): Dependencies {
    const [paths, rows] = [this.#indices.size, this.#rows];
    return {
      paths: [...this.#indices.keys()],
      stamps: this.#stamps.subarray(0, paths * NUMBERS),
      fragile: this.#fragile.subarray(0, paths),
      rowPaths: this.#rowPaths.subarray(0, rows),
      rowQuestions: this.#rowQuestions.subarray(0, rows),
      digests: this.#digests.subarray(0, rows * DIGEST_BYTES),
      questions: this.#questions,
    };
  }

  #numberOf(question: Question): number {
    const known = this.#questions.indexOf(question);
    return known < 0 ? this.#questions.push(question) - 1 : known;
  }
}

const digestAt = (digests: Uint8Array, row: number): Uint8Array => digests.subarray(row * DIGEST_BYTES, (row + 1) * DIGEST_BYTES);

export function isDigest(digest: Uint8Array, digests: Uint8Array, row: number): boolean {
  return digest.every((byte, at) => digests[row * DIGEST_BYTES + at] === byte);
}

type Numbers = Float64Array | Int32Array | Uint8Array;

/** Half as much again, where it is full. */
function withRoom<T extends Numbers>(array: T, length: number): T;
function withRoom(array: Numbers, length: number): Numbers {
  if (length <= array.length) return array;
  const room = length + (array.length >> 1);
  const grown =
    array instanceof Float64Array ? new Float64Array(room) : array instanceof Int32Array ? new Int32Array(room) : new Uint8Array(room);
  grown.set(array);
  return grown;
}
