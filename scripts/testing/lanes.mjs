/** Runs test files in two lanes, one for each core: what calls cargo in the first, one after the other, and all else beside it. */

import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { run } from "node:test";
import { hindrance } from "./plan.mjs";

/** `files` in order, each `{ name, bundled, needs }`; resolves to the seconds of each. */
export async function runInLanes(files, { patterns, clock, report }) {
  const waiting = [...files];
  let done = 0;
  const times = new Map();
  const take = (prefersCargo) => {
    const at = waiting.findIndex(({ needs }) => needs.includes("cargo") === prefersCargo);
    if (at >= 0) return waiting.splice(at, 1)[0];
    // Cargo uses every core by itself: a second one beside it would only wait for the first one's lock. Without more of it that lane takes
    // what is longest, so that no long file is left to the end, beside an idle core.
    return prefersCargo ? waiting.pop() : undefined;
  };
  const lane = async (prefersCargo) => {
    for (let next = take(prefersCargo); next !== undefined; next = take(prefersCargo)) {
      const { name, bundled, needs } = next;
      const start = Date.now();
      const reason = hindrance(needs);
      if (reason !== undefined) report.skip(name, reason);
      else await report.take(run({ files: [bundled], concurrency: 1, ...(patterns.length === 0 ? {} : { testNamePatterns: patterns }) }));
      const wall = (Date.now() - start) / 1000;
      const cpu = cpuOf(clock, bundled);
      times.set(name, { wall, cpu });
      done++;
      report.say(`${done}/${files.length} ${name}: ${wall.toFixed(1)} s${cpu === undefined ? "" : `, ${cpu.toFixed(1)} s of CPU`}`);
    }
  };
  await Promise.all([lane(true), lane(false)]);
  return times;
}

function cpuOf(clock, bundled) {
  if (!existsSync(clock)) return undefined;
  const lines = readFileSync(clock, "utf8").trimEnd().split("\n");
  return lines.map((it) => JSON.parse(it)).find(({ file }) => basename(file) === basename(bundled) && file === bundled)?.cpu;
}
