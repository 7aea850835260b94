/** The Rust code of the workspace: its files, and the units in which they are analysed, kept as long as nothing that links files has changed. */

import type { ReadCrate } from "../../analysis/index.ts";
import { DAY } from "../../base/duration.ts";
import {
  breath,
  type Content,
  type Files,
  fingerprint,
  folderOf,
  isWithin,
  type Package,
  type Packages,
  type RustEntry,
  RustIndex,
  type RustIndexSource,
  type RustSources,
  type WalkRules,
  whyMissing,
} from "../../project/index.ts";
import type { Cut, ScannedFile } from "../../rust/index.ts";
import type { Gap, LintHost } from "../api.ts";
import { Analyses } from "./analyses.ts";
import type { Unit } from "./unit.ts";
import type { UnitLint } from "./unit-lint.ts";

/** Of units that were not asked for lately, findings are made again. */
const MOST_KEPT = 2048;

interface Kept {
  readonly state: readonly unknown[];
  readonly lint: Promise<UnitLint | undefined>;
}

/** How the files of a root fall into units. */
interface Partition {
  readonly edition: number;
  /** By path: the units that hold the file. */
  readonly byFile: ReadonlyMap<string, readonly Unit[]>;
  cutsIn(path: string): readonly Cut[];
  /** Whether what it holds can be read still. */
  isCurrent(): boolean;
}

/** What units are made from: the part of a workspace that does not know of them. */
interface Inputs {
  readonly host: Pick<LintHost, "now">;
  readonly roots: readonly string[];
  /** Another one each time that the configuration may have changed. */
  readonly moment: number;
  readonly files: Files;
  readonly packages: Packages;
  readonly walkRules: WalkRules;
  readonly sources: RustSources;
  mayMentionTls(text: string, owner: Package | undefined): boolean;
  mentionsTls(scanned: ScannedFile, text: string, owner: Package | undefined): boolean;
  speaks(text: string): boolean;
}

export class RustCode {
  readonly #inputs: Inputs;
  readonly #indexes = new Map<string, RustIndex>();
  readonly #partitions = new Map<RustIndex, Partition>();
  readonly #crates: Map<string, { readonly of: Package["facts"]; readonly crate: ReadCrate }>;
  readonly #kept: Map<string, Kept>;
  readonly #analyses = new Analyses();
  #queue: Promise<unknown> = Promise.resolve();

