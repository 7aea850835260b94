/**
 * Ends test processes with all that they started: what is below them, and what carries their mark in its environment because its parent is
 * gone. Where there is no /proc nothing is found.
 */

import { readdirSync, readFileSync } from "node:fs";

/** A test process names its own bundle in this variable (clock.mjs), and all that it starts inherits it. */
export const MARK = "TLSLINT_TEST_PROCESS";

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

/** Those of one test process: its own, all below it, and what carries its mark and is of no other one's. */
function ofTest(bundled) {
  const all = running();
  const own = all.filter(({ pid, parent }) => parent === process.pid && read(pid, "cmdline").split("\0").includes(bundled));
  const marked = all.filter(({ pid }) => pid !== process.pid && read(pid, "environ").split("\0").includes(`${MARK}=${bundled}`));
  return [...new Set([...own, ...marked].flatMap(({ pid }) => [pid, ...below(pid, all)]))];
}

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

function kill(pid) {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It is gone.
  }
}
