/**
 * The one door to the disk. Nothing outside of the workspace's folders is opened, whatever path, configuration or link leads there:
 * links are resolved first. Outside lies only what the user named, and the index of the git repository around the folders.
 */
import type { Disk, Entry } from "./files.ts";
import { folderOf, isWithin, nameOf } from "./path.ts";

type Read = Awaited<ReturnType<Disk["readFile"]>>;

const OUTSIDE = { unreadable: "it lies outside of the workspace", outside: true } as const;

export class Confinement implements Disk {
  readonly #disk: Disk;
  #roots: readonly string[];
  /** Files and folders that the user named: on the command line, in settings of their own, by opening them. */
  readonly #named: Set<string>;
  readonly #real = new Map<string, Promise<string>>();
  /** Of folders of which nobody knows where they are: the names of their links. */
  readonly #links = new Map<string, Promise<ReadonlySet<string>>>();

  constructor(disk: Disk, roots: readonly string[], named: Iterable<string> = []) {
    this.#disk = disk;
    this.#roots = roots;
    this.#named = new Set(named);
  }

  /** What is named there is not named here. */
  fork(disk: Disk): Confinement {
    return new Confinement(disk, this.#roots, this.#named);
  }

  setRoots(roots: readonly string[]): void {
    this.#roots = roots;
    this.forget();
  }

  /** On the user's word only, never on that of a file in the workspace. */
  name(path: string): void {
    this.#named.add(path);
  }

  /** Of a file that a walk may have found: what lies in a root is not named, so that a link there leads nowhere. */
  nameOutside(path: string): void {
    if (!this.#roots.some((it) => isWithin(it, path))) this.#named.add(path);
  }

  /** What a folder is may have changed. */
  forget(): void {
    this.#real.clear();
    this.#links.clear();
  }

  async readFile(path: string): Promise<Read> {
    return (await this.allows(path)) ? this.#disk.readFile(path) : OUTSIDE;
  }

  async readStart(path: string, count: number): ReturnType<NonNullable<Disk["readStart"]>> {
    if (!(await this.allows(path))) return OUTSIDE;
    return this.#disk.readStart ? this.#disk.readStart(path, count) : this.#disk.readFile(path);
  }

  async readFolder(path: string): Promise<readonly Entry[] | undefined> {
    return (await this.allows(path)) ? this.#disk.readFolder(path) : undefined;
  }

  async realPath(path: string): Promise<string | undefined> {
    return this.#disk.realPath ? this.#disk.realPath(path) : path;
  }

  /** By its name, and by where it ends when all links are followed. What does not exist does no harm. */
  async allows(path: string): Promise<boolean> {
    const bases = [...this.#roots, ...this.#named];
    return bases.some((it) => isWithin(it, path)) ? this.#endsIn(bases, path) : this.#isGitIndex(path);
  }

  /** The same of the folders alone: what the user named besides does not count. */
  async isInRoots(path: string): Promise<boolean> {
    return this.#roots.some((it) => isWithin(it, path)) && this.#endsIn(this.#roots, path);
  }

  async #endsIn(bases: readonly string[], path: string): Promise<boolean> {
    const real = await this.#disk.realPath?.(path);
    for (const base of bases)
      if (real === undefined ? isWithin(base, path) && !(await this.#passesLink(base, path)) : isWithin(await this.#realBase(base), real))
        return true;
    return false;
  }

  /** Where links lead is known of what is on a disk; elsewhere, as in a virtual workspace, none is followed. */
  async #passesLink(base: string, path: string): Promise<boolean> {
    if ((await this.#disk.realPath?.(base)) !== undefined) return false;
    for (let at = path; at !== base && at !== folderOf(at); at = folderOf(at))
      if ((await this.#linksIn(folderOf(at))).has(nameOf(at))) return true;
    return false;
  }

  #linksIn(folder: string): Promise<ReadonlySet<string>> {
    const known = this.#links.get(folder);
    if (known !== undefined) return known;
    const found = this.#disk
      .readFolder(folder)
      .then((entries) => new Set((entries ?? []).flatMap(({ name, link }) => (link === true ? [name] : []))));
    this.#links.set(folder, found);
    return found;
  }

  #realBase(base: string): Promise<string> {
    const known = this.#real.get(base);
    if (known) return known;
    const resolved = (this.#disk.realPath?.(base) ?? Promise.resolve(undefined)).then((it) => it ?? base);
    this.#real.set(base, resolved);
    return resolved;
  }

  /**
   * The files that git keeps for the repository around a root, and for a worktree elsewhere: `.git` as a file, `index` with what a split
   * one lies over, and `gitdir`, by which a worktree's folder names the worktree that it is of (`git-index.ts` reads the index of no other).
   */
  async #isGitIndex(path: string): Promise<boolean> {
    const home = homeOfGitIndex(path);
    if (home === undefined) return false;
    const around = this.#roots.some((it) => isWithin(home === "" ? "/" : home, it));
    if (!around && !/\/\.git\/worktrees\/[^/]+\/(?:index|sharedindex\.[0-9a-f]+|gitdir)$/.test(path)) return false;
    // None of them is a link, unless somebody wants another file to be opened.
    const [real, folder] = await Promise.all([this.realPath(path), this.realPath(folderOf(path))]);
    return real === undefined || (real === `${folder}/${nameOf(path)}` && (await this.#isBelowGit(home, folder)));
  }

  async #isBelowGit(home: string, folder: string | undefined): Promise<boolean> {
    const top = (await this.realPath(home === "" ? "/" : home)) ?? home;
    return folder !== undefined && isWithin(top, folder);
  }
}

/** The folder that holds the `.git` which `path` is, or whose index or `gitdir` it is, a submodule's or a worktree's among them. */
function homeOfGitIndex(path: string): string | undefined {
  const parts = path.split("/");
  const at = parts.lastIndexOf(".git");
  const below = parts.slice(at + 1);
  if (at < 1) return undefined;
  const isIndex = /^(?:index|sharedindex\.[0-9a-f]+|gitdir)$/.test(below.at(-1) ?? "");
  const isNested = below.length > 2 && ["modules", "worktrees"].includes(below[0] ?? "");
  return below.length === 0 || (isIndex && (below.length === 1 || isNested)) ? parts.slice(0, at).join("/") : undefined;
}
