/** The stamp of a path: where it is the same, nothing about the path has changed, unless it is too young to tell. */
import { lstatSync, type Stats } from "node:fs";

/** Inode, size, and the milliseconds of the last change of content and of anything. All are NaN where there is nothing. */
export type Stamp = readonly [inode: number, size: number, modified: number, changed: number];
export const NUMBERS = 4;

export interface Seen {
  readonly stamp: Stamp;
  readonly is: "missing" | "folder" | "file" | "other";
}

const MISSING: Seen = { stamp: [Number.NaN, Number.NaN, Number.NaN, Number.NaN], is: "missing" };

/** A link itself, not what it leads to. */
export function see(path: string): Seen {
  try {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    return stats === undefined ? MISSING : { stamp: [stats.ino, stats.size, stats.mtimeMs, stats.ctimeMs], is: kindOf(stats) };
  } catch {
    return { ...MISSING, is: "other" };
  }
}

const kindOf = (stats: Stats): Seen["is"] => (stats.isFile() ? "file" : stats.isDirectory() ? "folder" : "other");

export const isSame = (a: Stamp, b: Stamp): boolean => a.every((it, at) => Object.is(it, b[at]));

/** The coarsest clock of a file system, FAT's: what was written in the same tick as it was read may have been written again in it. */
const TICK = 2_000;

/** As git calls it, racily clean: a change after the stamp was taken might not show in it. */
export const isYoung = ({ stamp: [, , modified, changed] }: Seen, at: number): boolean => Math.max(modified, changed) > at - TICK;
