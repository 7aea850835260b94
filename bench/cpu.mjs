/** CPU seconds of a program and all that it starts, whoever wrote it: what the shell's `times` says when it has ended. */
import { spawnSync } from "node:child_process";

/** Least of some rounds: whatever else the machine does only adds to it. */
export function cpuOf(command, args, { cwd, rounds = 3 } = {}) {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) least = Math.min(least, once(command, args, cwd));
  return least;
}

function once(command, args, cwd) {
  const { stdout } = spawnSync("/bin/sh", ["-c", '"$0" "$@" >/dev/null 2>&1; times', command, ...args], { cwd, encoding: "utf8" });
  const [user, system] = stdout.trim().split("\n").at(-1).split(" ").map(secondsOf);
  return user + system;
}

/** `0m1.230s`, as POSIX has it. */
function secondsOf(text) {
  const [minutes, seconds] = text.replace("s", "").split("m");
  return Number(minutes) * 60 + Number(seconds);
}
