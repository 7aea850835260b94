/**
 * `npm run fuzz -- [--seed N] [--count N] [--seconds N] [--state FILE] [--failures FOLDER]`: mutated certificates, keys, lists, stores and
 * settings, one after the other. A run goes on where the state file says that the last one ended; each failing input is written, shrunk,
 * with what is wrong. Exit 1 where anything ever failed.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { inputOf, judge, minimised } from "./judge.ts";
import { seeds } from "./seeds.ts";

interface State {
  readonly seed: number;
  /** The number of the next input. */
  readonly next: number;
  /** Numbers of inputs that failed. */
  readonly failed: readonly number[];
  /** The longest time of the processor that one input took, in seconds. */
  readonly slowest: number;
}

function readState(file: string, seed: number): State {
  const fresh: State = { seed, next: 0, failed: [], slowest: 0 };
  if (!existsSync(file)) return fresh;
  const state: State = { ...fresh, ...JSON.parse(readFileSync(file, "utf8")) };
  return state.seed === seed ? state : fresh;
}

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    count: { type: "string", default: "300000" },
    seconds: { type: "string", default: "480" },
    state: { type: "string", default: "fuzz-state.json" },
    failures: { type: "string", default: "fuzz-failures" },
  },
});

async function run(): Promise<void> {
  const all = await seeds();
  let state = readState(values.state, Number(values.seed));
  const end = Date.now() + Number(values.seconds) * 1000;
  const save = (): void => writeFileSync(values.state, `${JSON.stringify(state)}\n`);
  for (; state.next < Number(values.count) && Date.now() < end; ) {
    const input = inputOf(all, state.seed, state.next);
    const before = process.cpuUsage();
    const wrong = await judge(input);
    const { user, system } = process.cpuUsage(before);
    state = { ...state, next: state.next + 1, slowest: Math.max(state.slowest, (user + system) / 1e6) };
    if (wrong !== undefined) {
      state = { ...state, failed: [...state.failed, input.number] };
      const smallest = await minimised(input, wrong);
      mkdirSync(values.failures, { recursive: true });
      const name = join(values.failures, `${state.seed}-${input.number}`);
      writeFileSync(`${name}${input.path.slice(input.path.lastIndexOf("/") + 1)}`, smallest.bytes);
      writeFileSync(`${name}.txt`, `${input.path}\n${wrong}\n${JSON.stringify(smallest.edits)}\n`);
      console.log(`${input.number} ${input.path}: ${wrong}`);
    }
    if (state.next % 500 === 0) save();
  }
  save();
  console.log(`${state.next} inputs of seed ${state.seed}, ${state.failed.length} failed, the slowest took ${state.slowest.toFixed(2)} s`);
  process.exitCode = state.failed.length > 0 ? 1 : 0;
}

void run();
