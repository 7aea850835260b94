/** The files under a folder that are worth linting: ignored ones left out, in the order of their paths. */
import type { Breath } from "./breath.ts";
import { bytesOf, type Files, textOf } from "./files.ts";
import { holdsCertificates, kindByName, mayHoldCertificates } from "./kind.ts";
import { isWithin, upwards } from "./path.ts";
import { excludes, type Patterns, patternsOf } from "./patterns.ts";

export interface Walked {
  readonly files: readonly string[];
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
  /** Links that lead out of the workspace. */
  readonly outside: readonly string[];
}

export interface WalkRules {
  /** The outermost folders that are read. */
  readonly roots: readonly string[];
  /** What the configuration of a file's folder excludes. */
  excluded(path: string, folder: boolean): Promise<boolean>;
}

/** Others' code, whatever `.gitignore` says. */
const PRUNED: ReadonlySet<string> = new Set(["node_modules"]);

/** Cargo's output lies beside a manifest, or holds a mark (cargo 1.35 and later); a module may be called `target`, too. */
const OUTPUT = "target";
const OUTPUT_MARK = "CACHEDIR.TAG";

/** A tree deeper than this is a loop or an accident. */
const MAXIMUM_DEPTH = 64;

export async function walk(start: string, files: Files, rules: WalkRules, breath: Breath): Promise<Walked> {
  const found: string[] = [];
  const unreadable: { path: string; reason: string }[] = [];
  const outside: string[] = [];
  const top = rules.roots.find((it) => isWithin(it, start)) ?? start;
  const outer: Patterns[] = [];
  for (const folder of [...upwards(start, top)].reverse()) outer.push(...(await ignoreFile(folder, files)));

  const visit = async (folder: string, ignores: readonly Patterns[], depth: number): Promise<void> => {
    await breath.take();
    const entries = await files.readFolder(folder);
    if (!entries || depth > MAXIMUM_DEPTH) {
      unreadable.push({ path: folder, reason: entries ? `it lies more than ${MAXIMUM_DEPTH} folders deep` : "the folder cannot be read" });
      return;
    }
    const isOutput = async (path: string, name: string): Promise<boolean> =>
      name === OUTPUT &&
      (entries.some((it) => it.name === "Cargo.toml") || (await files.readFolder(path))?.some((it) => it.name === OUTPUT_MARK) === true);
    const own = folder === start ? ignores : [...ignores, ...(await ignoreFile(folder, files))];
    for (const entry of [...entries].sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = `${folder === "/" ? "" : folder}/${entry.name}`;
      const isOthers = entry.name.startsWith(".") || PRUNED.has(entry.name);
      if (ignored(own, path, entry.folder) || (await rules.excluded(path, entry.folder))) continue;
      if (entry.link && !(await files.mayOpen(path))) {
        if (entry.folder ? !isOthers : kindByName(path) !== undefined) outside.push(path);
        continue;
      }
      if (entry.folder && entry.link) continue;
      if (entry.folder ? isOthers || (await isOutput(path, entry.name)) : !(await isWorthwhile(path, files))) continue;
      if (entry.folder) await visit(path, own, depth + 1);
      else found.push(path);
    }
  };

  if ((await files.readFolder(start)) !== undefined) await visit(start, outer, 0);
  else found.push(start);
  return { files: found, unreadable, outside };
}

/** The innermost file that says anything decides. */
const ignored = (patterns: readonly Patterns[], path: string, folder: boolean): boolean =>
  patterns.map((it) => it.decides(path, folder)).findLast((it) => it !== undefined) === true;

async function ignoreFile(folder: string, files: Files): Promise<readonly Patterns[]> {
  const text = textOf(await files.readKept(`${folder === "/" ? "" : folder}/.gitignore`))?.text;
  return text === undefined ? [] : [patternsOf(folder, text.split("\n"))];
}

async function isWorthwhile(path: string, files: Files): Promise<boolean> {
  if (!mayHoldCertificates(path)) return kindByName(path) !== undefined;
  const content = await files.read(path);
  if (content.kind === "unreadable") return kindByName(path) !== undefined;
  const bytes = bytesOf(content);
  return bytes !== undefined && holdsCertificates(bytes);
}

/** Whether a configuration's `exclude` patterns, relative to its folder, cover a path. */
export const isExcluded = (base: string, lines: readonly string[], path: string, folder: boolean): boolean =>
  lines.length > 0 && excludes(patternsOf(base, lines), base, path, folder);
