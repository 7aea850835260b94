/**
 * Which files git has: the names in the index of the repository around a folder, read as the file that it is. No process is started
 * and no other part of the repository is looked at. Format: gitformat-index(5), versions 2 to 4.
 */
import type { Disk } from "./files.ts";
import { folderOf, isWithin, nameOf, relativePath, resolvePath } from "./path.ts";

const HEADER = 12;
/** Times, device, inode, mode, owner and size of an entry, before the object's name. */
const STAT_BYTES = 40;
/** Set when two more bytes of flags follow (version 3 on). */
const EXTENDED = 0x4000;

/** Undefined: not an index of these versions. `hashBytes`: 20, or 32 in a SHA-256 repository. */
function trackedPaths(bytes: Uint8Array, hashBytes = 20): ReadonlySet<string> | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEADER || view.getUint32(0) !== 0x44495243) return undefined;
  const version = view.getUint32(4);
  if (version < 2 || version > 4) return undefined;
  const paths = new Set<string>();
  const decoder = new TextDecoder();
  let previous = "";
  let at = HEADER;
  for (let left = view.getUint32(8); left > 0; left--) {
    const flagsAt = at + STAT_BYTES + hashBytes;
    if (flagsAt + 2 > bytes.length) return undefined;
    const extended = version >= 3 && (view.getUint16(flagsAt) & EXTENDED) !== 0;
    let nameAt = flagsAt + (extended ? 4 : 2);
    if (version === 4) {
      const { value, next } = offsetAt(bytes, nameAt);
      const end = bytes.indexOf(0, next);
      if (end < 0) return undefined;
      previous = previous.slice(0, Math.max(0, previous.length - value)) + latin(bytes.subarray(next, end));
      at = end + 1;
    } else {
      const end = bytes.indexOf(0, nameAt);
      if (end < 0) return undefined;
      previous = latin(bytes.subarray(nameAt, end));
      // Padded with one to eight zeros to a multiple of eight.
      at += ((end - at + 8) >> 3) << 3;
      nameAt = end;
    }
    paths.add(decoder.decode(Uint8Array.from(previous, (it) => it.charCodeAt(0))));
  }
  return paths;
}

/** One character a byte: prefixes are counted in bytes. */
const latin = (bytes: Uint8Array): string => Array.from(bytes, (it) => String.fromCharCode(it)).join("");

/** The variable-length number of packs: each further byte adds one before it shifts. */
function offsetAt(bytes: Uint8Array, from: number): { readonly value: number; readonly next: number } {
  let at = from;
  let byte = bytes[at++] ?? 0;
  let value = byte & 0x7f;
  while ((byte & 0x80) !== 0 && at < bytes.length) {
    byte = bytes[at++] ?? 0;
    value = ((value + 1) << 7) | (byte & 0x7f);
  }
  return { value, next: at };
}

interface Repository {
  readonly folder: string;
  readonly paths: ReadonlySet<string>;
}

/** The index is read when somebody asks, and again after `forget`. */
export class GitIndexes {
  readonly #disk: Disk;
  readonly #known = new Map<string, Promise<Repository | undefined>>();

  constructor(disk: Disk) {
    this.#disk = disk;
  }

  forget(): void {
    this.#known.clear();
  }

  async tracks(path: string): Promise<boolean> {
    const repository = await this.#around(folderOf(path));
    const inside = repository && relativePath(repository.folder, path);
    return inside !== undefined && repository?.paths.has(inside) === true;
  }

  #around(folder: string): Promise<Repository | undefined> {
    const known = this.#known.get(folder);
    if (known) return known;
    const search = this.#search(folder);
    this.#known.set(folder, search);
    return search;
  }

  async #search(folder: string): Promise<Repository | undefined> {
    const base = folder === "/" ? "" : folder;
    const link = await this.#disk.readFile(`${base}/.git`);
    const home = link instanceof Uint8Array ? await this.#linked(folder, link) : `${base}/.git`;
    const index = home === undefined ? undefined : await this.#disk.readFile(`${home}/index`);
    if (link !== undefined || index !== undefined) {
      const paths = index instanceof Uint8Array ? trackedPaths(index) : undefined;
      return paths && { folder, paths };
    }
    const parent = folderOf(folder);
    return parent === folder || parent === "" || !isWithin(parent, folder) ? undefined : this.#around(parent);
  }

  /**
   * In a worktree or submodule `.git` is a file that names the folder. Anybody can write one: a worktree's folder names the worktree, too,
   * and where it does not it is somebody else's.
   */
  async #linked(folder: string, link: Uint8Array): Promise<string | undefined> {
    const target = /^gitdir: (.+)/.exec(new TextDecoder().decode(link))?.[1];
    if (target === undefined) return undefined;
    const home = resolvePath(folder, target.trim());
    if (nameOf(folderOf(home)) !== "worktrees") return home;
    const back = await this.#disk.readFile(`${home}/gitdir`);
    const worktree = back instanceof Uint8Array ? new TextDecoder().decode(back).trim() : undefined;
    return worktree !== undefined && resolvePath(home, worktree) === `${folder}/.git` ? home : undefined;
  }
}
