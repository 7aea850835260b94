/** Which files may be changed, created or given other permissions, and where they truly lie. */
import { constants, type Stats } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Boundary } from "./boundary.ts";
import { type FileSystem, NO_LINK, statusOf } from "./file-system.ts";
import { sentenceOf } from "./system-errors.ts";

export interface Refused {
  readonly refused: string;
}
export interface Target {
  /** Free of links, within the roots. */
  readonly path: string;
  readonly status: Stats;
}

export class Targets {
  readonly #files: FileSystem;
  readonly #boundary: Boundary;
  readonly #shown: (path: string) => string;

  constructor(files: FileSystem, boundary: Boundary, shown: (path: string) => string) {
    this.#files = files;
    this.#boundary = boundary;
    this.#shown = shown;
  }

  /** A file that still has this text. */
  existing(path: string, text: string): Target | Refused {
    const found = this.#regular(path);
    if ("refused" in found) return found;
    try {
      // Bytes: what is not UTF-8 would be lost in writing.
      if (!this.#files.readFileSync(found.path).equals(Buffer.from(text, "utf8")))
        return { refused: `${this.#shown(path)} was changed by someone else meanwhile, or is not UTF-8` };
      this.#files.accessSync(found.path, constants.W_OK);
    } catch (error) {
      return { refused: `${this.#shown(path)} cannot be written: ${sentenceOf(error)}` };
    }
    // Root may write what is marked read-only; the mark is the user's wish all the same.
    return (found.status.mode & 0o222) === 0 ? { refused: `${this.#shown(path)} is read-only` } : found;
  }

  /** Where a file would come to lie that is not there yet. */
  absent(path: string): { readonly path: string } | Refused {
    try {
      const folder = this.#boundary.real(dirname(path));
      if (folder === undefined) return { refused: `the folder of ${this.#shown(path)} is not there any more` };
      const real = join(folder, basename(path));
      if (!this.#boundary.holds(real)) return { refused: `${this.#shown(path)} would lie outside of the project` };
      return statusOf(this.#files, real) === undefined ? { path: real } : { refused: `${this.#shown(path)} is there already` };
    } catch (error) {
      return { refused: `${this.#shown(path)} cannot be created: ${sentenceOf(error)}` };
    }
  }

  /** Undefined when the file has its permissions, else why not. */
  setMode(path: string, mode: number): string | undefined {
    const found = this.#regular(path);
    if ("refused" in found) return found.refused;
    try {
      const handle = this.#files.openSync(found.path, NO_LINK);
      try {
        this.#files.fchmodSync(handle, mode);
      } finally {
        this.#files.closeSync(handle);
      }
      return undefined;
    } catch (error) {
      return `the permissions of ${this.#shown(path)} cannot be set: ${sentenceOf(error)}`;
    }
  }

  #regular(path: string): Target | Refused {
    try {
      const real = this.#boundary.real(path);
      if (real === undefined) return { refused: `${this.#shown(path)} is not there any more` };
      if (!this.#boundary.holds(real)) return { refused: `${this.#shown(path)} is a link that leads out of the project` };
      const status = statusOf(this.#files, real);
      return status?.isFile() === true ? { path: real, status } : { refused: `${this.#shown(path)} is no regular file` };
    } catch (error) {
      return { refused: `${this.#shown(path)} cannot be written: ${sentenceOf(error)}` };
    }
  }
}
