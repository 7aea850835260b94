/** A disk in memory with permissions, on which the server can do what it does to key files. */
import { type MemoryHost, memoryHost } from "../../harness/memory-host.ts";
import type { Files } from "./worlds.ts";

export interface Disk extends MemoryHost {
  readonly modes: Map<string, number>;
  /** The same files with a log of its own. */
  again(): Disk;
}

const NEW = 0o644;

export const diskOf = (files: Files): Disk => disk(new Map(Object.entries(files)), new Map());

function disk(contents: MemoryHost["contents"], modes: Map<string, number>): Disk {
  const host = memoryHost({});
  for (const [path, content] of contents) host.contents.set(path, content);
  return {
    ...host,
    modes,
    again: () => disk(host.contents, modes),
    permissions: async (path) => (host.contents.has(path) ? (modes.get(path) ?? NEW) : undefined),
    setPermissions: async (path, mode) => {
      if (!host.contents.has(path)) return "there is no such file or folder";
      modes.set(path, mode);
      return undefined;
    },
    createFile: async (path, text, mode) => {
      if (host.contents.has(path)) return "there is a file of that name";
      host.contents.set(path, text);
      modes.set(path, mode);
      return undefined;
    },
  };
}
