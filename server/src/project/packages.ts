/** Which crate a file belongs to, and what its manifests and lock file say. Broken ones are said once and done without. */
import { type CrateFacts, crateFacts, type Lock, type Manifest, readLock, readManifest } from "../cargo/index.ts";
import type { Guard } from "../tls/facts.ts";
import { isUnpublished } from "./crate-graph.ts";
import { absence, type Files, textOf } from "./files.ts";
import { isShownFolder, isTestPackage } from "./kind.ts";
import { folderOf, isWithin, nameOf, relativePath, resolvePath, upwards } from "./path.ts";

/** A package of Cargo: the nearest manifest above a file that has a `[package]`. */
export interface Package {
  readonly folder: string;
  readonly manifestPath: string;
  readonly manifest: Manifest;
  readonly workspaceFolder: string;
  readonly workspace?: Manifest;
  readonly facts: CrateFacts;
  /** It lies in the `examples/` (`demo/`, `samples/`) of another package or workspace: shown, not run. */
  readonly example: boolean;
  /** It lies in the `tests/` (`benchmarks/`, `e2e/`) of another package or workspace. */
  readonly test?: true;
  /** It has a library, for others (as far as the manifest says) or for the workspace. */
  readonly library?: "published" | "unpublished";
}

export interface Problem {
  readonly path: string;
  readonly message: string;
}

export class Packages {
  readonly #files: Files;
  readonly #report: (problem: Problem) => void;
  readonly #manifests: Map<string, Promise<Manifest | undefined>>;
  readonly #locks: Map<string, Promise<Lock | undefined>>;
  readonly #packages: Map<string, Promise<Package | undefined>>;
  /** By folder, and by the outermost one that may be read: a folder holds many files. */
  readonly #owners = new Map<string, Promise<Package | undefined>>();
  /** The last version of a manifest that could be read: half a line of typing must not change the crate's versions. */
  readonly #lastGood: Map<string, Manifest>;
  #roots: readonly string[];

  /** `from`: the packages of the files that these were forked from. */
  constructor(files: Files, roots: readonly string[], report: (problem: Problem) => void, from?: Packages) {
    this.#files = files;
    this.#roots = roots;
    this.#report = report;
    this.#manifests = new Map(from ? from.#manifests : []);
    this.#locks = new Map(from ? from.#locks : []);
    this.#packages = new Map(from ? from.#packages : []);
    this.#lastGood = new Map(from ? from.#lastGood : []);
  }

  forget(roots: readonly string[] = this.#roots): void {
    this.#roots = roots;
    this.#manifests.clear();
    this.#locks.clear();
    this.#packages.clear();
    this.#owners.clear();
  }

  /** The outermost folder that may be read for a file. */
  top(path: string): string {
    const holding = this.#roots.filter((it) => isWithin(it, path)).sort((a, b) => a.length - b.length);
    return holding[0] ?? folderOf(path);
  }

  packageOf(path: string): Promise<Package | undefined> {
    const top = this.top(path);
    const folder = folderOf(path);
    const key = `${folder}\0${top}`;
    const known = this.#owners.get(key);
    if (known !== undefined) return known;
    const found = this.#findOwner(folder, top);
    this.#owners.set(key, found);
    return found;
  }

