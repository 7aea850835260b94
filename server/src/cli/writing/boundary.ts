/** The folders that may be written: a path counts by where its links lead, not by how it is spelled. */
import { isAbsolute, relative, sep } from "node:path";
import type { FileSystem } from "./file-system.ts";
import { codeOf, sentenceOf } from "./system-errors.ts";

export interface Boundary {
  /** Where the path leads, within the roots or not; undefined where it leads to nothing. */
  real(path: string): string | undefined;
  /** Of a path that `real` gave. */
  holds(real: string): boolean;
}

export function boundaryOf(files: FileSystem, roots: readonly string[]): Boundary {
  const real = (path: string): string | undefined => {
    try {
      return files.realpathSync(path);
    } catch (error) {
      if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return undefined;
      throw error;
    }
  };
  const tops = roots.flatMap((root) => {
    try {
      return real(root) ?? [];
    } catch (error) {
      // What cannot be resolved holds nothing.
      sentenceOf(error);
      return [];
    }
  });
  return { real, holds: (path) => tops.some((top) => isBelow(top, path)) };
}

export function isBelow(top: string, path: string): boolean {
  const inside = relative(top, path);
  return inside !== ".." && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
}
