/** A campaign goes on where the last one ended, from where it is told to, past what hung; and what fails is written, shrunk. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { campaign, type Plan } from "./campaign.ts";
import { leftOut, type Subject } from "./subject.ts";
import { recordedHangs, watchdog } from "./watchdog.ts";

/** Numbers from 0 up to the input's own; it fails where 7 is among them. */
const subject: Subject<readonly number[]> = {
  name: "numbers",
  input: (seed, number) => Array.from({ length: number + 1 }, (_, at) => at * seed),
  judge: async (input) => (input.includes(7) ? "seven" : undefined),
  size: (input) => input.length,
  without: leftOut,
  files: (input) => ({ "input.txt": input.join() }),
};

test("it is resumed, and shrinks what fails", async (context) => {
  const base = mkdtempSync(join(tmpdir(), "tlslint-campaign-"));
  context.after(() => rmSync(base, { recursive: true }));
  const begun: string[] = [];
  const plan: Plan = {
    seed: 1,
    count: 5,
    seconds: 60,
    state: join(base, "state.json"),
    failures: join(base, "failures"),
    begins: (name) => begun.push(name),
  };
  context.mock.method(console, "log", () => {});
  assert.deepEqual((await campaign(subject, plan)).failed, []);
  const { next, done, failed } = await campaign(subject, { ...plan, count: 10 });
  assert.deepEqual([next, done, failed], [10, 10, [7, 8, 9]]);
  assert.equal(readFileSync(join(base, "failures/numbers-1-9/input.txt"), "utf8"), "7");
  assert.equal(readFileSync(join(base, "failures/numbers-1-9/wrong.txt"), "utf8"), "seven\n");
  assert.deepEqual(new Set(begun).size, 10);
  assert.deepEqual((await campaign(subject, { ...plan, count: 10, from: 8 })).failed, [7, 8, 9, 8, 9]);
  const hung = await campaign(subject, { ...plan, seed: 2, count: 3, hung: new Set(["numbers 2 1"]) });
  assert.deepEqual([hung.next, hung.failed], [3, [1]]);
});

const HANGING = process.env["TLSLINT_HANGS_IN"];
if (HANGING !== undefined) {
  watchdog(HANGING, 1).begins("numbers 1 4");
  // Once the other thread runs, nothing of this one does.
  setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0), 1000);
}

test("what hangs is ended, and known by its name", { skip: HANGING !== undefined }, (context) => {
  const base = mkdtempSync(join(tmpdir(), "tlslint-hung-"));
  context.after(() => rmSync(base, { recursive: true }));
  const record = join(base, "failures/hung.txt");
  const env = { ...process.env, TLSLINT_HANGS_IN: record };
  const { signal } = spawnSync(process.execPath, [process.argv[1] ?? ""], { env, timeout: 60_000 });
  assert.equal(signal, "SIGKILL");
  assert.deepEqual([...recordedHangs(record)], ["numbers 1 4"]);
});
