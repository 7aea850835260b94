/** Makes a tree on the disk, as far as the system lets it be made. */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { dirname, join } from "node:path";
import type { Entry } from "./entries.ts";

export interface Planted {
  /** What is there now; the rest stood in each other's way. */
  readonly entries: readonly Entry[];
  /** Kinds of entries that this system makes none of. */
  readonly lacking: ReadonlySet<string>;
  remove(): void;
}

/** Below `root`, in order: what is there already stays. Modes are set at the end, so that a locked folder can be filled. */
export async function plant(root: string, outside: string, entries: readonly Entry[]): Promise<Planted> {
  const servers: Server[] = [];
  const there: Entry[] = [];
  const lacking = new Set<string>();
  for (const entry of entries) {
    try {
      mkdirSync(dirname(join(root, entry.path)), { recursive: true });
      const made = await make(root, outside, entry, servers);
      if (made) there.push(entry);
      else lacking.add(entry.kind);
    } catch (error) {
      // Something else has the name, or it is too long here.
      if (!(error instanceof Error && "code" in error)) throw error;
    }
  }
  for (const entry of there) if ("mode" in entry && entry.mode !== undefined) chmodSync(placeOf(root, entry), entry.mode);
  return {
    entries: there,
    lacking,
    remove() {
      for (const it of servers) it.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** A name of bytes that are no UTF-8. */
const placeOf = (root: string, entry: Entry): string | Buffer =>
  "bytes" in entry && entry.bytes
    ? Buffer.concat([Buffer.from(join(root, entry.path)), Buffer.from([0xff, 0xfe]), Buffer.from(".pem")])
    : join(root, entry.path);

async function make(root: string, outside: string, entry: Entry, servers: Server[]): Promise<boolean> {
  const path = join(root, entry.path);
  switch (entry.kind) {
    case "file":
      writeFileSync(placeOf(root, entry), entry.content, { flag: "wx" });
      return true;
    case "folder":
      mkdirSync(path);
      return true;
    case "link":
      symlinkSync(entry.target.replace(/^outside/, outside), path);
      return true;
    case "sparse":
      writeFileSync(path, "", { flag: "wx" });
      truncateSync(path, entry.size);
      return true;
    case "many":
      for (let at = 0; at < entry.count; at++) writeFileSync(join(root, entry.path) + at, "", { flag: "wx" });
      return true;
    case "deep":
      mkdirSync(join(path, ...new Array<string>(entry.depth).fill("d")), { recursive: true });
      return true;
    case "pipe":
      return program("mkfifo", path);
    case "device":
      return program("mknod", path, "c", "1", "5");
    case "socket":
      return listens(path, servers);
  }
}

/** Whether the system lets that be made at all; what only stands in its way is an error like those of `node:fs`. */
function program(name: string, ...args: readonly string[]): boolean {
  const { status, error, stderr } = spawnSync(name, args, { encoding: "utf8", env: { ...process.env, LC_ALL: "C" } });
  if (status === 0) return true;
  if (error !== undefined || stderr.includes("not permitted")) return false;
  throw Object.assign(new Error(stderr), { code: "EEXIST" });
}

/** A socket's path has about a hundred bytes at most: a longer one cannot be made either. */
const listens = (path: string, servers: Server[]): Promise<boolean> =>
  new Promise((done, failed) => {
    const server = createServer();
    server.once("error", failed);
    server.listen(path, () => {
      servers.push(server);
      done(true);
    });
  });
