/** The workers of a run. One that ends before its time leaves files without an answer: these are told as not analysed. */
import { Worker } from "node:worker_threads";
import { crashPlace } from "../../base/crash.ts";
import type { FileReport, Gap } from "../../service/api.ts";
import type { Said } from "../cache/answers.ts";
import type { Dependencies } from "../cache/dependency-table.ts";
import { codeOf } from "../writing/system-errors.ts";
import type { FromWorker, Job } from "./job.ts";
import { partsOf } from "./parts.ts";

/** What the reports of a worker follow from. */
export interface Followed {
  readonly said: readonly Said[];
  readonly until: number;
  readonly dependencies: Dependencies | undefined;
}

interface Waiting {
  readonly answer: Promise<FileReport>;
  resolve(report: FileReport): void;
}

export class Pool {
  readonly #waiting = new Map<string, Waiting>();
  readonly #ends: readonly Promise<Followed | undefined>[];

  /** `program`: what each worker runs. Each has one of the parts. */
  private constructor(program: string, job: Job, parts: readonly (readonly string[])[]) {
    for (const path of job.paths) this.#waiting.set(path, waiting());
    this.#ends = parts.map((paths) => this.#start(program, { ...job, paths }));
  }

  /** Undefined where there is nothing to divide. */
  static of(program: string, jobs: number, job: Job): Pool | undefined {
    const parts = partsOf(job.paths, jobs);
    return parts.length < 2 ? undefined : new Pool(program, job, parts);
  }

  lint(path: string): Promise<FileReport> | undefined {
    return this.#waiting.get(path)?.answer;
  }

  /** Of each worker; undefined of one that failed. */
  followed(): Promise<readonly (Followed | undefined)[]> {
    return Promise.all(this.#ends);
  }

  #start(program: string, job: Job): Promise<Followed | undefined> {
    const worker = new Worker(program, { workerData: job, argv: process.argv.slice(2) });
    let followed: Followed | undefined;
    let why = "it exited early";
    return new Promise((resolve) => {
      worker.on("message", (message: FromWorker) => {
        if (message.is === "done") followed = message;
        else for (const it of message.reports) this.#waiting.get(it.file)?.resolve(it);
      });
      worker.on("error", (error) => {
        why =
          codeOf(error) === "ERR_WORKER_OUT_OF_MEMORY"
            ? "it ran out of memory"
            : `a mistake of tlslint, please report this: ${crashPlace(error)}`;
      });
      worker.on("exit", () => {
        // Those that have an answer keep it.
        for (const path of job.paths) this.#waiting.get(path)?.resolve(failed(path, why));
        resolve(followed);
      });
    });
  }
}

function waiting(): Waiting {
  const { promise, resolve } = withResolvers<FileReport>();
  return { answer: promise, resolve };
}

function withResolvers<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let settle: ((value: T) => void) | undefined;
  const promise = new Promise<T>((resolve) => {
    settle = resolve;
  });
  return { promise, resolve: (value) => settle?.(value) };
}

function failed(file: string, why: string): FileReport {
  const gap: Gap = { file, kind: "failed", reason: `its worker failed: ${why}` };
  return { file, findings: [], gaps: [gap] };
}
