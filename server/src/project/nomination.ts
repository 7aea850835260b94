/**
 * Nomination: whether a Rust file may say anything about TLS, by the names that it writes as code and the crates that its package
 * reaches. A crate's name counts in a path, a type's where a type can stand, a call's wherever it is called.
 */
import type { Seed } from "../models/index.ts";
import { isOffer } from "../reading/index.ts";
import { ALONE, hashOfName, MEMBER, PATH_REST, PATH_START, type ScannedFile, withoutWriting, writingOf } from "../rust/index.ts";
import type { Package } from "./packages.ts";

/** By the hash of a name: in which writings it counts, as bits. */
type Table = ReadonlyMap<number, number>;

const bit = (writing: number): number => 1 << writing;
const PATH = bit(PATH_START) | bit(PATH_REST);
const TYPE = bit(ALONE) | PATH;
const ANY = TYPE | bit(MEMBER);

/** How a package comes to a crate: it names it, something that it uses does, or not at all. */
type Reach = "direct" | "through others" | "not";

export class Nomination {
  readonly #seeds: readonly Seed[];
  readonly #crates: ReadonlySet<string>;
  readonly #headers: RegExp;
  /** Packages that reach the same crates share a table. */
  readonly #tables = new Map<string, Table>();
  readonly #ofPackage = new WeakMap<Package["facts"], Table>();
  #everything: Table | undefined;

  /** `headers`: beginnings of strings that are reason enough. */
  constructor(seeds: readonly Seed[], headers: readonly string[]) {
    this.#seeds = seeds;
    this.#crates = new Set(seeds.map((it) => it.crate));
    this.#headers = new RegExp(headers.join("|"));
  }

  nominates({ names, tree }: ScannedFile, text: string, owner: Package | undefined): boolean {
    const table = this.#tableOf(owner);
    for (const name of names) if (((table.get(withoutWriting(name)) ?? 0) & bit(writingOf(name))) !== 0) return true;
    // `use rustls as tls;`
    const imports = tree.items.flatMap((it) => it.imports ?? []);
    return (
      imports.some(({ path: [first = ""] }) => ((table.get(hashOfName(first)) ?? 0) & bit(PATH_START)) !== 0) || this.#headers.test(text)
    );
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
    const table = new Map<number, number>();
    const add = (name: string, writings: number): void => {
      const hash = hashOfName(name);
      table.set(hash, (table.get(hash) ?? 0) | writings);
    };
    for (const { name, of, crate } of this.#seeds) {
      const how = reach(crate);
      if (of === "crate") {
        if (how !== "not") add(name, how === "direct" ? PATH : bit(PATH_REST));
      } else if (how !== "not" || isOffer(name)) add(name, of === "type" ? TYPE : ANY);
    }
    for (const name of renamed) add(name, PATH);
    return table;
  }
}

/** Without a lock file, what a dependency of the same people brings along is not known: all that it could. */
function reachOf({ name, dependencies, versions }: Package["facts"]): (crate: string) => Reach {
  const direct = new Set([...[...dependencies.values()].map((it) => codeName(it.package)), codeName(name)]);
  const locked = [...dependencies.values()].some((it) => it.locked === true);
  const open = [...dependencies.values()].some((it) => it.own === true);
  const others = new Set([...versions.keys()].map(codeName));
  return (crate) => {
    if (direct.has(crate)) return "direct";
    return (locked ? others.has(crate) : open) ? "through others" : "not";
  };
}

const codeName = (name: string): string => name.replaceAll("-", "_");
