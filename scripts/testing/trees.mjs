/**
 * Ends test processes with all that they started: what is below them, and what carries their mark in its environment because its parent is
 * gone. Where there is no /proc nothing is found.
 */

import { existsSync, readdirSync, readFileSync } from "node:fs";

/** A test process names its own bundle in this variable (clock.mjs), and all that it starts inherits it. */
export const MARK = "TLSLINT_TEST_PROCESS";

/** What a test process is sent to write down, beside its bundle, what keeps it from ending (clock.mjs). */
export const ASKED = "SIGUSR2";
export const openFile = (bundled) => `${bundled}.open`;

function read(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "latin1");
  } catch {
    return "";
  }
}

/** What runs now, as pid and parent. What has ended and waits for its parent runs no more. */
function running() {
  const pids = process.platform === "linux" ? readdirSync("/proc").filter((it) => /^\d+$/.test(it)) : [];
  return pids.flatMap((pid) => {
    // The second field is a command in brackets, which may hold anything.
    const [state, parent] = read(pid, "stat")
      .replace(/^.*\) /s, "")
      .split(" ");
    return parent === undefined || state === "Z" || state === "X" ? [] : [{ pid: Number(pid), parent: Number(parent) }];
  });
}

/** The processes below this one. */
function below(top, all = running()) {
  const found = new Set([top]);
  for (const it of found) for (const { pid, parent } of all) if (parent === it) found.add(pid);
  found.delete(top);
  return [...found];
}

const ownOf = (bundled, all) =>
  all.filter(({ pid, parent }) => parent === process.pid && read(pid, "cmdline").split("\0").includes(bundled));

/** Those of one test process: its own, all below it, and what carries its mark and is of no other one's. */
function ofTest(bundled) {
  const all = running();
  const own = ownOf(bundled, all);
  const marked = all.filter(({ pid }) => pid !== process.pid && read(pid, "environ").split("\0").includes(`${MARK}=${bundled}`));
  return [...new Set([...own, ...marked].flatMap(({ pid }) => [pid, ...below(pid, all)]))];
}

/** Asks it what keeps it from ending; it answers when it has a turn. */
export function askTest(bundled) {
  for (const { pid } of ownOf(bundled, running())) kill(pid, ASKED);
}

/** What it answered. */
export const keeping = (bundled) => (existsSync(openFile(bundled)) ? readFileSync(openFile(bundled), "utf8") : "it does not answer");

/** Ends a test process and its descendants, also those that start meanwhile; the commands of what was ended. */
export const endTest = (bundled) => end(() => ofTest(bundled));

/** Ends a process that this one started, and its descendants. */
export const endTree = (pid) => end(() => running().flatMap((it) => (it.pid === pid ? [pid, ...below(pid)] : [])));

function end(find) {
  const commands = new Map();
  for (let round = 0; round < 100; round++) {
    const some = find();
    if (some.length === 0) break;
    for (const pid of some) {
      commands.set(pid, commands.get(pid) ?? read(pid, "cmdline").replaceAll("\0", " ").trim());
      kill(pid);
    }
  }
  return [...commands.values()].map((it) => (it.length > 200 ? `${it.slice(0, 200)}…` : it));
}

function kill(pid, signal = "SIGKILL") {
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone.
  }
}
