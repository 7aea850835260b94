/** That an answer came by itself: nothing failed inside and was contained, and the processor had no more to do than it should. */
import assert from "node:assert/strict";
import type { MemoryHost } from "./memory-host.ts";

/** Of the processor's time for one answer, on a machine with other work to do, too: what grows with the square takes minutes. */
const SECONDS = 10;

export interface Work {
  /** Since the last time, or since the beginning. */
  assertBounded(): void;
}

export function workOf(host: MemoryHost): Work {
  let before = process.cpuUsage();
  return {
    assertBounded() {
      assert.deepEqual(
        host.lines.filter(({ level }) => level === "error"),
        [],
        "an error was contained",
      );
      const now = process.cpuUsage();
      const spent = (now.user + now.system - before.user - before.system) / 1e6;
      assert.ok(spent < SECONDS, `${spent} s of the processor`);
      before = now;
    },
  };
}
