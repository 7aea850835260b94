/**
 * What a check asks of a service, answered from an earlier run, as long as nothing has changed that the answers follow from. The rest is
 * asked of a service that is made for it, whose world is recorded.
 */
import type { FileReport, LintHost, LintService } from "../../service/api.ts";
import type { Asked } from "../asked.ts";
import type { Answers, Below, Said } from "./answers.ts";
import { dependenciesOf, merged } from "./dependencies.ts";
import type { KeptRun } from "./record-file.ts";
import { Recorder } from "./recording-host.ts";

export class KeptAnswers {
  readonly asked: Asked;
  readonly #before: KeptRun | undefined;
  readonly #recorder: Recorder;
  readonly #wall: () => number;
  readonly #make: (host: LintHost) => Promise<LintService>;
  readonly #below: Map<string, Below>;
  readonly #reports: Map<string, FileReport>;
  #fault: Answers["fault"];
  #live: Promise<LintService> | undefined;
  /** Whether something was asked that was not known. */
  #isNew = false;

  /** `before`: what is known to hold still. */
  constructor(host: LintHost, wall: () => number, before: KeptRun | undefined, make: (host: LintHost) => Promise<LintService>) {
    this.#before = before;
    this.#wall = wall;
    this.#recorder = new Recorder(host, wall);
    this.#make = make;
    this.#reports = new Map(before?.answers.reports);
    this.#below = new Map(before?.answers.below);
    this.#fault = before?.answers.fault;
    for (const [level, message] of before?.answers.said ?? []) host.log(level, message);
    this.asked = {
      configurationFault: async () => {
        this.#fault ??= await this.#answer(async (it) => ({ is: await it.configurationFault() }));
        return this.#fault.is;
      },
      files: (path) => this.#from(this.#below, path, (it) => it.files(path)),
      lint: (path) => this.#from(this.#reports, path, (it) => it.lint(path)),
      dependents: async (changed, files) => (await this.live()).dependents(changed, files),
      shownText: async (path) => (await this.live()).shownText(path),
    };
  }

  live(): Promise<LintService> {
    this.#live ??= this.#make(this.#recorder.host);
    return this.#live;
  }

  /** With what this run added; undefined: nothing, or what cannot be kept. */
  get run(): KeptRun | undefined {
    const { asked, isTorn, from, until, said } = this.#recorder;
    if (!this.#isNew || isTorn) return undefined;
    const before = this.#before;
    const dependencies = merged(dependenciesOf(asked, this.#wall()), before?.dependencies);
    if (dependencies === undefined) return undefined;
    return {
      from: Math.max(from, before?.from ?? from),
      until: Math.min(until, before?.until ?? until),
      answers: {
        below: this.#below,
        reports: this.#reports,
        fault: this.#fault,
        said: eachOnce([...(before?.answers.said ?? []), ...said]),
      },
      dependencies,
    };
  }

  async #from<T>(known: Map<string, T>, path: string, ask: (service: LintService) => Promise<T>): Promise<T> {
    const there = known.get(path);
    if (there !== undefined) return there;
    const answer = await this.#answer(ask);
    known.set(path, answer);
    return answer;
  }

  async #answer<T>(ask: (service: LintService) => Promise<T>): Promise<T> {
    this.#isNew = true;
    return ask(await this.live());
  }
}

const eachOnce = (said: readonly Said[]): readonly Said[] => [...new Map(said.map((it) => [it.join(" "), it])).values()];
