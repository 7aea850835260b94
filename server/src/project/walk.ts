/**
 * The files under a folder that are worth linting, in the order of their paths. What git ignores is left out, unless git has it all the
 * same; what a file is, its name tells, else its content, whatever its ending or folder.
 */
import { DEEPEST_FOLDER } from "./bounds.ts";
import type { Breath } from "./breath.ts";
import { type Entry, type Files, textOf } from "./files.ts";
import type { Tracked } from "./git-index.ts";
import { type FileKind, holdsCertificates, kindByName, kindOf, sharesItsName } from "./kind.ts";
import { isWithin, upwards } from "./path.ts";
import { excludes, type Patterns, patternsOf } from "./patterns.ts";

export interface Walked {
  readonly files: readonly string[];
  /** Of those whose names do not tell, what they are. */
  readonly kinds: ReadonlyMap<string, FileKind>;
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
  /** What nobody can look into, such as links that lead out of the workspace. */
  readonly beyond: readonly { readonly path: string; readonly reason: string }[];
  /** Files, and folders with all that is in them, that a configuration leaves out. */
  readonly excluded: readonly string[];
}

export interface WalkRules {
  /** The outermost folders that are read. */
  readonly roots: readonly string[];
  /** What the configuration of a file's folder excludes. */
  excluded(path: string, folder: boolean): Promise<boolean>;
  /** What git has of the repository that a folder lies in; undefined where there is none. */
  tracked(folder: string): Promise<Tracked | undefined>;
}

/** What version control keeps for itself. */
const PRIVATE: ReadonlySet<string> = new Set([".git", ".hg", ".jj", ".svn"]);

/** Others' code, whatever `.gitignore` says: only what git has is looked at. */
const OTHERS: ReadonlySet<string> = new Set(["node_modules"]);

/** Output lies in `target` beside a manifest, or holds the mark of caches (bford.info/cachedir); a module may be called `target`, too. */
const OUTPUT = "target";
const CACHE_MARK = "CACHEDIR.TAG";

export async function walk(start: string, files: Files, rules: WalkRules, breath: Breath): Promise<Walked> {
  const walker = new Walker(files, rules, breath);
  if ((await files.readFolder(start)) !== undefined) await walker.from(start);
  else walker.found.push(start);
  const { found, kinds, unreadable, beyond, excluded } = walker;
  return { files: found, kinds, unreadable, beyond, excluded };
}

/** A folder on the way. */
interface Visit {
  readonly folder: string;
  readonly ignores: readonly Patterns[];
  readonly depth: number;
  /** It is ignored: only what git has is looked at. */
  readonly ignored: boolean;
}

class Walker {
  readonly found: string[] = [];
  readonly kinds = new Map<string, FileKind>();
  readonly unreadable: { path: string; reason: string }[] = [];
  readonly beyond: { path: string; reason: string }[] = [];
  readonly excluded: string[] = [];
  readonly #files: Files;
  readonly #rules: WalkRules;
  readonly #breath: Breath;

  constructor(files: Files, rules: WalkRules, breath: Breath) {
    this.#files = files;
    this.#rules = rules;
    this.#breath = breath;
  }

