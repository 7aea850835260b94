/** What the commands need of the process: streams, paths and files. */
import { existsSync, fstatSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { commandText, holdsCommands, terminalText } from "../base/visible.ts";
import { withoutWholeKeys } from "../service/redaction.ts";
import { readPassword } from "./password.ts";
import type { Pieces } from "./pieces.ts";
import type { ProgressSink } from "./progress.ts";
import { systemPaths } from "./system-paths.ts";
import { type Paint, paintFor, printable } from "./terminal.ts";
import { nodeFileSystem } from "./writing/file-system.ts";
import { FileWriter } from "./writing/file-writer.ts";
import { journalFolders } from "./writing/journal.ts";
import { replaceOutput, writeOutput } from "./writing/output.ts";
import { sentenceOf } from "./writing/system-errors.ts";

export interface World {
  readonly cwd: string;
  readonly plainPaint: Paint;
  /** Lines of ours; whatever else could steer a terminal is shown instead. */
  print(text: string): void;
  /** As it is, for a program to read; on a terminal, and where a CI job's log would take it for commands, as any other text. */
  printExactly(text: string): void;
  /** Lines that a CI system shall take for commands, as our reporters write them; others are text. */
  printCommands(text: string): void;
  error(line: string): void;
  readStdin(): Promise<string>;
  exists(path: string): boolean;
  /** A text file that the user named; why not, where it cannot be read. */
  readText(path: string): string | { readonly unreadable: string };
  /** The first line of standard input; of a terminal it is asked for, and not shown. Undefined: there is none. */
  readPassword(question: string): Promise<string | undefined>;
  /** Absolute and `/`-separated. */
  resolve(path: string): string;
  /** The folders that may be read for these paths: each one's project, so that a workspace's lock file above is seen. */
  rootsOf(paths: readonly string[]): readonly string[];
  /** For messages and reports: relative to the working directory where the file is below it. */
  relative(path: string): string;
  /** From a folder to what lies below or beside it. */
  relativeTo(folder: string, path: string): string;
  /** As a patch names it: relative to the repository that holds the file, else to the working directory. */
  repositoryPath(path: string): string;
  /** The report of a run over these roots. Undefined when it was written, else why not. */
  writeOutput(path: string, text: string | Pieces, roots: readonly string[]): string | undefined;
  /** The same for a file that later runs read: it has all of the text, or what it had. */
  replaceOutput(path: string, text: string, roots: readonly string[]): string | undefined;
  /** Where it is shown how far a run is; nowhere but on a terminal. */
  readonly progress?: ProgressSink;
  /** What changes files below these roots. */
  fileWriter(roots: readonly string[]): FileWriter;
}

/** Whatever a command prints, of files, errors or answers, no private key is in it. */
export const worldWithoutKeys = (world: World): World => ({
  ...world,
  print: (text) => world.print(withoutWholeKeys(text)),
  printExactly: (text) => world.printExactly(withoutWholeKeys(text)),
  printCommands: (text) => world.printCommands(withoutWholeKeys(text)),
  error: (line) => world.error(withoutWholeKeys(line)),
  writeOutput: (path, text, roots) =>
    world.writeOutput(path, typeof text === "string" ? withoutWholeKeys(text) : eachWithoutWholeKeys(text), roots),
  replaceOutput: (path, text, roots) => world.replaceOutput(path, withoutWholeKeys(text), roots),
});

function* eachWithoutWholeKeys(pieces: Pieces): Pieces {
  for (const it of pieces) yield withoutWholeKeys(it);
}

export function nodeWorld(cwd = process.cwd()): World {
  const paths = systemPaths(cwd);
  const progress = terminalProgress(process.env);
  return {
    cwd: paths.inside(cwd),
    plainPaint: paintFor(false, { NO_COLOR: "1" }),
    print: (text) => void process.stdout.write(terminalText(text)),
    printExactly: (text) => void process.stdout.write(isShown(text) ? terminalText(text) : text),
    printCommands: (text) => void process.stdout.write(commandText(text)),
    error: (line) => void process.stderr.write(`${terminalText(printable(line))}\n`),
    readStdin: async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
      return Buffer.concat(chunks).toString("utf8");
    },
    exists: (path) => existsSync(resolve(cwd, path)),
    readText: (path) => {
      try {
        return readFileSync(resolve(cwd, path), "utf8");
      } catch (error) {
        return { unreadable: sentenceOf(error) };
      }
    },
    relativeTo: (folder, path) => paths.relative(folder, path),
    readPassword,
    resolve: paths.resolve,
    rootsOf: (wanted) => [...new Set(wanted.map((path) => paths.inside(projectRoot(resolve(cwd, path)))))],
    relative: paths.shown,
    repositoryPath: (path) => paths.relative(repositoryOf(path) ?? cwd, path),
    ...(progress !== undefined && { progress }),
    writeOutput: (path, text, roots) => writeOutput(nodeFileSystem, roots, resolve(cwd, path), text),
    replaceOutput: (path, text, roots) => replaceOutput(nodeFileSystem, roots, resolve(cwd, path), text),
    fileWriter: (roots) =>
      new FileWriter({ files: nodeFileSystem, roots, journalFolders: journalFolders(process.env), shown: paths.shown }),
  };
}

/** Standard error where it is a terminal that can take a line back, and nobody keeps it as a log. */
function terminalProgress(environment: Readonly<Record<string, string | undefined>>): ProgressSink | undefined {
  if (!process.stderr.isTTY || environment["CI"] || environment["TERM"] === "dumb") return undefined;
  return {
    show: (line) => void process.stderr.write(`\r\u001b[K${terminalText(line)}`),
    now: () => performance.now(),
    every(milliseconds, run) {
      const timer = setInterval(run, milliseconds).unref();
      return () => clearInterval(timer);
    },
  };
}

/** What goes into a file is never shown; what goes into a pipe may end in the log of the job. */
const isShown = (text: string): boolean =>
  process.stdout.isTTY || (process.env["GITHUB_ACTIONS"] === "true" && !fstatSync(process.stdout.fd).isFile() && holdsCommands(text));

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
