/**
 * Bundles the tests named on the command line (all, without a name) and runs them with Node's own runner: `npm test cargo`,
 * `npm test optional-client-auth/boring`, `npm test fixtures -- --test-name-pattern=optional`. Says first what will run and for
 * how long. TIMES=1 records the times in test/times.json.
 */

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { ensureBundles } from "./testing/bundles.mjs";
import { runInLanes } from "./testing/lanes.mjs";
import { choose, NEEDS, recordedTimes } from "./testing/plan.mjs";
import { bundleTests } from "./testing/processes.mjs";
import { Report } from "./testing/report.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
const args = process.argv.slice(2);
const { files, names, unknown } = choose(
  root,
  args.filter((it) => !it.startsWith("-")),
);
if (unknown.length > 0 || files.length === 0) {
  console.error(`no test file and no fixture matches ${unknown.join(" ")}`);
  process.exit(2);
}
const PATTERN = "--test-name-pattern=";
const named = args.filter((it) => it.startsWith(PATTERN)).map((it) => it.slice(PATTERN.length));
const foreign = args.filter((it) => it.startsWith("-") && !it.startsWith(PATTERN));
if (foreign.length > 0) {
  console.error(`unknown option ${foreign.join(" ")}; expected ${PATTERN}PATTERN`);
  process.exit(2);
}

const outdir = join(root, "test/out", String(process.pid));
const known = recordedTimes(root);
const planned = await bundleTests(root, files, { times: known, outdir });

const report = new Report();
const written = report.writeTo(process.stdout);
announce();
if (planned.some((it) => it.needs.includes("bundles")) && (await ensureBundles(root))) report.say("bundles built");

// What the processes inherit. V8 optimises beside the program, which costs a core that the other lane needs; in most processes it never
// pays. Later, it optimises only what runs for long (test/harness/engine.ts).
const LATER = "--interrupt-budget=1000000";
const clock = join(outdir, "clock.jsonl");
const loadedFirst = ["hooks.mjs", "clock.mjs"].flatMap((it) => ["--import", pathToFileURL(join(root, "scripts/testing", it)).href]);
process.execArgv.push(LATER, "--enable-source-maps", ...loadedFirst);
Object.assign(process.env, { TLSLINT_ROOT: root, TLSLINT_CLOCK: clock });
process.setMaxListeners(0);
const fixtures = names.map((it) => `^${it.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`);
const times = await runInLanes(planned, { patterns: [...fixtures, ...named], clock, report, root });
report.end();
await written;
rmSync(outdir, { recursive: true, force: true });
record();
// What could not be ended keeps nobody waiting.
process.stdout.write("", () => process.exit(report.failed ? 1 : 0));

/** Two cores share the work, but one process has one of them. */
function announce() {
  const work = (some) => some.map((it) => it.time);
  const seconds = (some) => Math.max(work(some).reduce((sum, it) => sum + it, 0) / 2, ...work(some), 1);
  const time = (some) => (seconds(some) < 90 ? `${Math.ceil(seconds(some))} s` : `${Math.ceil(seconds(some) / 60)} min`);
  const count = `${files.length} test file${files.length === 1 ? "" : "s"}`;
  const chosen = [...names, ...named];
  if (chosen.length > 0) return report.say(`${count}, the tests called ${chosen.join(", ")}`);
  report.say(`${count}, about ${time(planned)} on two cores with nothing kept`);
  for (const [need, { size }] of Object.entries(NEEDS)) {
    const some = planned.filter((it) => it.needs.includes(need));
    if (some.length > 0) report.say(`${need}: ${some.flatMap((it) => it.files).length} of them, ${time(some)}; ${size}`);
  }
}

function record() {
  const told = Object.fromEntries([...times].map(([name, it]) => [name, it]));
  mkdirSync(join(root, "test/out"), { recursive: true });
  writeFileSync(join(root, "test/out/times.json"), `${JSON.stringify(told, undefined, 2)}\n`);
  if (process.env.TIMES !== "1" || fixtures.length + named.length > 0) return;
  const rounded = Object.entries(told).map(([name, { wall, cpu = wall }]) => [name, Math.max(0.1, Number(cpu.toPrecision(2)))]);
  const all = Object.fromEntries([...Object.entries(known), ...rounded].sort(([a], [b]) => a.localeCompare(b)));
  writeFileSync(join(root, "test/times.json"), `${JSON.stringify(all, undefined, 2)}\n`);
}