  async #findOwner(inner: string, top: string): Promise<Package | undefined> {
    for (const folder of upwards(inner, top)) {
      const manifest = await this.#manifest(`${folder}/Cargo.toml`);
      if (manifest?.package) return this.#packageAt(folder, manifest, top);
    }
    return undefined;
  }

  /** The packages that code around a file uses, with their versions: its crate's, else all that the lock file above names. */
  async cratesAround(path: string): Promise<ReadonlyMap<string, readonly string[]>> {
    const owner = await this.packageOf(path);
    return owner?.facts.versions ?? (await this.lockedAround(path)) ?? new Map();
  }

  /** All versions that the lock file above names; undefined where there is none. */
  async lockedAround(path: string): Promise<ReadonlyMap<string, readonly string[]> | undefined> {
    const lock = await this.#lockAbove(folderOf(path), this.top(path));
    return lock && new Map([...lock.byName].map(([name, packages]) => [name, packages.map((it) => it.version)]));
  }

  #packageAt(folder: string, manifest: Manifest, top: string): Promise<Package | undefined> {
    const known = this.#packages.get(folder);
    if (known) return known;
    const made = this.#assemble(folder, manifest, top);
    this.#packages.set(folder, made);
    return made;
  }

  async #assemble(folder: string, manifest: Manifest, top: string): Promise<Package> {
    const root = await this.#workspaceOf(folder, manifest, top);
    const lock = await this.#lockAbove(root?.folder ?? folder, top);
    return {
      folder,
      manifestPath: `${folder}/Cargo.toml`,
      manifest,
      workspaceFolder: root?.folder ?? folder,
      ...(root ? { workspace: root.manifest } : {}),
      facts: crateFacts(manifest, root?.manifest, lock),
      example: await this.#liesIn(folder, top, isShownFolder),
      ...((await this.#liesIn(folder, top, isTestPackage)) && { test: true as const }),
      ...((await this.#hasLibrary(folder, manifest)) && {
        library: isUnpublished(manifest, root?.manifest) ? ("unpublished" as const) : ("published" as const),
      }),
    };
  }

  async #hasLibrary(folder: string, { targets }: Manifest): Promise<boolean> {
    if (targets.some(({ kind }) => kind === "lib")) return true;
    return (await this.#files.readFolder(`${folder}/src`))?.some(({ name }) => name === "lib.rs") === true;
  }

  /** In a folder of such a name, of another package or workspace. */
  async #liesIn(folder: string, top: string, isSuch: (name: string) => boolean): Promise<boolean> {
    for (const candidate of upwards(folder, top))
      if (candidate !== top && isSuch(nameOf(candidate)) && (await this.#manifest(`${folderOf(candidate)}/Cargo.toml`))) return true;
    return false;
  }

  async #workspaceOf(
    folder: string,
    manifest: Manifest,
    top: string,
  ): Promise<{ readonly folder: string; readonly manifest: Manifest } | undefined> {
    if (manifest.workspace) return { folder, manifest };
    const named = manifest.package?.workspace;
    const candidates = named === undefined ? upwards(folder, top).slice(1) : [resolvePath(folder, named)].filter((it) => isWithin(top, it));
    for (const candidate of candidates) {
      const found = await this.#manifest(`${candidate}/Cargo.toml`);
      if (!found?.workspace) continue;
      return found.workspace.exclude.some((it) => isWithin(resolvePath(candidate, it), folder))
        ? undefined
        : { folder: candidate, manifest: found };
    }
    return undefined;
  }

  async #lockAbove(folder: string, top: string): Promise<Lock | undefined> {
    for (const it of upwards(folder, top)) {
      const path = `${it}/Cargo.lock`;
      const known = this.#locks.get(path) ?? this.#readLock(path);
      this.#locks.set(path, known);
      const lock = await known;
      if (lock) return lock;
    }
    return undefined;
  }

  #manifest(path: string): Promise<Manifest | undefined> {
    const known = this.#manifests.get(path);
    if (known) return known;
    const made = this.#readManifest(path);
    this.#manifests.set(path, made);
    return made;
  }

  async #readManifest(path: string): Promise<Manifest | undefined> {
    const text = await this.#text(path);
    if (text === undefined) return undefined;
    const read = readManifest(text);
    if (read.ok) this.#lastGood.set(path, read.value);
    else this.#report({ path, message: `it is no valid TOML (${read.error.message}); its last readable state is used, if there was one` });
    if (read.ok) return read.value;
    const last = this.#lastGood.get(path);
    if (last === undefined) return undefined;
    const { text: _, ...rest } = last;
    return rest;
  }

  async #readLock(path: string): Promise<Lock | undefined> {
    const text = await this.#text(path);
    if (text === undefined) return undefined;
    const read = readLock(text);
    if (read.ok) return read.value;
    this.#report({ path, message: `it is no valid lock file (${read.error.message}); versions are taken from Cargo.toml` });
    return undefined;
  }

  async #text(path: string): Promise<string | undefined> {
    const content = await this.#files.readKept(path);
    const decoded = textOf(content);
    const reason = content.kind === "missing" ? undefined : (absence(content) ?? decoded?.binary);
    if (reason !== undefined) this.#report({ path, message: reason });
    return decoded?.binary === undefined ? decoded?.text : undefined;
  }
}

export type ExampleGuard = Extract<Guard, { kind: "example" }>;

/** Code that is shown, not run. */
export function exampleOf(place: ModulePlace, owner: Pick<Package, "example" | "library"> | undefined): ExampleGuard | undefined {
  if (owner?.example === true) return { kind: "example" };
  if (place.role !== "example") return undefined;
  return { kind: "example", ...(owner?.library === "published" && { published: true as const }) };
}

