/**
 * Loaded before a test file: writes down, when it ends, what time it took, its own processes and those that it started, which it marks as
 * its own; and, when it is asked, what keeps it from ending. While windows are looked at, all else gives way to them.
 */

import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { constants, getPriority, setPriority } from "node:os";
import { isMainThread } from "node:worker_threads";
import { ASKED, MARK, openFile } from "./trees.mjs";

const log = process.env.TLSLINT_CLOCK;
/** Linux counts in hundredths of a second, for processes that were waited for. */
const TICKS = 100;
/** As `nice` does without a number. What a process starts has its priority. */
const GIVES_WAY = 10;

function ofChildren() {
  try {
    const fields = readFileSync("/proc/self/stat", "utf8")
      .replace(/^.*\) /, "")
      .split(" ");
    return (Number(fields[13]) + Number(fields[14])) / TICKS;
  } catch {
    return 0;
  }
}

if (log && isMainThread && process.argv[1]?.endsWith(".test.cjs")) {
  process.env[MARK] = process.argv[1];
  const windows = process.env.TLSLINT_WINDOWS;
  if (windows && windows !== process.argv[1]) setPriority(Math.min(getPriority() + GIVES_WAY, constants.priority.PRIORITY_LOW));
  process.on(ASKED, () => writeFileSync(openFile(process.argv[1]), process.getActiveResourcesInfo().join(", ")));
  process.on("exit", () => {
    const { user, system } = process.cpuUsage();
    const cpu = (user + system) / 1e6 + ofChildren();
    appendFileSync(log, `${JSON.stringify({ file: process.argv[1], wall: process.uptime(), cpu })}\n`);
  });
}
