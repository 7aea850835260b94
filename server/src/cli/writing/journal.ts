/**
 * What a run is about to change, written down before the first file is touched, so that the next run can end what a killed one began.
 * It lies in the user's own folder: one in the workspace could be forged by whoever wrote the workspace.
 */
import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { homedir, tmpdir, userInfo } from "node:os";
import { dirname, join } from "node:path";
import { type FileSystem, NEW_FILE, statusOf, syncFolder } from "./file-system.ts";
import { codeOf, sentenceOf } from "./system-errors.ts";

/** One file. Paths are absolute and free of links; digests are of whole contents. */
export interface Step {
  readonly target: string;
  /** The new content, beside the target until it takes its place. */
  readonly staged: string;
  readonly after: string;
  /** Undefined: the file is created. `copy`: its content before, where other files change with it. */
  readonly replaces?: { readonly before: string; readonly copy?: string };
}

/** `staging`: no target was touched · `committed`: all will change · `undoing`: all will be as before. */
const STAGES = ["staging", "committed", "undoing"] as const;
export type Stage = (typeof STAGES)[number];

export interface Entry {
  readonly path: string;
  readonly process: number;
  readonly stage: Stage;
  /** Undefined: what was written is damaged, or another release's. */
  readonly steps: readonly Step[] | undefined;
}

export class Journal {
  readonly #files: FileSystem;
  readonly #candidates: readonly string[];

  constructor(files: FileSystem, candidates: readonly string[]) {
    this.#files = files;
    this.#candidates = candidates;
  }

  begin(steps: readonly Step[]): Entry {
    const folder = this.#ownFolder();
    const entry = { process: process.pid, stage: "staging", steps } as const;
    const path = join(folder, `${entry.process}-${randomBytes(8).toString("hex")}.${entry.stage}`);
    const handle = this.#files.openSync(path, NEW_FILE, 0o600);
    try {
      this.#files.writeFileSync(handle, JSON.stringify({ version: 1, steps }));
      this.#files.fsyncSync(handle);
    } catch (error) {
      this.#files.unlinkSync(path);
      throw error;
    } finally {
      this.#files.closeSync(handle);
    }
    syncFolder(this.#files, folder);
    return { ...entry, path };
  }

  mark(entry: Entry, stage: Stage): Entry {
    const path = entry.path.replace(/\.\w+$/, `.${stage}`);
    this.#files.renameSync(entry.path, path);
    syncFolder(this.#files, dirname(path));
    return { ...entry, path, stage };
  }

  end({ path }: Entry): void {
    this.#files.unlinkSync(path);
  }

  /** What other runs have not ended, or not yet. */
  unfinished(): readonly Entry[] {
    return this.#candidates.flatMap((folder) => this.#entriesOf(folder));
  }

  #entriesOf(folder: string): readonly Entry[] {
    try {
      if (!this.#isOwn(folder)) return [];
      return this.#files.readdirSync(folder).flatMap((name): readonly Entry[] => {
        const [, number, word] = /^(\d+)-[0-9a-f]{16}\.(\w+)$/.exec(name) ?? [];
        const stage = STAGES.find((it) => it === word);
        if (number === undefined || stage === undefined) return [];
        const path = join(folder, name);
        return [{ path, process: Number(number), stage, steps: stepsOf(this.#files.readFileSync(path, "utf8")) }];
      });
    } catch (error) {
      // What cannot be read now waits: a run that changes nothing must not fail of it.
      sentenceOf(error);
      return [];
    }
  }

  #ownFolder(): string {
    let refused: unknown;
    for (const folder of this.#candidates) {
      try {
        this.#files.mkdirSync(folder, { recursive: true, mode: 0o700 });
        this.#files.accessSync(folder, constants.W_OK | constants.X_OK);
        if (this.#isOwn(folder)) return folder;
      } catch (error) {
        if (codeOf(error) === undefined) throw error;
        refused ??= error;
      }
    }
    throw refused ?? Object.assign(new Error("the journal's folder is another user's"), { code: "EACCES" });
  }

  /** Nobody else can have put anything into it. */
  #isOwn(folder: string): boolean {
    const status = statusOf(this.#files, folder);
    if (status?.isDirectory() !== true) return false;
    return process.getuid === undefined || (status.uid === process.getuid() && (status.mode & 0o022) === 0);
  }
}

/** Where programs keep their state; where that cannot be written, a folder of the user's among the temporary ones. */
export function journalFolders(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  const state =
    environment["XDG_STATE_HOME"] ||
    (process.platform === "win32" ? environment["LOCALAPPDATA"] : undefined) ||
    join(homedir(), ...(process.platform === "darwin" ? ["Library", "Application Support"] : [".local", "state"]));
  return [join(state, "tlslint", "journal"), join(tmpdir(), `tlslint-${process.getuid?.() ?? userInfo().username}`)];
}

function stepsOf(text: string): readonly Step[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { version, steps } = Object(value);
  return version === 1 && Array.isArray(steps) && steps.every(isStep) ? steps : undefined;
}

function isStep(value: unknown): value is Step {
  const { target, staged, after, replaces } = Object(value);
  const { before, copy } = replaces === undefined ? { before: "", copy: undefined } : Object(replaces);
  return [target, staged, after, before].every((it) => typeof it === "string") && (copy === undefined || typeof copy === "string");
}
