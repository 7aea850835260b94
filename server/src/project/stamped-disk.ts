/** What was read of the disk, so that it can be found out what has changed since where nobody tells: of each file and folder its stamp. */
import type { Disk, Entry } from "./files.ts";

export class StampedDisk implements Disk {
  readonly #disk: Disk;
  /** As it was when it was first read; undefined: it was not there. */
  readonly #stamps = new Map<string, string | undefined>();
  /** Whether it is to be found out: it takes a call for each file. */
  keeps = false;

  constructor(disk: Disk) {
    this.#disk = disk;
  }

  async readFile(path: string): ReturnType<Disk["readFile"]> {
    await this.#note(path);
    return this.#disk.readFile(path);
  }

  async readStart(path: string, count: number): ReturnType<NonNullable<Disk["readStart"]>> {
    await this.#note(path);
    return this.#disk.readStart ? this.#disk.readStart(path, count) : this.#disk.readFile(path);
  }

  async readFolder(path: string): Promise<readonly Entry[] | undefined> {
    await this.#note(path);
    return this.#disk.readFolder(path);
  }

  async realPath(path: string): Promise<string | undefined> {
    return this.#disk.realPath?.(path);
  }

  /** What changed since it was read or since the last time, with the files that appeared in a folder; empty: too much to tell. */
  async changed(): Promise<readonly string[] | undefined> {
    const found: string[] = [];
    let everything = false;
    for (const [path, before] of this.#stamps) {
      const now = await this.#disk.stamp?.(path);
      if (now === before) continue;
      this.#stamps.set(path, now);
      found.push(path);
      for (const { name, folder } of (await this.#disk.readFolder(path)) ?? []) {
        const inside = `${path === "/" ? "" : path}/${name}`;
        if (this.#stamps.has(inside)) continue;
        // What lies in a new folder, nobody has looked at.
        everything ||= folder;
        found.push(inside);
      }
    }
    return found.length === 0 ? undefined : everything ? [] : found;
  }

  /** Before it is read: what changes meanwhile is noticed. */
  async #note(path: string): Promise<void> {
    if (this.keeps && this.#disk.stamp && !this.#stamps.has(path)) this.#stamps.set(path, await this.#disk.stamp(path));
  }
}
