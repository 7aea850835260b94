/**
 * What V8 made of the parts of this program, kept between runs: a file a command, which holds a line of JSON and the code of each part.
 * It is executed as it is, so it is taken only from the user's own folder, from a file that nobody else may write, and whole.
 */
import { createHash } from "node:crypto";
import { closeSync, constants, fstatSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Script } from "node:vm";
import { makeFolder } from "./writing/make-folder.ts";

interface Header {
  readonly build: string;
  readonly engine: string;
  readonly sum: string;
  readonly parts: readonly (readonly [name: string, length: number])[];
}

/** V8 looks at its own version and flags, too. */
const ENGINE = `${process.versions.node} ${process.versions.v8} ${process.arch}`;

/** Where the code of a command is kept; undefined where nothing shall be. */
export function codeFile(args: readonly string[], environment: Readonly<Record<string, string | undefined>>): string | undefined {
  if (environment["NODE_DISABLE_COMPILE_CACHE"]) return undefined;
  const { XDG_CACHE_HOME: cache, LOCALAPPDATA: local, HOME: home } = environment;
  const base = cache || (process.platform === "win32" ? local : home && join(home, ".cache"));
  // A command's name, or what stands in its place: `--version` loads next to nothing.
  const [first = "help"] = args;
  const name = /^-{0,2}[a-z]{1,20}$/.test(first) ? first : "other";
  return base ? join(base, "tlslint", `${name}.code`) : undefined;
}

export function archiveOf(file: string, build: string): Map<string, Uint8Array> {
  const none = new Map<string, Uint8Array>();
  const bytes = ownFile(file);
  const end = bytes?.indexOf(0x0a) ?? -1;
  if (bytes === undefined || end < 0) return none;
  const header = headerOf(bytes.toString("latin1", 0, end));
  const code = bytes.subarray(end + 1);
  if (header === undefined || header.build !== build || header.engine !== ENGINE || header.sum !== sumOf(code)) return none;
  let at = 0;
  const found = new Map<string, Uint8Array>();
  for (const [name, length] of header.parts) {
    found.set(name, code.subarray(at, at + length));
    at += length;
  }
  return at === code.length ? found : none;
}

/** Adds the parts of this run to what was kept. Where nothing can be written, nothing is kept. */
export function keepArchive(
  file: string,
  build: string,
  kept: ReadonlyMap<string, Uint8Array>,
  scripts: ReadonlyMap<string, Script>,
): void {
  const temporary = `${file}.${process.pid}`;
  try {
    const parts = new Map(kept);
    for (const [name, script] of scripts) parts.set(name, script.createCachedData());
    const code = Buffer.concat([...parts.values()]);
    const header: Header = { build, engine: ENGINE, sum: sumOf(code), parts: [...parts].map(([name, { length }]) => [name, length]) };
    makeFolder(dirname(file));
    writeFileSync(temporary, Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`, "latin1"), code]), { mode: 0o600, flag: "wx" });
    renameSync(temporary, file);
  } catch {
    withdraw(temporary);
  }
}

function withdraw(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Where its folder is none there is no file.
  }
}

function ownFile(file: string): Buffer | undefined {
  let handle: number | undefined;
  try {
    handle = openSync(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    const { uid, mode } = fstatSync(handle);
    const isOwn = process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
    return isOwn ? readFileSync(handle) : undefined;
  } catch {
    return undefined;
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

/** Written by us or damaged: that the rest fits it is told by its sum. */
function headerOf(text: string): Header | undefined {
  try {
    const header: Header | null = JSON.parse(text);
    return header ?? undefined;
  } catch {
    return undefined;
  }
}

/** Tells a damaged file from a whole one; of parts, that of them together. */
const sumOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("base64");
