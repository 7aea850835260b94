/** The file of `--output`: the user names it, but within the project it may be a link that somebody else put there. */
import { constants } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Pieces } from "../pieces.ts";
import { boundaryOf, isBelow } from "./boundary.ts";
import { type FileSystem, NEW_FILE, statusOf } from "./file-system.ts";
import { sentenceOf } from "./system-errors.ts";

const { O_WRONLY, O_TRUNC, O_CREAT, O_NOFOLLOW = 0 } = constants;

/** Undefined when it was written, else why not. `path` is absolute. Outside of the roots links are the user's own. */
export function writeOutput(files: FileSystem, roots: readonly string[], path: string, text: string | Pieces): string | undefined {
  try {
    const boundary = boundaryOf(files, roots);
    const folder = boundary.real(dirname(path));
    const real = boundary.real(path) ?? (folder === undefined ? path : join(folder, basename(path)));
    const spelledWithin = roots.some((it) => isBelow(it, path)) || boundary.holds(path);
    const status = statusOf(files, real);
    if (spelledWithin && (!boundary.holds(real) || status?.isSymbolicLink())) return "it is a link that leads out of the project";
    // Of a file with several names only this one is the report's.
    if (spelledWithin && status?.isFile() && status.nlink > 1) files.unlinkSync(real);
    const isThere = statusOf(files, real) !== undefined;
    const handle = files.openSync(real, isThere ? O_WRONLY | O_TRUNC | (spelledWithin ? O_NOFOLLOW : O_CREAT) : NEW_FILE, 0o666);
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
