/** Many inputs of one subject, one after the other: goes on where the last run ended, keeps count, and shrinks what fails. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { minimised, type Subject, tried } from "./subject.ts";

export interface Plan {
  readonly seed: number;
  /** The first number, where it is not the one after the last run's. */
  readonly from?: number;
  /** The number after the last. */
  readonly count: number;
  /** Of the clock on the wall, for those who run it in portions. */
  readonly seconds: number;
  readonly state: string;
  readonly failures: string;
  /** Is told before each input, so that somebody outside can see a hang. */
  begins?(name: string): void;
  /** Inputs that an earlier run hung in, by such names: they count as failed, and are not tried. */
  readonly hung?: ReadonlySet<string>;
}

/** Of one subject and one seed. */
export interface Progress {
  /** The number of the next input. */
  readonly next: number;
  /** How many were tried. */
  readonly done: number;
  /** Numbers of inputs that failed. */
  readonly failed: readonly number[];
  /** Seconds of the processor, all together. */
  readonly seconds: number;
  /** The longest that one input took, and which one it was. */
  readonly slowest: number;
  readonly slowestInput: number;
}

const FRESH: Progress = { next: 0, done: 0, failed: [], seconds: 0, slowest: 0, slowestInput: 0 };
/** Inputs after which the state is written. */
const OFTEN = 200;

type State = Readonly<Record<string, Progress>>;
const readState = (file: string): State => (existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {});

export async function campaign<Input>(subject: Subject<Input>, plan: Plan): Promise<Progress> {
  const key = `${subject.name} ${plan.seed}`;
  const before = readState(plan.state)[key] ?? FRESH;
  let progress = plan.from === undefined ? before : { ...before, next: plan.from };
  const save = (): void => writeFileSync(plan.state, `${JSON.stringify({ ...readState(plan.state), [key]: progress }, undefined, 1)}\n`);
  const end = Date.now() + plan.seconds * 1000;
  while (progress.next < plan.count && Date.now() < end) {
    const number = progress.next;
    const name = `${key} ${number}`;
    const begins = (): void => plan.begins?.(name);
    begins();
    if (plan.hung?.has(name)) {
      progress = { ...progress, next: number + 1, done: progress.done + 1, failed: [...progress.failed, number] };
      continue;
    }
    const input = subject.input(plan.seed, number);
    const { wrong, seconds } = await tried(subject, input);
    progress = { ...progress, next: number + 1, done: progress.done + 1, seconds: progress.seconds + seconds };
    if (seconds > progress.slowest) progress = { ...progress, slowest: seconds, slowestInput: number };
    if (wrong !== undefined) {
      console.log(`${name}: ${wrong.split("\n")[0]}`);
      progress = { ...progress, failed: [...progress.failed, number] };
      keep(subject, await minimised(subject, input, wrong, begins), `${wrong}\n`, join(plan.failures, name.replaceAll(" ", "-")));
    }
    if (progress.done % OFTEN === 0) save();
  }
  save();
  return progress;
}

function keep<Input>(subject: Subject<Input>, input: Input, wrong: string, folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries({ ...subject.files(input), "wrong.txt": wrong })) writeFileSync(join(folder, name), content);
}
