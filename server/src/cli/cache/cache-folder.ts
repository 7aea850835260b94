/**
 * The folder in which runs are kept: the user's own, and of bounded size. A file in it is taken only where it is the user's, nobody else
 * may write it, and no link led there; one is written beside and renamed, so that runs at once leave one whole file.
 */
import { randomBytes } from "node:crypto";
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { makeFolder } from "../writing/make-folder.ts";
import { codeOf, sentenceOf } from "../writing/system-errors.ts";

/** Of all runs, and of one: a workspace of fifty thousand files takes some ten megabytes. */
const MOST_BYTES = 256 * 1024 * 1024;
const LARGEST = 64 * 1024 * 1024;
const ENDING = ".findings";
/** What a killed run left beside. */
const STAGED = /^[0-9a-f]{32}\.[0-9a-f]{16}$/;
const ABANDONED = 60 * 60 * 1000;

/** Where runs are kept unless it is said; undefined where there is no such place. */
export function cacheFolder(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const { XDG_CACHE_HOME: cache, LOCALAPPDATA: local, HOME: home } = environment;
  const base = cache || (process.platform === "win32" ? local : home && join(home, ".cache"));
  return base ? join(base, "tlslint", "findings") : undefined;
}

export type Read = { readonly bytes: Buffer } | { readonly refused: string } | undefined;

export class CacheFolder {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** Undefined: there is none. */
  read(name: string): Read {
    const file = this.#fileOf(name);
    let handle: number | undefined;
    try {
      handle = openSync(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
      const stats = fstatSync(handle);
      const refused = stats.isFile() ? strangerOf(stats) : "it is no regular file";
      if (refused !== undefined) return { refused };
      if (stats.size > LARGEST) return { refused: `it has ${stats.size} bytes` };
      return { bytes: readFileSync(handle) };
    } catch (error) {
      const code = codeOf(error);
      if (code === "ENOENT" || code === "ENOTDIR") return undefined;
      return { refused: code === "ELOOP" ? "it is a link" : sentenceOf(error) };
    } finally {
      if (handle !== undefined) closeSync(handle);
    }
  }

  /** Undefined when it was written, or is too long, else why not. */
  write(name: string, parts: Iterable<Uint8Array>): string | undefined {
    const staged = join(this.#path, `${name}.${randomBytes(8).toString("hex")}`);
    try {
      makeFolder(this.#path);
      const refused = strangerOf(lstatSync(this.#path));
      if (refused !== undefined) return refused;
      const length = writeParts(staged, parts);
      this.#makeRoom(length ?? 0);
      if (length === undefined) rmSync(staged, { force: true });
      else renameSync(staged, this.#fileOf(name));
      return undefined;
    } catch (error) {
      attempt(() => rmSync(staged, { force: true }));
      return sentenceOf(error);
    }
  }

  /** It was of use: others go first when there is no room. */
  touch(name: string): void {
    const now = new Date();
    attempt(() => utimesSync(this.#fileOf(name), now, now));
  }

  /** Those that were of no use for the longest time go. */
  #makeRoom(bytes: number): void {
    const found = readdirSync(this.#path).flatMap((name) => {
      const path = join(this.#path, name);
      const stats = attempt(() => lstatSync(path));
      if (stats === undefined || !stats.isFile()) return [];
      if (STAGED.test(name) && stats.mtimeMs < Date.now() - ABANDONED) attempt(() => rmSync(path, { force: true }));
      return name.endsWith(ENDING) ? [{ path, size: stats.size, used: stats.mtimeMs }] : [];
    });
    let room = MOST_BYTES - bytes - found.reduce((sum, it) => sum + it.size, 0);
    for (const { path, size } of found.toSorted((a, b) => a.used - b.used)) {
      if (room >= 0) break;
      attempt(() => rmSync(path, { force: true }));
      room += size;
    }
  }

  #fileOf(name: string): string {
    return join(this.#path, `${name}${ENDING}`);
  }
}

/** How many bytes they have; undefined: too many, and not all of them are written. */
function writeParts(path: string, parts: Iterable<Uint8Array>): number | undefined {
  const handle = openSync(path, "wx", 0o600);
  let length = 0;
  try {
    for (const it of parts) {
      length += it.length;
      if (length > LARGEST) return undefined;
      writeFileSync(handle, it);
    }
    return length;
  } finally {
    closeSync(handle);
  }
}

/** Why a file or folder is not the user's own. */
function strangerOf({ uid, mode }: { readonly uid: number; readonly mode: number }): string | undefined {
  if (process.getuid === undefined) return undefined;
  if (uid !== process.getuid()) return "it belongs to another user";
  return (mode & 0o022) === 0 ? undefined : "others may write it";
}

function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