  async from(start: string): Promise<void> {
    const top = this.#rules.roots.find((it) => isWithin(it, start)) ?? start;
    const outer: Patterns[] = [];
    for (const folder of upwards(start, top).slice(1).reverse()) outer.push(...(await this.#ignoreFile(folder)));
    await this.#visit({ folder: start, ignores: outer, depth: 0, ignored: false });
  }

  async #visit({ folder, ignores, depth, ignored }: Visit): Promise<void> {
    await this.#breath.take();
    const entries = await this.#files.entries(folder);
    if (!entries || depth > DEEPEST_FOLDER) {
      this.unreadable.push({
        path: folder,
        reason: entries ? `it lies more than ${DEEPEST_FOLDER} folders deep` : "the folder cannot be read",
      });
      return;
    }
    const tracked = await this.#rules.tracked(folder);
    this.#withoutIndex(tracked?.unreadable);
    const inner = [...ignores, ...(await this.#ignoreFile(folder))];
    const isCache = depth > 0 && entries.some((it) => it.name === CACHE_MARK);
    const isPackage = entries.some((it) => it.name === "Cargo.toml");
    for (const entry of [...entries].sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const { name, folder: isFolder } = entry;
      const path = `${folder === "/" ? "" : folder}/${name}`;
      if (isFolder && PRIVATE.has(name)) continue;
      const isOthers = isFolder && (OTHERS.has(name) || (isPackage && name === OUTPUT));
      const passedOver = ignored || isCache || isOthers || isIgnored(inner, path, isFolder);
      if (passedOver && !(isFolder ? tracked?.hasBelow(path) : tracked?.has(path))) continue;
      if (await this.#rules.excluded(path, isFolder)) {
        if (isFolder || kindByName(path) !== undefined) this.excluded.push(path);
        continue;
      }
      await this.#take(entry, { folder: path, ignores: inner, depth: depth + 1, ignored: passedOver });
    }
  }

  /** `visit`: of the entry itself, where it is a folder. */
  async #take({ folder: isFolder, link, irregular }: Entry, visit: Visit): Promise<void> {
    const path = visit.folder;
    if (irregular !== undefined) this.#notAFile(path, irregular);
    else if (link && !(await this.#files.mayOpen(path))) this.#leadsOut(path, isFolder);
    else if (!isFolder) await this.#file(path);
    else if (!link) await this.#visit(visit);
  }

  #withoutIndex(path: string | undefined): void {
    const reason = "this index cannot be read: what git has of ignored files is not known";
    if (path !== undefined && !this.beyond.some((it) => it.path === path)) this.beyond.push({ path, reason });
  }

  #notAFile(path: string, what: string): void {
    if (kindByName(path) !== undefined) this.beyond.push({ path, reason: `it is ${what}` });
  }

  #leadsOut(path: string, folder: boolean): void {
    if (folder || kindByName(path) !== undefined) this.beyond.push({ path, reason: "it is a link that leads out of the workspace" });
  }

  async #file(path: string): Promise<void> {
    const named = kindByName(path);
    if (named !== undefined && named !== "settings" && !sharesItsName(path)) {
      this.found.push(path);
      return;
    }
    const bytes = await this.#files.look(path);
    if (bytes === undefined) return;
    if (!(bytes instanceof Uint8Array)) {
      if (named !== undefined) this.found.push(path);
      else this.beyond.push({ path, reason: `it cannot be read: ${bytes.unreadable}` });
      return;
    }
    const kind = await kindOf(path, bytes);
    if (named === "settings") {
      this.found.push(path);
      if (kind !== named) this.kinds.set(path, kind);
      return;
    }
    // What others call so, too, may hold nothing of ours.
    if (kind === "other" || (named !== undefined && !holdsCertificates(bytes))) return;
    this.found.push(path);
    if (named === undefined) this.kinds.set(path, kind);
  }

  async #ignoreFile(folder: string): Promise<readonly Patterns[]> {
    const text = textOf(await this.#files.readKept(`${folder === "/" ? "" : folder}/.gitignore`))?.text;
    return text === undefined ? [] : [patternsOf(folder, text.split("\n"))];
  }
}

/** The innermost file that says anything decides. */
function isIgnored(patterns: readonly Patterns[], path: string, folder: boolean): boolean {
  for (let at = patterns.length - 1; at >= 0; at--) {
    const decided = patterns[at]?.decides(path, folder);
    if (decided !== undefined) return decided;
  }
  return false;
}

/** Whether a configuration's `exclude` patterns, relative to its folder, cover a path. */
export const isExcluded = (base: string, lines: readonly string[], path: string, folder: boolean): boolean =>
  lines.length > 0 && excludes(patternsOf(base, lines), base, path, folder);
