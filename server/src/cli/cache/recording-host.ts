/**
 * A host that notes down what it is asked and what it answers. The host is the whole world of a service, and each of its members is here,
 * or this file does not compile: nothing can be read that is not noted.
 */
import type { Horizon, LintHost } from "../../service/api.ts";
import { DependencyTable, FRAGILITY } from "./dependency-table.ts";
import { digestOfBytes, digestOfFolder, digestOfValue, type Question } from "./questions.ts";
import { isYoung, see } from "./stamps.ts";

/** All members, those that a host may lack among them. */
type Whole = { readonly [K in keyof Required<LintHost>]: LintHost[K] };

const DAY = 24 * 60 * 60 * 1000;

export class Recorder implements Horizon {
  readonly asked = new DependencyTable();
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

  async #note<T>(path: string, question: Question, ask: () => Promise<T>, digestOf: (answer: T) => Uint8Array): Promise<T> {
    const index = this.#indexOf(path);
    const answer = await ask();
    if (!this.asked.note(index, question, digestOf(answer))) this.isTorn = true;
    return answer;
  }

  async #noteFolder(path: string, inner: LintHost): ReturnType<LintHost["readFolder"]> {
    const entries = await this.#note(path, "folder", () => inner.readFolder(path), digestOfFolder);
    // Of a link it is told where it leads.
    if (entries?.some((it) => it.link !== undefined || it.irregular !== undefined))
      this.asked.weaken(this.#indexOf(path), FRAGILITY.always);
    return entries;
  }

  async #noteReal(path: string, realPath: NonNullable<LintHost["realPath"]>): Promise<string | undefined> {
    const real = await this.#note(path, "real", () => realPath(path), digestOfValue);
    const index = this.#indexOf(path);
    // Otherwise it is told by the stamps of this path and of the folders above whether it is still so.
    if (real !== (this.asked.isMissing(index) ? undefined : path)) this.asked.weaken(index, FRAGILITY.always);
    return real;
  }

  /** As it was before the first answer. */
  #indexOf(path: string): number {
    const known = this.asked.indexOf(path);
    if (known !== undefined) return known;
    const seen = see(path);
    // What a link leads to changes without it. What changed since the run began may have been asked about before, by another path.
    const fragility = seen.is === "other" ? FRAGILITY.always : isYoung(seen, this.started) ? FRAGILITY.young : FRAGILITY.none;
    return this.asked.add(path, seen.stamp, fragility);
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
