/** Files as the service sees them now: the text of an open document, else the bytes on disk. */
import { isForeign } from "./contents.ts";
import { type Decoded, decode, fromEditor } from "./decode.ts";
import { nameOf } from "./path.ts";

/** What the project needs of the world; the service's host provides it. */
export interface Disk {
  /** `outside`: it is there, and not to be opened. */
  readFile(path: string): Promise<Uint8Array | { readonly unreadable: string; readonly outside?: true } | undefined>;
  /** The first bytes of a file, all of them where there are fewer. */
  readStart?(path: string, count: number): Promise<Uint8Array | { readonly unreadable: string } | undefined>;
  readFolder(path: string): Promise<readonly Entry[] | undefined>;
  realPath?(path: string): Promise<string | undefined>;
  /** Differs when a file or a folder has changed; undefined where there is none. */
  stamp?(path: string): Promise<string | undefined>;
  /** Whether a path may be opened, wherever links lead; without it all may. */
  allows?(path: string): Promise<boolean>;
}

export interface Entry {
  readonly name: string;
  readonly folder: boolean;
  /** A symbolic link; one to a folder is not followed. */
  readonly link?: true;
  /** What it is where it is neither file nor folder, such as a pipe or a link that leads nowhere. */
  readonly irregular?: string;
}

export type Content =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "open"; readonly text: string }
  | { readonly kind: "missing" }
  | { readonly kind: "unreadable"; readonly reason: string; readonly outside?: true };

/** Most files are not larger, and read at once. */
const START_BYTES = 64 * 1024;

/** The small texts that many files depend on (manifests, ignore files, configuration) are kept until they are invalidated. */
export class Files {
  readonly #disk: Disk;
  readonly #open: Map<string, string>;
  readonly #kept: Map<string, Promise<Content>>;
  readonly #folders: Map<string, Promise<readonly Entry[] | undefined>>;

  /** `from`: what it sees now is known; what is opened and forgotten afterwards concerns one of the two. */
  constructor(disk: Disk, from?: Files) {
    this.#disk = disk;
    this.#open = new Map(from ? from.#open : []);
    this.#kept = new Map(from ? from.#kept : []);
    this.#folders = new Map(from ? from.#folders : []);
  }

  isOpen(path: string): boolean {
    return this.#open.has(path);
  }

  openText(path: string): string | undefined {
    return this.#open.get(path);
  }

  openPaths(): readonly string[] {
    return [...this.#open.keys()];
  }

  setOpen(path: string, text: string | undefined): void {
    if (text === undefined) this.#open.delete(path);
    else this.#open.set(path, text);
  }

  /** Empty: everything. */
  forget(paths: readonly string[]): void {
    if (paths.length === 0) {
      this.#kept.clear();
      this.#folders.clear();
    }
    for (const path of paths) this.#kept.delete(path);
    // A file may have appeared or vanished: which folders saw it is not worth finding out.
    this.#folders.clear();
  }

  async read(path: string): Promise<Content> {
    const open = this.#open.get(path);
    if (open !== undefined) return { kind: "open", text: open };
    const bytes = await this.#disk.readFile(path);
    if (bytes === undefined) return { kind: "missing" };
    if (bytes instanceof Uint8Array) return { kind: "bytes", bytes };
    return { kind: "unreadable", reason: bytes.unreadable, ...(bytes.outside && { outside: true }) };
  }

  /** What might hold certificates or keys; undefined where its first bytes rule that out, as of pictures and programs. */
  async look(path: string): Promise<Uint8Array | { readonly unreadable: string } | undefined> {
    const open = this.#open.get(path);
    if (open !== undefined) return new TextEncoder().encode(open);
    const start = await this.#disk.readStart?.(path, START_BYTES);
    if (start instanceof Uint8Array && start.length < START_BYTES) return start;
    if (start !== undefined && (!(start instanceof Uint8Array) || isForeign(start))) return start instanceof Uint8Array ? undefined : start;
    return this.#disk.readFile(path);
  }

  /** `read`, remembered. */
  async readKept(path: string): Promise<Content> {
    const open = this.#open.get(path);
    if (open !== undefined) return { kind: "open", text: open };
    const known = this.#kept.get(path);
    if (known) return known;
    const reading = this.read(path);
    this.#kept.set(path, reading);
    return reading;
  }

  /** What `readKept` remembers of a file. */
  kept(path: string): Promise<Content> | undefined {
    return this.#kept.get(path);
  }

  /** Whether a path that may be a link, or lead through one, ends inside of the workspace. */
  async mayOpen(path: string): Promise<boolean> {
    return this.isOpen(path) || (await this.#disk.allows?.(path)) !== false;
  }

  /** How a disk that knows a file under other spellings, too, calls it itself; undefined where there is none. */
  async nameOnDisk(path: string): Promise<string | undefined> {
    const real = await this.#disk.realPath?.(path);
    return real === undefined ? undefined : nameOf(real);
  }

  /** The files and folders in it. */
  async readFolder(path: string): Promise<readonly Entry[] | undefined> {
    return (await this.entries(path))?.filter((it) => it.irregular === undefined);
  }

  /** With what is neither. */
  async entries(path: string): Promise<readonly Entry[] | undefined> {
    const known = this.#folders.get(path);
    if (known) return known;
    const reading = this.#disk.readFolder(path);
    this.#folders.set(path, reading);
    return reading;
  }
}

/** The text of a content, if it is text at all. */
export function textOf(content: Content): Decoded | undefined {
  if (content.kind === "open") return fromEditor(content.text);
  return content.kind === "bytes" ? decode(content.bytes) : undefined;
}

export const bytesOf = (content: Content): Uint8Array | undefined =>
  content.kind === "open" ? new TextEncoder().encode(content.text) : content.kind === "bytes" ? content.bytes : undefined;

/** Why there is nothing to analyse. */
export function absence(content: Content): string | undefined {
  if (content.kind === "missing") return "there is no such file";
  return content.kind === "unreadable" ? `it cannot be read: ${content.reason}` : undefined;
}
