/** Programs that single tests start beside Node: where one is missing, they are skipped by name, unless everything has to run. */
import { spawnSync } from "node:child_process";

export const skipWithout = (program: string, ...version: readonly string[]): false | string =>
  process.env["CI"] === "true" || spawnSync(program, version, { stdio: "ignore" }).status === 0
    ? false
    : `not run: ${program} is not installed`;
