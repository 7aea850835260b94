/** Which code reads a certificate file, and how: from the paths that the Rust files of the workspace name. */
import { type Breath, breath, nameOf, resolveLiteral, textOf, walk } from "../project/index.ts";
import type { Loader } from "../tls/facts.ts";
import type { FileUse } from "./lint-rust.ts";
import type { Workspace } from "./workspace.ts";

/** Words in a text that look like the name of a file. */
const FILE_NAME = /[\w.-]+\.(?:pem|crt|cer|cert|der|key|csr|crl|p8|pk8|chain|bundle|ca-bundle|txt)\b/g;

export class Uses {
  readonly #workspace: Workspace;
  readonly #usesIn: (file: string, signal: AbortSignal | undefined) => Promise<readonly FileUse[]>;
  readonly #names = new Map<string, ReadonlySet<string>>();
  #rustFiles: Promise<readonly string[]> | undefined;

  constructor(workspace: Workspace, usesIn: (file: string, signal: AbortSignal | undefined) => Promise<readonly FileUse[]>) {
    this.#workspace = workspace;
    this.#usesIn = usesIn;
  }

  /** Empty: everything. */
  forget(files: readonly string[]): void {
    if (files.length === 0) this.#names.clear();
    for (const file of files) this.#names.delete(file);
    this.#rustFiles = undefined;
  }

  async of(file: string, signal: AbortSignal | undefined): Promise<readonly Loader[]> {
    const name = nameOf(file);
    const loaders: Loader[] = [];
    const pause = breath(signal);
    for (const rust of await this.#allRust()) {
      if (!(await this.#namesIn(rust, pause)).has(name)) continue;
      for (const use of await this.#usesIn(rust, signal)) {
        if (nameOf(use.path) === name && (await this.resolve(use.path, rust)) === file) loaders.push(use.loader);
      }
    }
    return loaders;
  }

  resolve(path: string, from: string): Promise<string | undefined> {
    const { packages, files } = this.#workspace;
    return resolveLiteral(path, from, packages, files);
  }

  #allRust(): Promise<readonly string[]> {
    this.#rustFiles ??= this.#walkRoots();
    return this.#rustFiles;
  }

  async #walkRoots(): Promise<readonly string[]> {
    const { roots, files, configurations } = this.#workspace;
    const found = new Set<string>();
    for (const root of roots) {
      const rules = { roots, excluded: (path: string, folder: boolean) => configurations.excluded(path, folder) };
      for (const it of (await walk(root, files, rules, breath(undefined))).files) if (it.endsWith(".rs")) found.add(it);
    }
    return [...found].sort();
  }

  async #namesIn(file: string, pause: Breath): Promise<ReadonlySet<string>> {
    const known = this.#names.get(file);
    if (known) return known;
    await pause.take();
    const text = textOf(await this.#workspace.files.read(file))?.text ?? "";
    const names = new Set(text.match(FILE_NAME) ?? []);
    this.#names.set(file, names);
    return names;
  }
}
