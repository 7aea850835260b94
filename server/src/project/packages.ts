/** Which crate a file belongs to, and what its manifests and lock file say. Broken ones are said once and done without. */
import { type CrateFacts, crateFacts, type Lock, type Manifest, readLock, readManifest } from "../cargo/index.ts";
import { broughtCrates } from "../models/manifests/brought-crates.ts";
import type { Guard } from "../tls/facts.ts";
import { broughtTo, type Member } from "./brought.ts";
import { isUnpublished } from "./crate-graph.ts";
import { absence, type Files, textOf } from "./files.ts";
import { isShownFolder, isTestPackage } from "./kind.ts";
import type { ModulePlace } from "./module-place.ts";
import { folderOf, isWithin, nameOf, resolvePath, upwards } from "./path.ts";

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

  /** The versions of a package that come along with what the crate around a file depends on, as far as that tells: the newest of each. */
  async broughtAround(path: string, name: string): Promise<readonly string[]> {
    return ((await this.packageOf(path))?.facts.brought.get(name) ?? []).flatMap((it) => it.versions.slice(0, 1));
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
    const brought =
      lock === undefined ? await broughtTo({ folder, manifest, workspace: root }, (it) => this.#memberAt(it, top)) : "unknown";
    return {
      folder,
      manifestPath: `${folder}/Cargo.toml`,
      manifest,
      workspaceFolder: root?.folder ?? folder,
      ...(root ? { workspace: root.manifest } : {}),
      facts: crateFacts(manifest, { workspace: root?.manifest, lock, own: brought, rows: broughtCrates }),
      example: await this.#liesIn(folder, top, isShownFolder),
      ...((await this.#liesIn(folder, top, isTestPackage)) && { test: true as const }),
      ...((await this.#hasLibrary(folder, manifest)) && {
        library: isUnpublished(manifest, root?.manifest) ? ("unpublished" as const) : ("published" as const),
      }),
    };
  }

  async #memberAt(folder: string, top: string): Promise<Member | undefined> {
    const manifest = isWithin(top, folder) ? await this.#manifest(`${folder}/Cargo.toml`) : undefined;
    return manifest?.package && { folder, manifest, workspace: await this.#workspaceOf(folder, manifest, top) };
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
    else this.#report({ path, message: `it is not valid TOML (${read.error.message}); its last readable state is used, if there was one` });
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
