/** The system calls of writing with something done before each of them: the process ends, a call fails, somebody interferes. */
import { closeSync } from "node:fs";
import { type FileSystem, nodeFileSystem } from "../../server/src/cli/writing/file-system.ts";
import { FileWriter } from "../../server/src/cli/writing/file-writer.ts";

/** `number`: of the call, from 0 on. */
export type Before = (call: { readonly number: number; readonly name: string; readonly first: unknown; readonly second: unknown }) => void;

export function watched(before: Before): FileSystem {
  let number = 0;
  return new Proxy(nodeFileSystem, {
    get(target, name, receiver) {
      const call: unknown = Reflect.get(target, name, receiver);
      if (typeof call !== "function") return call;
      return (...args: readonly unknown[]) => {
        // Whatever ends a process closes its files.
        if (call !== closeSync) before({ number: number++, name: String(name), first: args[0], second: args[1] });
        return Reflect.apply(call, target, args);
      };
    },
  });
}

export const refused = (code: string): Error => Object.assign(new Error(`${code}: the text of an exception`), { code });

/** The process is over: it does nothing more. */
export class Dead extends Error {}

export const deadFrom = (last: number): FileSystem =>
  watched(({ number }) => {
    if (number >= last) throw new Dead();
  });

export const writerOf = (root: string, journal: string, files: FileSystem = nodeFileSystem): FileWriter =>
  new FileWriter({ files, roots: [root], journalFolders: [journal], shown: (path) => path.slice(root.length + 1) });
