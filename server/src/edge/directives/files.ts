/** A product's files of a workspace: those that begin a configuration, each with what it takes in from wherever it may be opened. */
import { folderOf } from "../../base/path.ts";
import { span } from "../../base/span.ts";
import type { EdgeStatement, ProxyServer } from "../proxy.ts";
import { type EdgeFile, type EdgeGap, templateGaps } from "../sources.ts";
import type { Includes } from "./levels.ts";
import { placeOf, type Texts, writtenIn } from "./places.ts";
import type { Dialect, Directive, DirectiveText, Inclusion } from "./tree.ts";

type Open = (path: string) => Promise<readonly EdgeFile[] | undefined>;

/** A file that no other takes in, and what it takes in itself. */
export interface Beginning {
  readonly text: DirectiveText;
  readonly includes: Includes;
  /** Of all files that were opened. */
  readonly texts: Texts;
}

/** A configuration that begins with a file: what its servers say, and what stands outside of them. */
export interface DirectiveConfiguration {
  readonly proxies: readonly ProxyServer[];
  readonly statements: readonly EdgeStatement[];
}

export interface DirectiveReading {
  readonly configurations: readonly DirectiveConfiguration[];
  readonly gaps: readonly EdgeGap[];
}

/** Files that one configuration takes in, each as often as it does: so many that only a circle or a bomb has more. */
const MOST_INCLUDED = 2000;

export async function readDirectiveFiles(
  files: readonly EdgeFile[],
  open: Open,
  dialect: Dialect,
  configurationOf: (beginning: Beginning) => DirectiveConfiguration,
): Promise<DirectiveReading> {
  const workspace = new Workspace(files, open, dialect);
  const known = new Set(files.map(({ path }) => path));
  const gaps: EdgeGap[] = [];
  const configurations: DirectiveConfiguration[] = [];
  for (const begin of await workspace.begins()) {
    const found = await workspace.closure(begin);
    let left = MOST_INCLUDED;
    const missed = new Set<Directive>();
    const taken = (directive: Directive): readonly DirectiveText[] | undefined => {
      if (dialect.isDistributed(directive)) return [];
      const texts = left > 0 ? found.get(directive) : undefined;
      left -= texts?.length ?? 0;
      if (texts === undefined) missed.add(directive);
      return texts;
    };
    configurations.push(configurationOf({ text: begin, includes: taken, texts: workspace.texts }));
    for (const it of missed) gaps.push(told(gapOf(it, left > 0, workspace.texts), begin, known));
  }
  return { configurations, gaps: [...workspace.gaps, ...gaps] };
}

/** What is missing in a file that nobody lists is said where the configuration begins. */
const told = (gap: EdgeGap, { file }: DirectiveText, known: ReadonlySet<string>): EdgeGap =>
  known.has(gap.file) ? gap : { ...gap, file, span: span(0, 0) };

const gapOf = (directive: Directive, isBounded: boolean, texts: Texts): EdgeGap => ({
  ...placeOf(directive),
  kind: isBounded ? "out of reach" : "failed",
  reason: isBounded
    ? `\`${writtenIn(directive, texts)}\`: there is no such file in the workspace`
    : `more than ${MOST_INCLUDED} files are included: the rest is not analysed`,
});

class Workspace {
  readonly texts = new Map<string, string>();
  readonly gaps: EdgeGap[] = [];
  readonly #read = new Map<string, DirectiveText>();
  readonly #opened = new Map<string, Promise<readonly EdgeFile[] | undefined>>();
  readonly #files: readonly EdgeFile[];
  readonly #open: Open;
  readonly #dialect: Dialect;

  constructor(files: readonly EdgeFile[], open: Open, dialect: Dialect) {
    this.#files = files;
    this.#open = open;
    this.#dialect = dialect;
  }

  /** The files that no other one takes in, and of a circle that nothing else leads to the first. */
  async begins(): Promise<readonly DirectiveText[]> {
    const all = this.#files.flatMap((it) => this.#textOf(it) ?? []);
    const included = new Set<DirectiveText>();
    for (const text of all)
      for (const it of this.#dialect.includesOf(text, folderOf(text.file)))
        for (const inner of (await this.#taken(it)) ?? []) if (inner !== text) included.add(inner);
    const begins = all.filter((it) => !included.has(it));
    const reached = new Set<DirectiveText>();
    for (const text of [...begins, ...all]) {
      if (reached.has(text)) continue;
      if (included.has(text)) begins.push(text);
      reached.add(text);
      for (const inner of (await this.closure(text)).values()) for (const it of inner) reached.add(it);
    }
    return begins;
  }

  /** By directive, what a configuration takes in. */
  async closure(begin: DirectiveText): Promise<ReadonlyMap<Directive, readonly DirectiveText[]>> {
    const found = new Map<Directive, readonly DirectiveText[]>();
    const seen = new Set([begin]);
    for (const text of seen) {
      for (const it of this.#dialect.includesOf(text, folderOf(begin.file))) {
        const taken = await this.#taken(it);
        if (taken === undefined) continue;
        found.set(it.directive, taken);
        for (const inner of taken) seen.add(inner);
      }
    }
    return found;
  }

  async #taken({ paths }: Inclusion): Promise<readonly DirectiveText[] | undefined> {
    for (const path of paths) {
      const opening = this.#opened.get(path) ?? this.#open(path);
      this.#opened.set(path, opening);
      const files = await opening;
      if (files !== undefined) return files.flatMap((it) => this.#textOf(it) ?? []);
    }
    return undefined;
  }

  /** Undefined for a template: what it will be nobody knows. */
  #textOf({ path, text }: EdgeFile): DirectiveText | undefined {
    const known = this.#read.get(path);
    if (known !== undefined || this.texts.has(path)) return known;
    this.texts.set(path, text);
    const unknown = templateGaps(path, text);
    this.gaps.push(...unknown);
    if (unknown.length > 0) return undefined;
    const { product, read } = this.#dialect;
    const made = read(text, path);
    for (const { span: at, what } of made.problems.slice(0, 1))
      this.gaps.push({ file: path, kind: "failed", reason: `${what}: ${product} refuses the file; the rest was read`, span: at });
    this.#read.set(path, made);
    return made;
  }
}
