/** The packages that Rust files belong to: the same object as long as its manifest says the same, so that what was made of it is known by that. */
import type { Package, Packages } from "./packages.ts";
import { folderOf } from "./path.ts";

export class Owners {
  readonly #packages: Packages;
  readonly #known: Map<string, Package>;
  /** Of the files in a folder, as of the last look. */
  readonly #byFolder = new Map<string, Package | undefined>();

  constructor(packages: Packages, from?: Owners) {
    this.#packages = packages;
    this.#known = new Map(from === undefined ? [] : from.#known);
  }

  lookAgain(): void {
    this.#byFolder.clear();
  }

  async of(path: string): Promise<Package | undefined> {
    const folder = folderOf(path);
    if (this.#byFolder.has(folder)) return this.#byFolder.get(folder);
    const owner = await this.#packages.packageOf(path);
    const known = owner && this.#known.get(owner.folder);
    const kept = known !== undefined && (known === owner || saysTheSame(known, owner)) ? known : owner;
    if (kept !== undefined) this.#known.set(kept.folder, kept);
    this.#byFolder.set(folder, kept);
    return kept;
  }
}

const saysTheSame = (a: Package, b: Package | undefined): boolean => b !== undefined && written(plain(a)) === written(plain(b));

const written = (value: unknown): string => JSON.stringify(value, (_, it: unknown) => (it instanceof Set ? [...it] : it));

const plain = ({ facts, manifest }: Package) => [
  facts.name,
  [...facts.dependencies],
  [...facts.versions],
  [...facts.brought],
  [...facts.features],
  [...facts.defaultFeatures],
  manifest.targets,
];
