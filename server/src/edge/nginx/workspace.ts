/** nginx's files of a workspace: those that begin a configuration, each with what it takes in from wherever it may be opened. */
import { folderOf } from "../../base/path.ts";
import { span } from "../../base/span.ts";
import { type EdgeFile, type EdgeGap, templateGap } from "../sources.ts";
import { type Inclusion, includesOf, isDistributed } from "./files.ts";
import { type NginxConfiguration, nginxConfiguration } from "./index.ts";
import { placeOf, writtenOf } from "./places.ts";
import { type Directive, type NginxText, readNginx } from "./syntax.ts";

type Open = (path: string) => Promise<readonly EdgeFile[] | undefined>;

export interface NginxReading {
  readonly configurations: readonly NginxConfiguration[];
  readonly gaps: readonly EdgeGap[];
}

/** Files that one configuration takes in, each as often as it does: so many that only a circle or a bomb has more. */
const MOST_INCLUDED = 2000;

export async function readNginxFiles(files: readonly EdgeFile[], open: Open): Promise<NginxReading> {
  const workspace = new Workspace(files, open);
  const known = new Set(files.map(({ path }) => path));
  const gaps: EdgeGap[] = [];
  const configurations: NginxConfiguration[] = [];
  for (const begin of await workspace.begins()) {
    const found = await workspace.closure(begin);
    let left = MOST_INCLUDED;
    const missed = new Set<Directive>();
    const taken = (directive: Directive): readonly NginxText[] | undefined => {
      if (isDistributed(directive)) return [];
      const texts = left > 0 ? found.get(directive) : undefined;
      left -= texts?.length ?? 0;
      if (texts === undefined) missed.add(directive);
      return texts;
    };
    configurations.push(nginxConfiguration(begin, taken, workspace.texts));
    for (const it of missed) gaps.push(told(gapOf(it, left > 0), begin, known));
  }
  return { configurations, gaps: [...workspace.gaps, ...gaps] };
}

/** What is missing in a file that nobody lists is said where the configuration begins. */
const told = (gap: EdgeGap, { file }: NginxText, known: ReadonlySet<string>): EdgeGap =>
  known.has(gap.file) ? gap : { ...gap, file, span: span(0, 0) };

const gapOf = (directive: Directive, isBounded: boolean): EdgeGap => ({
  ...placeOf(directive),
  kind: isBounded ? "out of reach" : "failed",
  reason: isBounded
    ? `\`${writtenOf(directive)}\`: there is no such file in the workspace`
    : `more than ${MOST_INCLUDED} files are included: the rest is not analysed`,
});

class Workspace {
  readonly texts = new Map<string, string>();
  readonly gaps: EdgeGap[] = [];
  readonly #read = new Map<string, NginxText>();
  readonly #opened = new Map<string, Promise<readonly EdgeFile[] | undefined>>();
  readonly #files: readonly EdgeFile[];
  readonly #open: Open;

  constructor(files: readonly EdgeFile[], open: Open) {
    this.#files = files;
    this.#open = open;
  }

  /** The files that no other one takes in. */
  async begins(): Promise<readonly NginxText[]> {
    const all = this.#files.flatMap((it) => this.#textOf(it) ?? []);
    const included = new Set<NginxText>();
    for (const text of all)
      for (const it of includesOf(text, folderOf(text.file)))
        for (const inner of (await this.#taken(it)) ?? []) if (inner !== text) included.add(inner);
    const begins = all.filter((it) => !included.has(it));
    return begins.length > 0 ? begins : all;
  }

  /** By directive, what a configuration takes in. */
  async closure(begin: NginxText): Promise<ReadonlyMap<Directive, readonly NginxText[]>> {
    const found = new Map<Directive, readonly NginxText[]>();
    const seen = new Set([begin]);
    for (const text of seen) {
      for (const it of includesOf(text, folderOf(begin.file))) {
        const taken = await this.#taken(it);
        if (taken === undefined) continue;
        found.set(it.directive, taken);
        for (const inner of taken) seen.add(inner);
      }
    }
    return found;
  }

  async #taken({ paths }: Inclusion): Promise<readonly NginxText[] | undefined> {
    for (const path of paths) {
      const opening = this.#opened.get(path) ?? this.#open(path);
      this.#opened.set(path, opening);
      const files = await opening;
      if (files !== undefined) return files.flatMap((it) => this.#textOf(it) ?? []);
    }
    return undefined;
  }

  /** Undefined for a template: what it will be nobody knows. */
  #textOf({ path, text }: EdgeFile): NginxText | undefined {
    const known = this.#read.get(path);
    if (known !== undefined || this.texts.has(path)) return known;
    this.texts.set(path, text);
    if (text.includes("{{") || text.includes("{%")) {
      const at = Math.max(0, text.indexOf("{{") >= 0 ? text.indexOf("{{") : text.indexOf("{%"));
      this.gaps.push(templateGap(path, at));
      return undefined;
    }
    const read = readNginx(text, path);
    for (const { span: at, what } of read.problems.slice(0, 1))
      this.gaps.push({ file: path, kind: "failed", reason: `${what}: nginx refuses the file; the rest was read`, span: at });
    this.#read.set(path, read);
    return read;
  }
}
