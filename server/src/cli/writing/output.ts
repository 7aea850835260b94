/** The files of `--output` and `--baseline`: the user names them, but within the project they may be links that somebody else put there. */
import { constants, type Stats } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Pieces } from "../pieces.ts";
import { boundaryOf, isBelow } from "./boundary.ts";
import { type FileSystem, NEW_FILE, remove, statusOf, syncFolder } from "./file-system.ts";
import { beside, stage } from "./steps.ts";
import { sentenceOf } from "./system-errors.ts";

const { O_WRONLY, O_TRUNC, O_CREAT, O_NOFOLLOW = 0 } = constants;

/** Undefined when it was written, else why not. `path` is absolute. Outside of the roots links are the user's own. */
export function writeOutput(files: FileSystem, roots: readonly string[], path: string, text: string | Pieces): string | undefined {
  try {
    const { real, status, isWithin, refused } = targetOf(files, roots, path);
    if (refused !== undefined) return refused;
    // Of a file with several names only this one is the report's.
    const isUnlinked = isWithin && status?.isFile() === true && status.nlink > 1;
    if (isUnlinked) files.unlinkSync(real);
    const isThere = status !== undefined && !isUnlinked;
    const handle = files.openSync(real, isThere ? O_WRONLY | O_TRUNC | (isWithin ? O_NOFOLLOW : O_CREAT) : NEW_FILE, 0o666);
    try {
      for (const it of typeof text === "string" ? [text] : text) files.writeFileSync(handle, it);
    } finally {
      files.closeSync(handle);
    }
    return undefined;
  } catch (error) {
    return sentenceOf(error);
  }
}

/** The same for a file that is read again: what is there stays until all of the new text is on the disk. */
export function replaceOutput(files: FileSystem, roots: readonly string[], path: string, text: string): string | undefined {
  let staged: string | undefined;
  try {
    const { real, status, refused } = targetOf(files, roots, path);
    if (refused !== undefined) return refused;
    if (status !== undefined && !status.isFile()) return status.isDirectory() ? "it is a folder" : "it is no regular file";
    const next = beside(real);
    staged = next;
    stage(files, next, text, { mode: status?.mode ?? NEW_MODE });
    files.renameSync(next, real);
    syncFolder(files, dirname(real));
    return undefined;
  } catch (error) {
    const reason = sentenceOf(error);
    if (staged !== undefined) removeStaged(files, staged);
    return reason;
  }
}

const NEW_MODE = 0o644;

function removeStaged(files: FileSystem, path: string): void {
  try {
    remove(files, path);
  } catch {
    // Why it could not be written is what is told.
  }
}

interface Target {
  readonly real: string;
  readonly status: Stats | undefined;
  /** The user names it as part of the project. */
  readonly isWithin: boolean;
  readonly refused?: string;
}

function targetOf(files: FileSystem, roots: readonly string[], path: string): Target {
  const boundary = boundaryOf(files, roots);
  const folder = boundary.real(dirname(path));
  const real = boundary.real(path) ?? (folder === undefined ? path : join(folder, basename(path)));
  const isWithin = roots.some((it) => isBelow(it, path)) || boundary.holds(path);
  const status = statusOf(files, real);
  const leadsOut = isWithin && (!boundary.holds(real) || status?.isSymbolicLink());
  return { real, status, isWithin, ...(leadsOut && { refused: "it is a link that leads out of the project" }) };
}
