/** Every Rust file below a folder, with what a scan of it tells: whether it may say something, the names in it, the files that it names. */
import { LARGEST_TEXT } from "../rust/bounds.ts";
import { hashOfName, type ScannedFile } from "../rust/items/index.ts";
import type { Breath } from "./breath.ts";
import { type Files, textOf } from "./files.ts";
import { fingerprint } from "./fingerprint.ts";
import { type ModulePlace, modulePlace } from "./module-place.ts";
import type { NamedPart } from "./named-files.ts";
import { Owners } from "./owners.ts";
import type { Package, Packages } from "./packages.ts";
import { isWithin } from "./path.ts";
import { mayNameFiles, NO_NAMES, namesOf, type RustEntry } from "./rust-entry.ts";
import { isTestCode } from "./test-modules.ts";
import { type WalkRules, walk } from "./walk.ts";

export interface RustIndexSource {
  readonly files: Files;
  readonly packages: Packages;
  readonly rules: WalkRules;
  /** Whether a text is worth a scan for that; what is not says nothing. */
  mayMention(text: string, owner: Package | undefined): boolean;
  /** Whether a file may say anything about TLS. */
  mentions(scanned: ScannedFile, text: string, owner: Package | undefined): boolean;
  /** Whether a text says something whatever its code does. */
  speaks(text: string): boolean;
}

/** The files below one root. */
export class RustIndex {
  readonly #source: RustIndexSource;
  readonly #root: string;
  readonly #entries: Map<string, RustEntry>;
  /** Fingerprints of the contents as they were read. */
  readonly #prints: Map<string, string>;
  /** By word: the paths of the files that have it. */
  #having: Map<number, readonly string[]> | undefined;
  #places: ReadonlyMap<string, ModulePlace> | undefined;
  readonly #owners: Owners;
  readonly #dirty: Set<string>;
  #named: ReadonlySet<string>;
  /** Where something is named and nothing lies. */
  readonly #absent: Set<string>;
  /** Files in which no name was looked for: they cannot say anything, and nobody asked which names they have. */
  readonly #unscanned: Set<string>;
  /** Names are wanted of all files: one of them says something, or somebody asked. */
  #wantsNames: boolean;
  /** Which files there are is known. */
  #listed: boolean;
  /** What they name was followed. */
  #followed = false;
  /** So is which packages they belong to. */
  #owned: boolean;
  #edition: number;

  /** `from`: its files as they are now, read from another source from here on. */
  constructor(root: string, source: RustIndexSource, from?: RustIndex) {
    this.#root = root;
    this.#source = source;
    this.#entries = new Map(from ? from.#entries : []);
    this.#prints = new Map(from ? from.#prints : []);
    this.#having = from ? from.#having : undefined;
    this.#places = from ? from.#places : undefined;
    this.#owners = new Owners(source.packages, from ? from.#owners : undefined);
    this.#dirty = new Set(from ? from.#dirty : []);
    this.#named = from ? from.#named : new Set();
    this.#absent = new Set(from ? from.#absent : []);
    this.#unscanned = new Set(from ? from.#unscanned : []);
    this.#wantsNames = from ? from.#wantsNames : false;
    this.#listed = from ? from.#listed : false;
    this.#owned = from ? from.#owned : true;
    this.#edition = from ? from.#edition : 0;
  }

  /** Grows when files appear or vanish, and with every text that is another. */
  get edition(): number {
    return this.#edition;
  }

  entry(path: string): RustEntry | undefined {
    return this.#entries.get(path);
  }

  /** Of the content that it has seen. */
  fingerprintOf(path: string): string | undefined {
    return this.#entries.has(path) ? this.#prints.get(path) : undefined;
  }

