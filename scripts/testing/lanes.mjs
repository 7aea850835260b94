/**
 * Runs test processes in two lanes, one for each core: what calls cargo in the first, one after the other, and all else beside it. What
 * waits for the windows of a browser is in a third one: it leaves most of its time to the other two, which give way to it, for a window
 * that has to wait for a core meets the limits of those who look at it. Afterwards that lane takes the longest of the rest: servers,
 * watchers and programs that are waited for leave cores idle.
 */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "node:test";
import { Guard, LIMITS } from "./guard.mjs";
import { hindrance } from "./plan.mjs";
import { endTest } from "./trees.mjs";

/** `processes` in order (processes.mjs); resolves to the seconds of each file. */
export async function runInLanes(processes, { patterns, clock, report, root, limits = LIMITS }) {
  const waiting = [...processes];
  const running = new Map();
  const deadline = Date.now() + limits.run;
  const interrupt = () => {
    for (const [{ name, bundled }, guard] of running) {
      console.error([`interrupted: ${name}`, ...guard.open].join(" > "));
      endTest(bundled);
    }
    process.exit(130);
  };
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, interrupt);
  const total = processes.flatMap((it) => it.files).length;
  let done = 0;
  const times = new Map();
  const runOne = async (one, seen) => {
    const { name, bundled } = one;
    report.say(`starts ${name}`);
    const guard = new Guard(bundled, { limits, deadline });
    running.set(one, guard);
    const events = run({ files: [bundled], concurrency: 1, ...(patterns.length === 0 ? {} : { testNamePatterns: patterns }) });
    await report.take(timed(guard.watch(events), seen, root));
    running.delete(one);
    for (const it of endTest(bundled)) report.say(`${name} left running: ${it}`);
    if (guard.failure !== undefined) report.fail(name, guard.failure);
  };
  const lane = async (kind) => {
    for (let next = takeFor(kind, waiting); next !== undefined; next = takeFor(kind, waiting)) {
      const { name, files, bundled, needs } = next;
      const start = Date.now();
      const reason = hindrance(needs);
      const seen = new Map(files.map((it) => [it, 0]));
      if (reason !== undefined) for (const file of files) report.skip(file, reason);
      else if (start > deadline) report.fail(name, `not run: the whole run took more than ${limits.run / 1000} s`);
      else await runOne(next, seen);
      const wall = (Date.now() - start) / 1000;
      const cpu = cpuOf(clock, bundled);
      const all = [...seen.values()].reduce((sum, it) => sum + it, 0);
      for (const [file, time] of seen) {
        const part = all === 0 ? 1 / files.length : time / all;
        times.set(file, { wall: wall * part, cpu: cpu === undefined ? undefined : cpu * part });
      }
      done += files.length;
      report.say(`${done}/${total} ${name}: ${wall.toFixed(1)} s${cpu === undefined ? "" : `, ${cpu.toFixed(1)} s of CPU`}`);
    }
  };
  process.env.TLSLINT_WINDOWS = processes.find((it) => kindOf(it) === "browser")?.bundled ?? "";
  const windows = lane("browser").then(() => {
    process.env.TLSLINT_WINDOWS = "";
    return lane("longest");
  });
  await Promise.all([windows, lane("cargo"), lane("other")]);
  for (const signal of ["SIGINT", "SIGTERM"]) process.off(signal, interrupt);
  return times;
}

/**
 * What a lane runs next, taken out of what waits, which is in order. Cargo uses every core by itself: a second one beside it would only
 * wait for the first one's lock. Without more of it, and without windows, a lane takes what is longest, so that no long file is left to the
 * end, beside an idle core.
 */
export function takeFor(lane, waiting) {
  const own = waiting.findIndex((it) => kindOf(it) === lane);
  const takesLongest = lane === "cargo" || lane === "longest";
  const at = own >= 0 || !takesLongest ? own : waiting.findLastIndex((it) => kindOf(it) === "other");
  return at < 0 ? undefined : waiting.splice(at, 1)[0];
}

const kindOf = ({ needs }) => ["browser", "cargo"].find((it) => needs.includes(it)) ?? "other";

/** Hands the events on, and adds up how long the tests of each file take. */
async function* timed(events, seen, root) {
  const names = new Map([...seen.keys()].map((it) => [join(root, it), it]));
  let file;
  for await (const event of events) {
    const { type, data } = event;
    if (data.nesting === 0 && (type === "test:pass" || type === "test:fail")) {
      // A test that a helper declares is the file's whose tests come before it.
      file = names.get(data.file) ?? file ?? [...seen.keys()][0];
      seen.set(file, seen.get(file) + data.details.duration_ms);
    }
    yield event;
  }
}

function cpuOf(clock, bundled) {
  if (!existsSync(clock)) return undefined;
  const lines = readFileSync(clock, "utf8").trimEnd().split("\n");
  return lines.map((it) => JSON.parse(it)).find(({ file }) => file === bundled)?.cpu;
}
