/**
 * A host that notes down what it is asked and what it answers. The host is the whole world of a service, and each of its members is here,
 * or this file does not compile: nothing can be read that is not noted.
 */
import type { Horizon, LintHost } from "../../service/api.ts";
import { digestOfBytes, digestOfFolder, digestOfValue, type Question } from "./questions.ts";
import { isYoung, type Seen, see } from "./stamps.ts";

/** What was asked of a path. */
export interface Asked {
  /** As it was before the first answer. */
  readonly seen: Seen;
  /** By the question, of the answer. */
  readonly digests: Map<Question, string>;
  /** The stamp says too little: answers are asked for again. */
  fragile: boolean;
}

/** All members, those that a host may lack among them. */
type Whole = { readonly [K in keyof Required<LintHost>]: LintHost[K] };

const DAY = 24 * 60 * 60 * 1000;

export class Recorder implements Horizon {
  readonly asked = new Map<string, Asked>();
  readonly said: (readonly [level: "error" | "warning" | "info", message: string])[] = [];
  readonly host: LintHost;
  /** Two answers to one question differed: what was made of them fits neither. */
  isTorn = false;
  readonly from: number;
  /** By the clock of the file system. */
  readonly started: number;
  #until: number;

  constructor(inner: LintHost, started: number) {
    this.started = started;
    this.from = inner.now();
    // Suppressions and counts of days change with the day.
    this.#until = (Math.floor(this.from / DAY) + 1) * DAY;
    const { readStart, realPath, stamp, permissions } = inner;
    const whole: Whole = {
      readFile: (path) => this.#note(path, "file", () => inner.readFile(path), digestOfBytes),
      readStart: readStart && ((path, count) => this.#note(path, `start:${count}`, () => readStart(path, count), digestOfBytes)),
      readFolder: (path) => this.#noteFolder(path, inner),
      realPath: realPath && ((path) => this.#noteReal(path, realPath)),
      stamp: stamp && ((path) => this.#note(path, "stamp", () => stamp(path), digestOfValue)),
      permissions: permissions && ((path) => this.#note(path, "mode", () => permissions(path), digestOfValue)),
      // One moment for the whole run.
      now: () => this.from,
      horizon: this,
      verifySignature: inner.verifySignature,
      log: (level, message) => {
        if (level !== "trace") this.said.push([level, message]);
        inner.log(level, message);
      },
      setPermissions: inner.setPermissions,
      createFile: inner.createFile,
    };
    this.host = withoutUndefined(whole);
  }

  get until(): number {
    return this.#until;
  }

  lower(until: number): void {
    this.#until = Math.min(this.#until, until);
  }

  async #note<T>(path: string, question: Question, ask: () => Promise<T>, digestOf: (answer: T) => string): Promise<T> {
    const asked = this.#askedOf(path);
    const answer = await ask();
    const digest = digestOf(answer);
    if ((asked.digests.get(question) ?? digest) !== digest) this.isTorn = true;
    asked.digests.set(question, digest);
    // What a link leads to changes without it.
    if (asked.seen.is === "other") asked.fragile = true;
    return answer;
  }

  async #noteFolder(path: string, inner: LintHost): ReturnType<LintHost["readFolder"]> {
    const entries = await this.#note(path, "folder", () => inner.readFolder(path), digestOfFolder);
    // Of a link it is told where it leads.
    if (entries?.some((it) => it.link !== undefined || it.irregular !== undefined)) this.#askedOf(path).fragile = true;
    return entries;
  }

  async #noteReal(path: string, realPath: NonNullable<LintHost["realPath"]>): Promise<string | undefined> {
    const real = await this.#note(path, "real", () => realPath(path), digestOfValue);
    const asked = this.#askedOf(path);
    // Otherwise it is told by the stamps of this path and of the folders above whether it is still so.
    if (real !== (asked.seen.is === "missing" ? undefined : path)) asked.fragile = true;
    return real;
  }

  #askedOf(path: string): Asked {
    const known = this.asked.get(path);
    if (known !== undefined) return known;
    const seen = see(path);
    // What changed since the run began may have been asked about before, by another path.
    const made: Asked = { seen, digests: new Map(), fragile: isYoung(seen, this.started) };
    this.asked.set(path, made);
    return made;
  }
}

/** A host that lacks something has no such member. */
function withoutUndefined({
  readStart,
  realPath,
  stamp,
  permissions,
  setPermissions,
  createFile,
  verifySignature,
  ...rest
}: Whole): LintHost {
  const { horizon, ...always } = rest;
  return {
    ...always,
    ...(horizon && { horizon }),
    ...(readStart && { readStart }),
    ...(realPath && { realPath }),
    ...(stamp && { stamp }),
    ...(permissions && { permissions }),
    ...(setPermissions && { setPermissions }),
    ...(createFile && { createFile }),
    ...(verifySignature && { verifySignature }),
  };
}
