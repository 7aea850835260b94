/** What the commands need of the process: streams, paths and files. */
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { readPassword } from "./password.ts";
import { type Paint, paintFor } from "./terminal.ts";

export interface World {
  readonly cwd: string;
  readonly plainPaint: Paint;
  print(text: string): void;
  error(line: string): void;
  readStdin(): Promise<string>;
  /** The first line of standard input; of a terminal it is asked for, and not shown. Undefined: there is none. */
  readPassword(question: string): Promise<string | undefined>;
  /** Absolute and `/`-separated. */
  resolve(path: string): string;
  /** The folders that may be read for these paths: each one's project, so that a workspace's lock file above is seen. */
  rootsOf(paths: readonly string[]): readonly string[];
  /** For messages and reports: relative to the working directory where the file is below it. */
  relative(path: string): string;
  /** As a patch names it: relative to the repository that holds the file, else to the working directory. */
  repositoryPath(path: string): string;
  writeFile(path: string, text: string): void;
  /** Why a file with this text must not be changed; undefined where it may. */
  refusal(path: string, text: string): string | undefined;
  /** All or none: undefined when every file was replaced, else the reason why none was. */
  writeAll(
    files: readonly { readonly file: string; readonly before: string; readonly after: string }[],
    created: readonly { readonly file: string; readonly text: string; readonly mode: number }[],
  ): string | undefined;
  /** Undefined when every file has its permissions, else why not. */
  setModes(files: readonly { readonly file: string; readonly mode: number }[]): string | undefined;
}

export function nodeWorld(): World {
  const cwd = process.cwd();
  const slashed = (path: string) => (sep === "\\" ? path.replaceAll("\\", "/") : path);
  const shown = (path: string): string => {
    const inside = relative(cwd, path);
    return slashed(inside === "" ? "." : inside.startsWith("..") || isAbsolute(inside) ? path : inside);
  };
  const refusal: World["refusal"] = (path, text) => {
    const reason = reasonAgainst(path, text);
    return reason === undefined ? undefined : `${shown(path)} ${reason}`;
  };
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
    readPassword,
    resolve: (path) => slashed(resolve(cwd, path)),
    rootsOf: (paths) => [...new Set(paths.map((path) => slashed(projectRoot(resolve(cwd, path)))))],
    relative: shown,
    repositoryPath: (path) => slashed(relative(repositoryOf(path) ?? cwd, path)),
    writeFile: (path, text) => writeFileSync(resolve(cwd, path), text),
    refusal,
    writeAll: (changes, created) => writeAll(changes, created, refusal),
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

/** `git apply` takes the paths of a repository, wherever in it it is started. */
function repositoryOf(path: string): string | undefined {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (existsSync(join(folder, ".git"))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

function reasonAgainst(path: string, text: string): string | undefined {
  try {
    // Bytes: what is not UTF-8 would be lost in writing.
    if (!readFileSync(path).equals(Buffer.from(text, "utf8"))) return "was changed by someone else meanwhile, or is not UTF-8";
    accessSync(path, constants.W_OK);
    // Root may write what is marked read-only; the mark is the user's wish all the same.
    return (statSync(path).mode & 0o222) === 0 ? "is read-only" : undefined;
  } catch (error) {
    return `cannot be written: ${messageOf(error)}`;
  }
}

type Change = Parameters<World["writeAll"]>[0][number];

type Created = Parameters<World["writeAll"]>[1][number];

function writeAll(changes: readonly Change[], created: readonly Created[], refusal: World["refusal"]): string | undefined {
  const staged: string[] = [];
  const replaced: Change[] = [];
  const made: string[] = [];
  try {
    for (const { file, text, mode } of created) {
      // Never over a file that is there, and never readable for others, not even for a moment.
      writeFileSync(file, text, { flag: "wx", mode });
      made.push(file);
    }
    for (const { file, before, after } of changes) {
      const reason = refusal(file, before);
      if (reason !== undefined) {
        for (const it of made) rmSync(it, { force: true });
        return reason;
      }
      staged.push(stage(file, after));
    }
    for (const [at, change] of changes.entries()) {
      renameSync(staged[at] ?? "", realpathSync(change.file));
      replaced.push(change);
    }
    return undefined;
  } catch (error) {
    for (const { file, before } of replaced) renameSync(stage(file, before), realpathSync(file));
    for (const path of made) rmSync(path, { force: true });
    return messageOf(error);
  } finally {
    for (const path of staged) rmSync(path, { force: true });
  }
}

/** The new content beside the file, so that a rename puts it in place at once; a link stays one. */
function stage(path: string, text: string): string {
  const target = realpathSync(path);
  const beside = `${target}.tlslint-${process.pid}`;
  try {
    writeFileSync(beside, text);
    chmodSync(beside, statSync(target).mode);
  } catch (error) {
    // A full disk takes a part of it.
    rmSync(beside, { force: true });
    throw error;
  }
  return beside;
}

function setModes(files: readonly { readonly file: string; readonly mode: number }[]): string | undefined {
  try {
    for (const { file, mode } of files) chmodSync(file, mode);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
