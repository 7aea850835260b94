/** What the commands need of the process: streams, paths and files. */
import { accessSync, chmodSync, constants, existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { type Paint, paintFor } from "./terminal.ts";

export interface World {
  readonly cwd: string;
  readonly plainPaint: Paint;
  print(text: string): void;
  error(line: string): void;
  readStdin(): Promise<string>;
  /** Absolute and `/`-separated. */
  resolve(path: string): string;
  /** The folders that may be read for these paths: each one's project, so that a workspace's lock file above is seen. */
  rootsOf(paths: readonly string[]): readonly string[];
  /** For messages and reports: relative to the working directory where the file is below it. */
  relative(path: string): string;
  writeFile(path: string, text: string): void;
  /** All or none: undefined when every file was replaced, else the reason why none was. */
  writeAll(files: readonly { readonly path: string; readonly before: string; readonly after: string }[]): string | undefined;
  /** Undefined when every file has its permissions, else why not. */
  setModes(files: readonly { readonly file: string; readonly mode: number }[]): string | undefined;
}

export function nodeWorld(): World {
  const cwd = process.cwd();
  const slashed = (path: string) => (sep === "\\" ? path.replaceAll("\\", "/") : path);
  return {
    cwd: slashed(cwd),
    plainPaint: paintFor(false, { NO_COLOR: "1" }),
    print: (text) => void process.stdout.write(text),
    error: (line) => void process.stderr.write(`${line}\n`),
    readStdin: async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
      return Buffer.concat(chunks).toString("utf8");
    },
    resolve: (path) => slashed(resolve(cwd, path)),
    rootsOf: (paths) => [...new Set(paths.map((path) => slashed(projectRoot(resolve(cwd, path)))))],
    relative: (path) => {
      const inside = relative(cwd, path);
      return slashed(inside === "" ? "." : inside.startsWith("..") || isAbsolute(inside) ? path : inside);
    },
    writeFile: (path, text) => writeFileSync(resolve(cwd, path), text),
    writeAll,
    setModes,
  };
}

/** The outermost folder above a path that has a Cargo.toml, but none beyond the repository; else the nearest folder. */
function projectRoot(path: string): string {
  const start = existsSync(path) && statSync(path).isDirectory() ? path : dirname(path);
  let root = start;
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "Cargo.toml"))) root = folder;
    if (existsSync(join(folder, ".git")) || dirname(folder) === folder) return root;
  }
}

function writeAll(files: readonly { readonly path: string; readonly before: string; readonly after: string }[]): string | undefined {
  const staged: { readonly from: string; readonly to: string }[] = [];
  const giveUp = (reason: string) => {
    for (const { from } of staged) rmSync(from, { force: true });
    return reason;
  };
  for (const { path, before, after } of files) {
    try {
      if (readFileSync(path, "utf8") !== before) return giveUp(`${path} was changed by someone else meanwhile`);
      accessSync(path, constants.W_OK);
      // Root may write what is marked read-only; the mark is the user's wish all the same.
      if ((statSync(path).mode & 0o222) === 0) return giveUp(`${path} is read-only`);
      const from = `${path}.tlslint-${process.pid}`;
      writeFileSync(from, after, { mode: statSync(path).mode });
      staged.push({ from, to: path });
    } catch (error) {
      return giveUp(error instanceof Error ? error.message : String(error));
    }
  }
  for (const { from, to } of staged) renameSync(from, to);
  return undefined;
}

function setModes(files: readonly { readonly file: string; readonly mode: number }[]): string | undefined {
  try {
    for (const { file, mode } of files) chmodSync(file, mode);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
