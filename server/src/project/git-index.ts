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
/** The bits of the flags that hold the length of the name, and the length from which on they are all set. */
const LONGEST = 0xfff;
/** `link`: the extension of a split index. */
const LINK = 0x6c696e6b;

/** The names in an index, and the hash of the index that it is laid over (`split-index`). */
interface Index {
  readonly paths: readonly string[];
  readonly shared: string | undefined;
}

/** Undefined: not an index of these versions. Objects are named by 20 bytes, by 32 in a repository of SHA-256. */
const indexOf = (bytes: Uint8Array): Index | undefined => indexWith(bytes, 20) ?? indexWith(bytes, 32);

/** In the order of the index. An entry says how long its name is: with the wrong hash none of it fits. */
function indexWith(bytes: Uint8Array, hashBytes: number): Index | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEADER || view.getUint32(0) !== 0x44495243) return undefined;
  const version = view.getUint32(4);
  if (version < 2 || version > 4) return undefined;
  const paths: string[] = [];
  const decoder = new TextDecoder();
  /** Prefixes are counted in bytes: one character a byte. */
  let previous = "";
  let at = HEADER;
  for (let left = view.getUint32(8); left > 0; left--) {
    const flagsAt = at + STAT_BYTES + hashBytes;
    if (flagsAt + 2 > bytes.length) return undefined;
    const flags = view.getUint16(flagsAt);
    const nameAt = flagsAt + (version >= 3 && (flags & EXTENDED) !== 0 ? 4 : 2);
    const { value, next } = version === 4 ? offsetAt(bytes, nameAt) : { value: previous.length, next: nameAt };
    const end = bytes.indexOf(0, next);
    if (end < 0) return undefined;
    previous = previous.slice(0, Math.max(0, previous.length - value)) + latin(bytes.subarray(next, end));
    if (Math.min(previous.length, LONGEST) !== (flags & LONGEST)) return undefined;
    // Before version 4 padded with one to eight zeros to a multiple of eight.
    at = version === 4 ? end + 1 : at + (((end - at + 8) >> 3) << 3);
    // An entry that only changes one of the shared index has no name of its own.
    if (previous !== "") paths.push(decoder.decode(Uint8Array.from(previous, (it) => it.charCodeAt(0))));
  }
  return { paths, shared: sharedBy(view, at, hashBytes) };
}

/** Extensions follow the entries: a signature of four bytes, a length, and the contents. */
function sharedBy(view: DataView, from: number, hashBytes: number): string | undefined {
  for (let at = from; at + 8 + hashBytes <= view.byteLength; at += 8 + view.getUint32(at + 4)) {
    if (view.getUint32(at) !== LINK) continue;
    const name = Array.from({ length: hashBytes }, (_, index) =>
      view
        .getUint8(at + 8 + index)
        .toString(16)
        .padStart(2, "0"),
    ).join("");
    return /^0+$/.test(name) ? undefined : name;
  }
  return undefined;
}

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

/** What git has of a repository. */
export class Tracked {
  /** The index that could not be read: then nothing is known of what git has. */
  readonly unreadable: string | undefined;
  readonly #folder: string;
  readonly #paths: ReadonlySet<string>;
  #folders: ReadonlySet<string> | undefined;

  constructor(folder: string, paths: Iterable<string>, unreadable?: string) {
    this.unreadable = unreadable;
    this.#folder = folder;
    this.#paths = new Set([...paths].map(composed));
  }

  has(path: string): boolean {
    const inside = relativePath(this.#folder, path);
    return inside !== undefined && this.#paths.has(composed(inside));
  }

  /** Whether it has anything below a folder. */
  hasBelow(folder: string): boolean {
    this.#folders ??= foldersOf(this.#paths);
    const inside = relativePath(this.#folder, folder);
    return inside !== undefined && this.#folders.has(composed(inside));
  }
}

/** Git composes names (`core.precomposeUnicode`), and a folder of macOS may give them decomposed. */
const composed = (path: string): string => path.normalize("NFC");

function foldersOf(paths: Iterable<string>): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const path of paths)
    for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1)) {
      const folder = path.slice(0, at);
      // Those above it are there, too.
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  return folders;
}

/** The index is read when somebody asks, and again after `forget`. */
export class GitIndexes {
  readonly #disk: Disk;
  readonly #known: Map<string, Promise<Tracked | undefined>>;

  constructor(disk: Disk, from?: GitIndexes) {
    this.#disk = disk;
    this.#known = new Map(from ? from.#known : []);
  }

  forget(): void {
    this.#known.clear();
  }

  async tracks(path: string): Promise<boolean> {
    return (await this.around(folderOf(path)))?.has(path) === true;
  }

  /** Of the repository that a folder lies in. */
  around(folder: string): Promise<Tracked | undefined> {
    const known = this.#known.get(folder);
    if (known) return known;
    const search = this.#search(folder);
    this.#known.set(folder, search);
    return search;
  }

  async #search(folder: string): Promise<Tracked | undefined> {
    const base = folder === "/" ? "" : folder;
    const link = await this.#disk.readFile(`${base}/.git`);
    const home = link instanceof Uint8Array ? await this.#linked(folder, link) : `${base}/.git`;
    const index = home === undefined ? undefined : await this.#disk.readFile(`${home}/index`);
    if (home !== undefined && index !== undefined) {
      const paths = index instanceof Uint8Array ? await this.#pathsOf(index, home) : undefined;
      return new Tracked(folder, paths ?? [], paths ? undefined : `${home}/index`);
    }
    if (link !== undefined) return undefined;
    const parent = folderOf(folder);
    return parent === folder || parent === "" || !isWithin(parent, folder) ? undefined : this.around(parent);
  }

  /** Of a split index, those of the shared one, too: a few of them may have been removed since. */
  async #pathsOf(bytes: Uint8Array, home: string): Promise<readonly string[] | undefined> {
    const index = indexOf(bytes);
    if (index?.shared === undefined) return index?.paths;
    const shared = await this.#disk.readFile(`${home}/sharedindex.${index.shared}`);
    const below = shared instanceof Uint8Array ? indexOf(shared) : undefined;
    return below && [...below.paths, ...index.paths];
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
