/**
 * Paths between the system and the program, which knows absolute ones with `/` alone: by the rules of Node's `path` for the system
 * at hand, which tests replace by those of another.
 */
import system, { type PlatformPath } from "node:path";

export type PathRules = Pick<PlatformPath, "isAbsolute" | "relative" | "resolve" | "sep">;

export interface SystemPaths {
  /** As the program names it. */
  inside(path: string): string;
  /** What somebody wrote, seen from the working directory. */
  resolve(path: string): string;
  /** For messages: relative where it lies below the working directory, else as it is. */
  shown(path: string): string;
  /** From a folder to a path below or beside it. */
  relative(folder: string, path: string): string;
}

export function systemPaths(cwd: string, rules: PathRules = system): SystemPaths {
  const inside = (path: string): string => (rules.sep === "\\" ? path.replaceAll("\\", "/") : path);
  return {
    inside,
    resolve: (path) => inside(rules.resolve(cwd, path)),
    relative: (folder, path) => inside(rules.relative(folder, path)),
    shown(path) {
      // Nearly all paths are of this form, and to work them out takes a tenth of a small run.
      if (rules.sep === "/" && path.startsWith(`${cwd}/`) && !UNTIDY.test(path)) return path.slice(cwd.length + 1);
      const below = rules.relative(cwd, path);
      const leaves = below === ".." || below.startsWith(`..${rules.sep}`) || rules.isAbsolute(below);
      return inside(below === "" ? "." : leaves ? path : below);
    },
  };
}

/** Steps that lead nowhere or back. */
const UNTIDY = /\/(?:\.{0,2})(?:\/|$)/;
