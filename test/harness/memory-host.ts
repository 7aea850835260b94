/** A world in memory: files in a map, a clock that stands, a log that is kept. Nothing of the disk is seen. */
import type { LintHost } from "../../server/src/service/api.ts";

export interface MemoryHost extends LintHost {
  readonly contents: Map<string, string | Uint8Array | { readonly unreadable: string }>;
  readonly lines: { readonly level: string; readonly message: string }[];
  /** How often each file was read. */
  readonly reads: Map<string, number>;
}

/** Noon of a day on which the fixtures' certificates are valid. */
export const NOON = Date.parse("2026-06-01T12:00:00Z");

export function memoryHost(
  files: Readonly<Record<string, string | Uint8Array | { readonly unreadable: string }>>,
  now: number = NOON,
): MemoryHost {
  const contents = new Map(Object.entries(files));
  const lines: { level: string; message: string }[] = [];
  const reads = new Map<string, number>();
  return {
    contents,
    lines,
    reads,
    now: () => now,
    log: (level, message) => void lines.push({ level, message }),
    readFile: async (path) => {
      reads.set(path, (reads.get(path) ?? 0) + 1);
      const content = contents.get(path);
      return typeof content === "string" ? new TextEncoder().encode(content) : content;
    },
    readFolder: async (path) => {
      const inside = path === "/" ? "/" : `${path}/`;
      const names = [...contents.keys()].filter((it) => it.startsWith(inside)).map((it) => it.slice(inside.length).split("/"));
      if (names.length === 0) return undefined;
      const folders = new Set(names.filter((it) => it.length > 1).map((it) => it[0] ?? ""));
      const plain = names.filter((it) => it.length === 1).map((it) => it[0] ?? "");
      return [...[...folders].map((name) => ({ name, folder: true })), ...plain.map((name) => ({ name, folder: false }))];
    },
  };
}
