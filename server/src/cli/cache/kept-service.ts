/**
 * What a check asks of a service, answered from an earlier run, as long as nothing has changed that the answers follow from. The rest is
 * asked of a service that is made for it, whose world is recorded.
 */
import type { FileReport, LintHost, LintService } from "../../service/api.ts";
import type { Asked } from "../asked.ts";
import type { Pool } from "../jobs/pool.ts";
import { type Answers, type Below, reportToKeep, type Said } from "./answers.ts";
import type { KeptRun } from "./record-file.ts";
import { Recorder } from "./recording-host.ts";

/** `pool`: the workers that lint these files, where there are to be any. */
interface Makers {
  service(host: LintHost): Promise<LintService>;
  pool?(paths: readonly string[], now: number): Pool | undefined;
  /** No fix is shown: what is found is told, and kept, without. */
  readonly withoutFixes: boolean;
}

export class KeptAnswers {
  readonly asked: Asked;
  readonly #host: LintHost;
  readonly #before: KeptRun | undefined;
  readonly #recorder: Recorder;
  readonly #make: Makers;
  #pool: Pool | undefined;
  readonly #below: Map<string, Below>;
  readonly #reports: Map<string, FileReport>;
  readonly #fixless: Set<string>;
  #fault: Answers["fault"];
  #live: Promise<LintService> | undefined;
  #texts: Promise<LintService> | undefined;
  /** Whether something was asked that was not known. */
  #isNew = false;

  /** `before`: what is known to hold still. */
  constructor(host: LintHost, started: number, before: KeptRun | undefined, make: Makers) {
    this.#before = before;
    const told = new Set(before?.answers.said.map(keyOf));
    // What was said before is said at once, and not again by a service that finds it, too.
    this.#host = { ...host, log: (level, message) => void (told.has(keyOf([level, message])) || host.log(level, message)) };
    this.#recorder = new Recorder(this.#host, started);
    this.#make = make;
    this.#reports = new Map(before?.answers.reports);
    this.#fixless = new Set(before?.answers.fixless);
    this.#below = new Map(before?.answers.below);
    this.#fault = before?.answers.fault;
    for (const [level, message] of before?.answers.said ?? []) host.log(level, message);
    this.asked = {
      configurationFault: async () => {
        this.#fault ??= await this.#answer(async (live) => ({ is: await (await live()).configurationFault() }));
        return this.#fault.is;
      },
      files: (path) => this.#from(this.#below, path, async (live) => (await live()).files(path)),
      prepare: (paths) => this.#prepare(paths),
      lint: (path) => this.#lint(path),
      dependents: async (changed, files) => (await this.live()).dependents(changed, files),
      shownText: async (path) => (await this.#reading()).shownText(path),
    };
  }

  /** Where all is known, nothing follows from the texts that are shown: what they are read with is not recorded. */
  #reading(): Promise<LintService> {
    this.#texts ??= this.#live ?? this.#make.service(this.#host);
    return this.#texts;
  }

  live(): Promise<LintService> {
    this.#live ??= this.#make.service(this.#recorder.host);
    return this.#live;
  }

  /** When all was asked: what was known, with what this run added; undefined: nothing, or what cannot be kept. */
  async ended(): Promise<KeptRun | undefined> {
    const { asked, isTorn, from, until, said } = this.#recorder;
    const before = this.#before;
    const workers = (await this.#pool?.followed()) ?? [];
    for (const [level, message] of eachOnce(workers.flatMap((it) => it?.said ?? []))) this.#host.log(level, message);
    if (!this.#isNew || isTorn || workers.includes(undefined)) return undefined;
    for (const it of [before, ...workers]) if (it !== undefined && !(it.dependencies && asked.merge(it.dependencies))) return undefined;
    return {
      from: Math.max(from, before?.from ?? from),
      until: Math.min(until, ...workers.flatMap((it) => it?.until ?? []), before?.until ?? until),
      answers: {
        below: this.#below,
        reports: this.#reports,
        fixless: this.#fixless,
        fault: this.#fault,
        said: eachOnce([...(before?.answers.said ?? []), ...said, ...workers.flatMap((it) => it?.said ?? [])]),
      },
      dependencies: asked.dependencies,
    };
  }

  #prepare(paths: readonly string[]): void {
    this.#pool = this.#make.pool?.(
      paths.filter((it) => this.#isLacking(it)),
      this.#recorder.from,
    );
  }

  /** Where fixes are shown, what was told without them is asked anew. */
  #isLacking(path: string): boolean {
    return !this.#reports.has(path) || (!this.#make.withoutFixes && this.#fixless.has(path));
  }

  #lint(path: string): Promise<FileReport> {
    const { withoutFixes } = this.#make;
    if (this.#isLacking(path)) this.#reports.delete(path);
    return this.#from(this.#reports, path, async (live) => {
      const report = reportToKeep(await (this.#pool?.lint(path) ?? (await live()).lint(path)), withoutFixes);
      if (withoutFixes && report.findings.length > 0) this.#fixless.add(path);
      else this.#fixless.delete(path);
      return report;
    });
  }

  async #from<T>(known: Map<string, T>, path: string, ask: (live: () => Promise<LintService>) => Promise<T>): Promise<T> {
    const there = known.get(path);
    if (there !== undefined) return there;
    const answer = await this.#answer(ask);
    known.set(path, answer);
    return answer;
  }

  #answer<T>(ask: (live: () => Promise<LintService>) => Promise<T>): Promise<T> {
    this.#isNew = true;
    return ask(() => this.live());
  }
}

const keyOf = ([level, message]: readonly [level: string, message: string]): string => `${level} ${message}`;
const eachOnce = (said: readonly Said[]): readonly Said[] => [...new Map(said.map((it) => [keyOf(it), it])).values()];