  /** `from`: between its turns. */
  constructor(inputs: Inputs, from?: RustCode) {
    this.#inputs = inputs;
    this.#crates = new Map(from ? from.#crates : []);
    this.#kept = new Map(from ? from.#kept : []);
    if (from === undefined) return;
    for (const [root, index] of from.#indexes) {
      const forked = new RustIndex(root, this.#source(), index);
      const partition = from.#partitions.get(index);
      this.#indexes.set(root, forked);
      if (partition !== undefined) this.#partitions.set(forked, partition);
      from.#analyses.lend(index, forked, this.#analyses);
    }
  }

  /** Calls `use` when no index is being brought up to date. */
  settled<T>(use: () => T | Promise<T>): Promise<T> {
    const turn = this.#queue.then(use);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  /** Empty: everything may have changed. */
  forget(paths: readonly string[]): void {
    for (const index of this.#indexes.values()) index.forget(paths);
    if (paths.length === 0) this.#crates.clear();
  }

  /** Roots or manifests changed. */
  forgetAll(): void {
    this.#indexes.clear();
    this.#partitions.clear();
    this.#analyses.clear();
    this.#crates.clear();
  }

  /** The units that a file of the workspace belongs to; undefined for one that the workspace does not list. */
  async holding(file: string, signal: AbortSignal | undefined): Promise<readonly Unit[] | undefined> {
    const root = this.#inputs.packages.top(file);
    if (!this.#inputs.roots.some((it) => isWithin(it, file))) return undefined;
    const index = this.#indexOf(root);
    // One after another: the second caller finds the first one's work done. Nobody's giving up ends it for the others.
    const { byFile } = await this.settled(() => this.#partitionOf(index));
    signal?.throwIfAborted();
    return index.entry(file) === undefined ? undefined : (byFile.get(file) ?? []);
  }

  /** The same at once, where nothing has changed since somebody was told; undefined also where that is not so. */
  holdingNow(file: string): readonly Unit[] | undefined {
    const index = this.#indexes.get(this.#inputs.packages.top(file));
    if (index?.isCurrent !== true || index.entry(file) === undefined) return undefined;
    const known = this.#partitions.get(index);
    if (known?.edition !== index.edition || !known.isCurrent()) return undefined;
    return known.byFile.get(file) ?? [];
  }

  /** The files below a folder that code names as parts of its crate, whatever they are called and wherever they lie. */
  async namedBelowFolder(folder: string): Promise<readonly string[]> {
    const index = this.#indexOf(this.#inputs.packages.top(`${folder}/x`));
    await this.settled(() => index.refresh(breath(undefined)));
    return [...index.namedPaths()].filter((it) => isWithin(folder, it)).sort();
  }

  /** Whether code of the workspace names the file as a part of its crate, as far as was read. */
  isNamed(file: string): boolean {
    return this.#entry(file) !== undefined;
  }

  /** Of the content that the index has seen. */
  fingerprintOf(file: string): string | undefined {
    return this.#indexes.get(this.#inputs.packages.top(file))?.fingerprintOf(file);
  }

  /** Whether the index has seen a file, with this content if one is given, and nothing in it that anybody has to look at. */
  isSilent(file: string, content?: Content): boolean {
    const entry = this.#entry(file);
    if (entry === undefined || entry.mentions || entry.speaks) return false;
    return content === undefined || this.fingerprintOf(file) === fingerprint(content);
  }

  /** What a file names and nobody can read. */
  gapsIn(file: string): readonly Gap[] {
    const index = this.#indexes.get(this.#inputs.packages.top(file));
    const entry = index?.entry(file);
    return index === undefined || entry === undefined
      ? []
      : index.missingParts(entry).map((it) => ({ file, kind: "out of reach", reason: whyMissing(it), span: it.span }));
  }

  /** Why the names in a file that says something about TLS are known in part. */
  cutsIn(file: string): readonly Cut[] {
    const index = this.#indexes.get(this.#inputs.packages.top(file));
    return (index && this.#partitions.get(index)?.cutsIn(file)) ?? [];
  }

  /** Findings of a unit, made anew when one of its files, the configuration or the day has changed. */
  linted(unit: Unit, make: () => Promise<UnitLint | undefined>): Promise<UnitLint | undefined> {
    const { moment, host } = this.#inputs;
    const { key } = unit;
    const state = [moment, Math.floor(host.now() / DAY), unit];
    const known = this.#kept.get(key);
    this.#kept.delete(key);
    if (known?.state.every((it, at) => it === state[at])) {
      this.#kept.set(key, known);
      return known.lint;
    }
    const kept: Kept = { state, lint: make() };
    this.#kept.set(key, kept);
    // Neither a failure nor that the texts have changed is an answer to whoever asks next.
    const drop = (): boolean => this.#kept.get(key) === kept && this.#kept.delete(key);
    kept.lint.then((lint) => lint === undefined && drop(), drop);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST_KEPT) break;
      this.#kept.delete(oldest);
    }
    return kept.lint;
  }

  #entry(path: string): RustEntry | undefined {
    return this.#indexes.get(this.#inputs.packages.top(path))?.entry(path);
  }

  /** Which files below the same root have a word, for a file that is listed there. */
  namedIn(path: string): { readonly namedIn?: (word: string) => readonly string[] } {
    const index = this.#indexes.get(this.#inputs.packages.top(path));
    if (index?.entry(path) === undefined) return {};
    return { namedIn: (word) => index.mentioning(word).map((it) => it.path) };
  }

  /** Those of some names that the Rust code in and below a manifest's folder has, if there is any; of a path one file has all names. */
  async namedBelow(manifest: string, paths: readonly string[]): Promise<ReadonlySet<string> | undefined> {
    if (paths.length === 0) return undefined;
    const folder = folderOf(manifest);
    const index = this.#indexOf(this.#inputs.packages.top(manifest));
    await this.settled(() => index.refresh(breath(undefined), "with names"));
    const isHere = (it: RustEntry): boolean => isWithin(folder, it.path);
    if (!index.entries().some(isHere)) return undefined;
    return new Set(
      paths.filter((path) => {
        const [first = [], ...others] = path.split("::").map((it) => index.mentioning(it));
        return first.some((it) => isHere(it) && others.every((one) => one.includes(it)));
      }),
    );
  }

  /** The same object for all files of a crate. */
  crateOf(owner: Package | undefined, crate: string): ReadCrate | undefined {
    if (owner === undefined) return undefined;
    const key = `${owner.folder}:${crate}`;
    const { facts } = owner;
    const known = this.#crates.get(key);
    if (known?.of === facts) return known.crate;
    // Binaries and tests of a package use its library by name.
    const dependencies = new Map(facts.dependencies).set(facts.name.replaceAll("-", "_"), { package: facts.name });
    const made: ReadCrate = { ...facts, dependencies, ...(crate === "src" ? { library: facts.name } : {}) };
    this.#crates.set(key, { of: facts, crate: made });
    return made;
  }

  #indexOf(root: string): RustIndex {
    const known = this.#indexes.get(root);
    if (known !== undefined) return known;
    const made = new RustIndex(root, this.#source());
    this.#indexes.set(root, made);
    return made;
  }

  #source(): RustIndexSource {
    const { files, packages, walkRules: rules } = this.#inputs;
    return {
      files,
      packages,
      rules,
      mayMention: (text, owner) => this.#inputs.mayMentionTls(text, owner),
      mentions: (scanned, text, owner) => this.#inputs.mentionsTls(scanned, text, owner),
      speaks: (text) => this.#inputs.speaks(text),
    };
  }

  async #partitionOf(index: RustIndex): Promise<Partition> {
    await index.refresh(breath(undefined));
    const known = this.#partitions.get(index);
    if (known?.edition === index.edition && known.isCurrent()) return known;
    const made = await this.#partitioned(index);
    this.#partitions.set(index, made);
    return made;
  }

  async #partitioned(index: RustIndex): Promise<Partition> {
    const { edition } = index;
    if (!index.entries().some((it) => it.mentions)) return { edition, byFile: new Map(), cutsIn: () => [], isCurrent: () => true };
    const { files, sources } = this.#inputs;
    const made = await this.#analyses.of(index, { files, sources, crateOf: this.crateOf.bind(this) });
    return { edition, ...made };
  }
}
