/** Ends the process when one input holds it for too long, a blocked system call included, and says which input it was. */
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { Worker } from "node:worker_threads";

/** Of the clock on the wall: no input takes a hundredth of it on an idle machine. */
const SECONDS = 120;

/** A thread of its own: whatever hangs, hangs in the first one. */
const WATCH = `
const { parentPort, workerData } = require("node:worker_threads");
const { appendFileSync } = require("node:fs");
let current = "nothing";
let since = Date.now();
parentPort.on("message", (name) => { current = name; since = Date.now(); });
setInterval(() => {
  if (Date.now() - since < workerData.seconds * 1000) return;
  appendFileSync(workerData.record, current + "\\n");
  process.kill(process.pid, "SIGKILL");
}, 1000);
`;

export interface Watchdog {
  begins(name: string): void;
  end(): Promise<number>;
}

/** What hung is noted down in `record`, a name a line. */
export function watchdog(record: string, seconds = SECONDS): Watchdog {
  mkdirSync(dirname(record), { recursive: true });
  const worker = new Worker(WATCH, { eval: true, workerData: { record, seconds } });
  return { begins: (name) => worker.postMessage(name), end: () => worker.terminate() };
}

export const recordedHangs = (record: string): ReadonlySet<string> =>
  new Set(
    existsSync(record)
      ? readFileSync(record, "utf8")
          .split("\n")
          .filter((it) => it !== "")
      : [],
  );
