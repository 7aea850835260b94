/**
 * Nomination: whether a Rust file may say anything about TLS, by the names that it writes as code and the crates that its package
 * reaches. A crate's name counts in a path, a type's where a type can stand, a call's wherever it is called. Manifests are incomplete
 * while somebody types, and where another tool builds: a path that begins with a crate that the manifest lacks counts, too.
 */

import { isOffer } from "../analysis/lexicon.ts";
import { codeName } from "../cargo/index.ts";
import type { Seed } from "../models/seeds.ts";
import {
  ALONE,
  hashOfName,
  type ImportLeaf,
  MEMBER,
  PATH_REST,
  PATH_START,
  type ScannedFile,
  WordFilter,
  withoutWriting,
  writingOf,
} from "../rust/items/index.ts";
import type { Package } from "./packages.ts";

interface Table {
  /** By the hash of a name: in which writings it counts, as bits. */
  readonly counts: ReadonlyMap<number, number>;
  /** Crates that the package does not name, by their hashes: what paths may begin with all the same. */
  readonly strangers: ReadonlyMap<number, string>;
  /** The names of both. */
  readonly words: WordFilter;
}

const bit = (writing: number): number => 1 << writing;
const PATH = bit(PATH_START) | bit(PATH_REST);
const TYPE = bit(ALONE) | PATH;
const ANY = TYPE | bit(MEMBER);

/** How a package comes to a crate: it names it, something that it uses does, or not at all. */
type Reach = "direct" | "through others" | "not";

export class Nomination {
  readonly #seeds: readonly Seed[];
  readonly #names: readonly string[];
  readonly #crates: ReadonlySet<string>;
  readonly #headers: RegExp;
  /** Packages that reach the same crates share a table. */
  readonly #tables = new Map<string, Table>();
  readonly #ofPackage = new WeakMap<Package["facts"], Table>();
  #everything: Table | undefined;

  /** `names`: calls that count in every package; `headers`: beginnings of strings that are reason enough. */
  constructor(seeds: readonly Seed[], names: readonly string[], headers: readonly string[]) {
    this.#seeds = seeds;
    this.#names = names;
    this.#crates = new Set(seeds.map((it) => it.crate));
    this.#headers = new RegExp(headers.join("|"));
  }

  /** Whether a text is worth a scan: it has one of the names somewhere, be it in a comment. */
  mayNominate(text: string, owner: Package | undefined): boolean {
    return this.#tableOf(owner).words.finds(text) || this.#headers.test(text);
  }

  nominates(file: ScannedFile, text: string, owner: Package | undefined): boolean {
    const { counts, strangers } = this.#tableOf(owner);
    const imports = file.tree.items.flatMap((it) => it.imports ?? []);
    const begins = (hash: number): boolean => {
      if (((counts.get(hash) ?? 0) & bit(PATH_START)) !== 0) return true;
      const stranger = strangers.get(hash);
      return stranger !== undefined && !isOwn(stranger, file.declares, imports);
    };
    for (const name of file.names) {
      const [hash, writing] = [withoutWriting(name), writingOf(name)];
      if (writing === PATH_START ? begins(hash) : ((counts.get(hash) ?? 0) & bit(writing)) !== 0) return true;
    }
    // `use rustls as tls;`
    return imports.some(({ path: [first = ""] }) => begins(hashOfName(first))) || this.#headers.test(text);
  }

  #tableOf(owner: Package | undefined): Table {
    if (owner === undefined) {
      this.#everything ??= this.#made(() => "direct", []);
      return this.#everything;
    }
    const { facts } = owner;
    const known = this.#ofPackage.get(facts);
    if (known !== undefined) return known;
    const reach = reachOf(facts);
    const renamed = [...facts.dependencies].flatMap(([name, it]) =>
      this.#crates.has(codeName(it.package)) && codeName(it.package) !== name ? [name] : [],
    );
    const key = JSON.stringify([[...this.#crates].map(reach), renamed]);
    const made = this.#tables.get(key) ?? this.#made(reach, renamed);
    this.#tables.set(key, made);
    this.#ofPackage.set(facts, made);
    return made;
  }

  #made(reach: (crate: string) => Reach, renamed: readonly string[]): Table {
    const counts = new Map<number, number>();
    const strangers = new Map<number, string>();
    const add = (name: string, writings: number): void => {
      const hash = hashOfName(name);
      counts.set(hash, (counts.get(hash) ?? 0) | writings);
    };
    for (const { name, of, crate } of this.#seeds) {
      const how = reach(crate);
      if (of === "crate") {
        if (how !== "direct") strangers.set(hashOfName(name), name);
        if (how !== "not") add(name, how === "direct" ? PATH : bit(PATH_REST));
      } else if (how !== "not" || isOffer(name)) add(name, of === "type" ? TYPE : ANY);
    }
    for (const name of this.#names) add(name, ANY);
    for (const name of renamed) add(name, PATH);
    return { counts, strangers, words: new WordFilter([...counts.keys(), ...strangers.keys()]) };
  }
}

/** Whether a file means something of its own by a name: a module that it declares, or imports from elsewhere. */
const isOwn = (name: string, declares: readonly string[], imports: readonly ImportLeaf[]): boolean =>
  declares.includes(name) || imports.some((it) => it.name === name && it.path[0] !== name);

function reachOf({ name, dependencies, reached }: Package["facts"]): (crate: string) => Reach {
  const direct = new Set([...[...dependencies.values()].map((it) => codeName(it.package)), codeName(name)]);
  return (crate) => (direct.has(crate) ? "direct" : reached === "unknown" || reached.has(crate) ? "through others" : "not");
}
