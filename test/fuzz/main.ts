/**
 * `npm run fuzz -- [SUBJECT…] [--seed N] [--from N] [--count N] [--seconds N] [--state FILE] [--failures FOLDER]`. The subjects:
 * `files` mutated certificates, keys, lists, stores and settings; `rust` mutated code; `sequences` of an editor's messages; `trees`
 * that are hostile, through the command line; `fixes` that are killed or meet a full disk. A run goes on where the state file says that
 * the last one ended, unless `--from` says otherwise; what fails is written, shrunk, with what is wrong. Exit 1 where anything failed.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { campaign, type Plan, type Progress } from "./campaign.ts";
import { mutatedFiles, mutatedRust } from "./files/judge.ts";
import { interruptedFixes } from "./fixes/judge.ts";
import { sequences } from "./sequences/judge.ts";
import { hostileTrees } from "./trees/judge.ts";
import { recordedHangs, watchdog } from "./watchdog.ts";

const SUBJECTS: Readonly<Record<string, (plan: Plan) => Promise<Progress>>> = {
  files: async (plan) => campaign(await mutatedFiles(), plan),
  rust: async (plan) => campaign(await mutatedRust(), plan),
  sequences: async (plan) => campaign(await sequences(), plan),
  trees: async (plan) => campaign(await hostileTrees(), plan),
  fixes: async (plan) => campaign(await interruptedFixes(), plan),
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: "string", default: "1" },
    from: { type: "string" },
    count: { type: "string", default: "300000" },
    seconds: { type: "string", default: "480" },
    state: { type: "string", default: "fuzz-state.json" },
    failures: { type: "string", default: "fuzz-failures" },
  },
});

async function run(): Promise<void> {
  const record = join(values.failures, "hung.txt");
  const watch = watchdog(record);
  for (const name of positionals.length > 0 ? positionals : Object.keys(SUBJECTS)) {
    const subject = SUBJECTS[name];
    if (subject === undefined) throw new Error(`no subject is called ${name}: ${Object.keys(SUBJECTS).join(", ")}`);
    const { next, done, failed, seconds, slowest, slowestInput } = await subject({
      seed: Number(values.seed),
      ...(values.from !== undefined && { from: Number(values.from) }),
      count: Number(values.count),
      seconds: Number(values.seconds),
      state: values.state,
      failures: values.failures,
      begins: watch.begins,
      hung: recordedHangs(record),
    });
    const slow = `the slowest, ${slowestInput}, took ${slowest.toFixed(2)} s`;
    const count = `${done} inputs of seed ${values.seed}, up to ${next}, in ${seconds.toFixed(0)} s of the processor`;
    console.log(`${name}: ${count}; ${failed.length} failed; ${slow}`);
    if (failed.length > 0) process.exitCode = 1;
  }
  await watch.end();
}

void run();