  /** In the order of their paths. */
  entries(): readonly RustEntry[] {
    return [...this.#entries.values()];
  }

  mentioning(word: string): readonly RustEntry[] {
    return (
      this.#inverted()
        .get(hashOfName(word))
        ?.flatMap((it) => this.#entries.get(it) ?? []) ?? []
    );
  }

  /** Files that changed, appeared or vanished; empty: any may have. */
  forget(paths: readonly string[]): void {
    for (const path of paths.length === 0 ? this.#entries.keys() : paths)
      if (path.endsWith(".rs") || this.#entries.has(path)) this.#dirty.add(path);
    this.#absent.clear();
    this.#followed = false;
    this.#listed &&= paths.length > 0 && paths.every((it) => this.#entries.has(it) || !concernsListing(it));
    this.#owned &&= paths.length > 0 && !paths.some((it) => /\/Cargo\.(?:toml|lock)$/.test(it));
  }

  /** Nothing was forgotten since it was brought up to date. */
  get isCurrent(): boolean {
    return this.#listed && this.#owned && this.#followed && this.#dirty.size === 0;
  }

  /** Brings the index up to date. `names`: files are asked for by names that nobody may have looked for yet. */
  async refresh(breath: Breath, names?: "with names"): Promise<void> {
    if (names !== undefined) this.#wantNames();
    if (this.isCurrent) return;
    this.#followed = true;
    const { files, rules } = this.#source;
    if (!this.#listed) {
      // Set first: what is forgotten while this waits is looked at once more.
      this.#listed = true;
      const listed = (await walk(this.#root, files, rules, breath)).files;
      // What an editor has open is there, whether or not it was ever written.
      const open = files.openPaths().filter((it) => isWithin(this.#root, it));
      const found = new Set([...listed, ...open].filter((it) => it.endsWith(".rs")));
      for (const path of this.#entries.keys()) if (!found.has(path) && !files.isOpen(path) && !this.#named.has(path)) this.#drop(path);
      for (const path of found) if (!this.#entries.has(path)) this.#dirty.add(path);
    }
    await this.#settleOwners();
    let appeared = await this.#scanDirty(breath);
    appeared = (await this.#follow(breath)) || appeared;
    if (!this.#wantsNames && [...this.#entries.values()].some((it) => it.mentions)) {
      this.#wantNames();
      await this.#scanDirty(breath);
    }
    if (!appeared) return;
    const sorted = [...this.#entries].sort(([a], [b]) => (a < b ? -1 : 1));
    this.#entries.clear();
    for (const [path, entry] of sorted) this.#entries.set(path, entry);
  }

  #wantNames(): void {
    if (this.#wantsNames) return;
    this.#wantsNames = true;
    for (const path of this.#unscanned) this.#dirty.add(path);
  }

  /** Whether there are files that were not here. */
  async #scanDirty(breath: Breath): Promise<boolean> {
    let appeared = false;
    for (const path of [...this.#dirty].sort()) {
      await breath.take();
      this.#dirty.delete(path);
      appeared = (await this.#scan(path)) || appeared;
    }
    return appeared;
  }

  /** What a program names is read, wherever it lies within the root: ignored, among output, in a hidden folder, under another ending. */
  async #follow(breath: Breath): Promise<boolean> {
    const named = new Set<string>();
    const waiting = [...this.#entries.values()];
    let appeared = false;
    for (const { parts } of waiting) {
      for (const { candidates } of parts) {
        const known = candidates.find((it) => this.#entries.has(it));
        if (known !== undefined) named.add(known);
        for (const path of known === undefined ? candidates : []) {
          await breath.take();
          if (!isWithin(this.#root, path) || this.#absent.has(path)) continue;
          await this.#scan(path);
          const entry = this.#entries.get(path);
          if (entry === undefined) {
            this.#absent.add(path);
            continue;
          }
          named.add(path);
          waiting.push(entry);
          appeared = true;
          break;
        }
      }
    }
    // What is no longer named, and was found in no other way, is forgotten with the next listing.
    this.#named = named;
    return appeared;
  }

  /** Those that code names, wherever they lie. */
  namedPaths(): ReadonlySet<string> {
    return this.#named;
  }

  /** Parts of its crate that a file names and that cannot be had. */
  missingParts(entry: RustEntry): readonly NamedPart[] {
    return entry.parts.filter(({ candidates }) => !candidates.some((it) => this.#entries.has(it)));
  }

  /** What a manifest says of a crate decides how all of its files are read. */
  async #settleOwners(): Promise<void> {
    if (this.#owned) return;
    this.#owners.lookAgain();
    this.#owned = true;
    for (const { path, owner } of this.#entries.values()) if ((await this.#owners.of(path)) !== owner) this.#dirty.add(path);
  }

  /** Whether the file is new here. */
  async #scan(path: string): Promise<boolean> {
    const { files, packages, speaks } = this.#source;
    const content = await files.read(path);
    const decoded = textOf(content);
    const text = decoded?.text;
    const known = this.#entries.get(path);
    // Larger ones are not read, and need no place here.
    if (text === undefined || text.length > LARGEST_TEXT) {
      if (known) this.#drop(path);
      return false;
    }
    const owner = await this.#owners.of(path);
    const place = modulePlace(path, owner?.folder ?? packages.top(path), owner?.manifest);
    const head = {
      path,
      owner,
      place,
      textPrint: fingerprint({ kind: "open", text }),
      speaks: decoded?.damage !== undefined || decoded?.binary !== undefined || speaks(text),
    };
    this.#prints.set(path, fingerprint(content));
    if (known?.textPrint === head.textPrint && known.owner === owner && known.speaks === head.speaks && !this.#unscanned.has(path))
      if (known.testCode === (await isTestCode(place, owner, files)))
        // Whether it is test code is decided by those above it.
        return false;
    const passed = !this.#wantsNames && !mayNameFiles(text) && !this.#source.mayMention(text, owner);
    const entry: RustEntry = passed
      ? { ...head, ...NO_NAMES }
      : {
          ...head,
          ...namesOf(text, { path, owner, place, top: packages.top(path) }, this.#source.mentions),
          testCode: await isTestCode(place, owner, files),
        };
    if (passed) this.#unscanned.add(path);
    else this.#unscanned.delete(path);
    this.#entries.set(path, entry);
    this.#stale();
    return known === undefined;
  }

  #drop(path: string): void {
    this.#entries.delete(path);
    this.#prints.delete(path);
    this.#unscanned.delete(path);
    this.#stale();
  }

  #stale(): void {
    this.#having = undefined;
    this.#places = undefined;
    this.#edition++;
  }

  /** `#[path]` and `include!` win over where Cargo's layout would put a file. */
  placeOf(entry: RustEntry): ModulePlace {
    return this.#placed().get(entry.path) ?? entry.place;
  }

  #placed(): ReadonlyMap<string, ModulePlace> {
    if (this.#places !== undefined) return this.#places;
    const places = new Map<string, ModulePlace>();
    for (const parent of this.#entries.values()) {
      for (const { path, name, inside } of parent.placed) {
        if (path === parent.path || !this.#entries.has(path)) continue;
        const { place } = parent;
        const modulePath = name === undefined ? place.modulePath : [...place.modulePath, ...inside, name];
        places.set(path, { ...place, modulePath, parents: [parent.path] });
      }
    }
    this.#places = places;
    return places;
  }

  #inverted(): ReadonlyMap<number, readonly string[]> {
    if (this.#having !== undefined) return this.#having;
    const having = new Map<number, string[]>();
    for (const { path, words } of this.#entries.values())
      for (const word of words) {
        const list = having.get(word);
        if (list === undefined) having.set(word, [path]);
        else list.push(path);
      }
    this.#having = having;
    return having;
  }
}

const concernsListing = (path: string): boolean => path.endsWith(".rs") || /\/(?:\.gitignore|tlslint\.toml|Cargo\.toml)$/.test(path);
