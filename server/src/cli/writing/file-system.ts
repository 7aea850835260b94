/** The system calls that writing takes, so that tests can fail or end the process at each of them. */
import * as node from "node:fs";

export type FileSystem = Pick<
  typeof node,
  | "accessSync"
  | "closeSync"
  | "fchmodSync"
  | "fchownSync"
  | "fstatSync"
  | "fsyncSync"
  | "linkSync"
  | "lstatSync"
  | "mkdirSync"
  | "openSync"
  | "readFileSync"
  | "readdirSync"
  | "realpathSync"
  | "renameSync"
  | "unlinkSync"
  | "writeFileSync"
>;

export const nodeFileSystem: FileSystem = node;

const { O_CREAT, O_EXCL, O_RDONLY, O_WRONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = node.constants;

/** Fails where anything of that name is there, a link that leads nowhere among it. */
export const NEW_FILE = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW;
/** Neither through a link, nor waiting for somebody at the other end of a pipe. */
export const NO_LINK = O_RDONLY | O_NOFOLLOW | O_NONBLOCK;

/** Undefined where there is nothing; a link is a link. */
export const statusOf = (files: FileSystem, path: string): node.Stats | undefined => files.lstatSync(path, { throwIfNoEntry: false });

/** What was renamed or created in a folder stays so when the power fails. Not every system can do that for a folder. */
export function syncFolder(files: FileSystem, folder: string): void {
  let handle: number | undefined;
  try {
    handle = files.openSync(folder, O_RDONLY);
    files.fsyncSync(handle);
  } catch {
    // Windows opens no folders, and a folder that may be written need not be readable.
  } finally {
    if (handle !== undefined) files.closeSync(handle);
  }
}

/** Whether it is there no more; that it never was is as good. */
export function remove(files: FileSystem, path: string): void {
  if (statusOf(files, path) !== undefined) files.unlinkSync(path);
}
