/** The world as Node shows it: the file system and the clock. */
import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, join, sep } from "node:path";
import { terminalText, visible } from "./base/visible.ts";
import { NO_LINK } from "./cli/writing/file-system.ts";
import { codeOf, sentenceOf } from "./cli/writing/system-errors.ts";
import { verifyByNode } from "./node-signatures.ts";
import { isDeviceName } from "./project/index.ts";
import type { LintHost } from "./service/api.ts";

/** Larger files are not even read: nothing that is linted comes near it. */
const MAXIMUM_BYTES = 64 * 1024 * 1024;

/**
 * Calls are synchronous underneath: on many small files the promises of `node:fs` cost four times as much. Long walks pause by
 * themselves (`project/breath.ts`).
 */
export function nodeHost(log: LintHost["log"] = toStandardError): LintHost {
  return {
    readFile: async (path) => readRegularFile(path),
    readStart: async (path, count) => readRegularFile(path, count),
    readFolder: async (path) => entriesOf(path),
    realPath: async (path) => attempt(() => slashed(realpathSync.native(path))),
    stamp: async (path) => attempt(() => stampOf(path)),
    ...(sep === "/" && { permissions: async (path: string) => attempt(() => statSync(path).mode & 0o777) }),
    ...(sep === "/" && { setPermissions: async (path: string, mode: number) => setMode(path, mode) }),
    ...(sep === "/" && { createFile: async (path: string, text: string, mode: number) => create(path, text, mode) }),
    now: () => Date.now(),
    verifySignature: verifyByNode,
    log,
  };
}

/** Whatever is done to a file shows in one of these. */
function stampOf(path: string): string {
  const { ino, size, mtimeNs, ctimeNs } = statSync(path, { bigint: true });
  return [ino, size, mtimeNs, ctimeNs].join(" ");
}

function setMode(path: string, mode: number): string | undefined {
  try {
    // What somebody puts a link in place of meanwhile keeps its permissions.
    const handle = openSync(realpathSync(path), NO_LINK);
    try {
      fchmodSync(handle, mode);
    } finally {
      closeSync(handle);
    }
    return undefined;
  } catch (error) {
    return sentenceOf(error);
  }
}

/** Never over a file that is there, nor through a link, and never readable for others, not even for a moment. */
function create(path: string, text: string, mode: number): string | undefined {
  try {
    writeFileSync(path, text, { flag: "wx", mode, flush: true });
    return undefined;
  } catch (error) {
    // A full disk takes a part of it; what was there before is not ours.
    if (codeOf(error) !== "EEXIST") attempt(() => rmSync(path, { force: true }));
    return sentenceOf(error);
  }
}

export const toStandardError: LintHost["log"] = (level, message) => {
  if (level === "error" || level === "warning") process.stderr.write(`${terminalText(visible(`tlslint: ${level}: ${message}`))}\n`);
};

function readRegularFile(path: string, count?: number): Uint8Array | { readonly unreadable: string } | undefined {
  try {
    if (sep === "\\" && isDeviceName(basename(path))) return { unreadable: "it is the name of a device" };
    // A pipe that nobody writes to would never open.
    const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      return readOpenFile(file, count);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    const code = codeOf(error);
    if (code !== "ENOENT" && code !== "ENOTDIR") return { unreadable: sentenceOf(error) };
    // Node decodes names; where it could not, the file has another one than it was asked for.
    return path.includes("\ufffd") ? { unreadable: "its path is not valid UTF-8" } : undefined;
  }
}

function readOpenFile(file: number, count = Number.POSITIVE_INFINITY): Uint8Array | { readonly unreadable: string } {
  const stat = fstatSync(file);
  if (stat.isDirectory()) return { unreadable: "it is a folder" };
  // A pipe or a device would never end.
  if (!stat.isFile()) return { unreadable: "it is no regular file" };
  const size = Math.min(count, stat.size);
  if (size > MAXIMUM_BYTES) return { unreadable: `it has ${stat.size} bytes, more than ${MAXIMUM_BYTES}` };
  const bytes = Buffer.allocUnsafe(size);
  let read = 0;
  for (let more = size; more > 0 && read < size; read += more) more = readSync(file, bytes, read, size - read, null);
  return bytes.subarray(0, read);
}

type Entry = NonNullable<Awaited<ReturnType<LintHost["readFolder"]>>>[number];

function entriesOf(path: string): readonly Entry[] | undefined {
  const entries = attempt(() => readdirSync(path, { withFileTypes: true }));
  return entries?.flatMap((entry): readonly Entry[] => {
    const { name } = entry;
    if (entry.isDirectory()) return [{ name, folder: true }];
    if (entry.isFile()) return [{ name, folder: false }];
    if (!entry.isSymbolicLink()) return [{ name, folder: false, irregular: irregular(entry) }];
    const end = attempt(() => statSync(join(path, name)));
    if (end?.isFile() || end?.isDirectory()) return [{ name, folder: end.isDirectory(), link: true }];
    return [{ name, folder: false, irregular: end === undefined ? "a link that leads nowhere" : irregular(end) }];
  });
}

const irregular = (entry: Pick<Stats, "isFIFO" | "isSocket">): string =>
  entry.isFIFO() ? "a pipe" : entry.isSocket() ? "a socket" : "a device";

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

const slashed = (path: string): string => (sep === "\\" ? path.replaceAll("\\", "/") : path);
