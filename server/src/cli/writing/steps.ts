/** The steps of a change to several files: staged beside their targets, put in place, taken back. Each can be done twice. */
import { createHash, randomBytes } from "node:crypto";
import type { Stats } from "node:fs";
import { dirname, join } from "node:path";
import { type FileSystem, NEW_FILE, remove, statusOf, syncFolder } from "./file-system.ts";
import type { Step } from "./journal.ts";
import { codeOf } from "./system-errors.ts";

/** No name of an attacker's, and none that any tool takes for a source or a certificate. */
export const beside = (target: string): string => join(dirname(target), `.tlslint-${randomBytes(16).toString("hex")}`);

export const digestOf = (content: string | Uint8Array): string => createHash("sha256").update(content).digest("hex");

/** A file that was not there, with this content, on the disk. Its owner is the one before; where that cannot be, it is not made. */
export function stage(
  files: FileSystem,
  path: string,
  text: string,
  like: Pick<Stats, "mode"> & Partial<Pick<Stats, "uid" | "gid">>,
): void {
  const handle = files.openSync(path, NEW_FILE, 0o600);
  try {
    files.writeFileSync(handle, text);
    const made = files.fstatSync(handle);
    const { uid = made.uid, gid = made.gid } = like;
    if (uid !== made.uid || gid !== made.gid) files.fchownSync(handle, uid, gid);
    files.fchmodSync(handle, like.mode & 0o7777);
    files.fsyncSync(handle);
  } finally {
    files.closeSync(handle);
  }
}

/** Undefined where there is no regular file. */
function contentDigest(files: FileSystem, path: string): string | undefined {
  return statusOf(files, path)?.isFile() === true ? digestOf(files.readFileSync(path)) : undefined;
}

/** The staged content is in place: nothing waits beside the target any more. */
const isDone = (files: FileSystem, { staged }: Step): boolean => statusOf(files, staged) === undefined;

/** Whether a step was done, or still can be: nobody changed its target since it was written down. */
export function isPossible(files: FileSystem, step: Step): boolean {
  if (isDone(files, step)) return true;
  if (step.replaces !== undefined) return contentDigest(files, step.target) === step.replaces.before;
  return statusOf(files, step.target) === undefined || isSame(files, step.staged, step.target);
}

export function apply(files: FileSystem, steps: readonly Step[]): void {
  for (const step of steps) {
    if (isDone(files, step)) continue;
    if (step.replaces === undefined) create(files, step);
    else files.renameSync(step.staged, step.target);
  }
  syncFolders(files, steps);
}

/** A second name is only given where there is no first: unlike a rename, it replaces nothing. */
function create(files: FileSystem, step: Step): void {
  try {
    files.linkSync(step.staged, step.target);
  } catch (error) {
    if (codeOf(error) !== "EEXIST" || !isSame(files, step.staged, step.target)) throw error;
  }
  files.unlinkSync(step.staged);
}

function isSame(files: FileSystem, one: string, other: string): boolean {
  const [a, b] = [statusOf(files, one), statusOf(files, other)];
  return a !== undefined && b !== undefined && a.ino === b.ino && a.dev === b.dev;
}

/** What is there as it was before. Targets that somebody changed since are left, and given back. */
export function undo(files: FileSystem, steps: readonly Step[]): readonly Step[] {
  const left: Step[] = [];
  for (const step of steps) {
    const copy = step.replaces?.copy;
    const touched = step.replaces === undefined ? isDone(files, step) || isSame(files, step.staged, step.target) : isDone(files, step);
    if (!touched) continue;
    const restorable = contentDigest(files, step.target) === step.after;
    if (step.replaces === undefined) {
      if (restorable) files.unlinkSync(step.target);
      else if (statusOf(files, step.target) !== undefined) left.push(step);
    } else if (copy !== undefined && statusOf(files, copy) !== undefined) {
      if (restorable) files.renameSync(copy, step.target);
      else left.push(step);
    }
  }
  syncFolders(files, steps);
  return left;
}

/** Nothing of ours stays beside the targets. */
export function sweep(files: FileSystem, steps: readonly Step[]): void {
  for (const { staged, replaces } of steps) {
    remove(files, staged);
    if (replaces?.copy !== undefined) remove(files, replaces.copy);
  }
}

function syncFolders(files: FileSystem, steps: readonly Step[]): void {
  for (const folder of new Set(steps.map((it) => dirname(it.target)))) syncFolder(files, folder);
}
