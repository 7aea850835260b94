/** Making a folder and those above it, for what is kept: open to the user alone. */
import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { codeOf } from "./system-errors.ts";

/**
 * Node's own recursion never ends where a system says `ENOENT` below a folder that is there, as `/proc` does. Here each step up is taken only
 * where there is nothing.
 */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
    const above = dirname(path);
    if (codeOf(error) !== "ENOENT" || statSync(above, { throwIfNoEntry: false }) !== undefined) throw error;
    makeFolder(above);
    makeFolder(path);
  }
}