/** A file's place in its crate. */
export interface ModulePlace {
  /** `crate::tls::server` as `["tls", "server"]`. */
  readonly modulePath: readonly string[];
  readonly role: "source" | "test" | "bench" | "example" | "build";
  /**
   * Which of the package's crates it belongs to: `src` for the library and the program beside it, `src/bin/x`, `tests`, `examples`, …
   * Integration tests (examples, benches) share theirs, for they share their modules.
   */
  readonly crate: string;
  /** The files in which the module may be declared (`mod name;`), nearest way first; empty for a crate's root. */
  readonly parents: readonly string[];
}

/** Where Cargo's layout puts a file; `folder` is the package's, or the root that was opened where there is no package. */
export function modulePlace(path: string, folder: string, manifest: Manifest | undefined): ModulePlace {
  const relative = relativePath(folder, path) ?? path;
  const target = manifest?.targets.find((it) => resolvePath(folder, it.path) === path);
  if (target)
    return rootOf(target.kind === "lib" || target.kind === "bin" ? "source" : target.kind, target.kind === "bin" ? relative : undefined);
  const parts = relative.split("/");
  if (relative === "build.rs") return rootOf("build");
  const layout = (parts[0] === "src" ? undefined : besideTarget(path, folder, manifest)) ?? layoutOf(parts);
  const crateFolder = [folder, ...parts.slice(0, layout.depth)].join("/").replace(/^\/\//, "/");
  const inside = parts.slice(layout.depth);
  const name = inside.at(-1) ?? "";
  const folders = inside.slice(0, -1);
  if (layout.isRoot || (folders.length === 0 && (name === "main.rs" || name === "lib.rs"))) return rootOf(layout.role, layout.program);
  const own = name === "mod.rs" ? folders : [...folders, name.replace(/\.rs$/, "")];
  return {
    modulePath: own,
    role: layout.role,
    crate: layout.program ?? CRATES[layout.role],
    parents: parentsOf(crateFolder, own.slice(0, -1)),
  };
}

const CRATES = { source: "src", test: "tests", bench: "benches", example: "examples", build: "build.rs" } as const;

const rootOf = (role: ModulePlace["role"], program?: string): ModulePlace => ({
  modulePath: [],
  role,
  crate: program ?? CRATES[role],
  parents: [],
});

interface Layout {
  /** How many parts lead to the crate's folder. */
  readonly depth: number;
  readonly role: ModulePlace["role"];
  readonly isRoot: boolean;
  /** `src/bin/x` for a program of its own. */
  readonly program?: string;
}

/** Modules of tests, examples and benches that the manifest puts into a folder of another name: `bench/support.rs` beside `bench/all.rs`. */
function besideTarget(path: string, folder: string, manifest: Manifest | undefined): Layout | undefined {
  const targets = manifest?.targets.map((it) => ({ kind: it.kind, home: folderOf(resolvePath(folder, it.path)) })) ?? [];
  const own = targets.filter(({ home }) => home !== folder && isWithin(home, path));
  const [first] = own;
  if (first === undefined || own.some(({ kind }) => kind === "lib" || kind === "bin")) return undefined;
  const depth = relativePath(folder, first.home)?.split("/").length;
  const role = own.map(({ kind }) => kind).find((it) => it === "test" || it === "bench" || it === "example");
  return depth === undefined || role === undefined ? undefined : { depth, role, isRoot: false };
}

function layoutOf(parts: readonly string[]): Layout {
  const [first, second, third = ""] = parts;
  if (first === "src" && second === "bin") {
    const program = `src/bin/${third.replace(/\.rs$/, "")}`;
    if (parts.length === 3) return { depth: 2, role: "source", isRoot: true, program };
    return { depth: 3, role: "source", isRoot: parts.length === 4 && parts[3] === "main.rs", program };
  }
  const role = first === "tests" ? "test" : first === "benches" ? "bench" : first === "examples" ? "example" : undefined;
  if (role) {
    // `tests/a.rs` and `tests/a/main.rs` are crates; `tests/common/mod.rs` is a module of the crates beside it.
    if (parts.length === 2) return { depth: 1, role, isRoot: true };
    return { depth: third === "main.rs" ? 2 : 1, role, isRoot: parts.length === 3 && third === "main.rs" };
  }
  return { depth: first === "src" ? 1 : 0, role: "source", isRoot: false };
}

function parentsOf(crateFolder: string, parent: readonly string[]): readonly string[] {
  if (parent.length === 0) return ["lib.rs", "main.rs"].map((it) => `${crateFolder}/${it}`);
  const base = [crateFolder, ...parent].join("/");
  return [`${base}.rs`, `${base}/mod.rs`];
}
