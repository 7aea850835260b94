/** Roots of a workspace as they were analysed last. */

import type { ReadCrate } from "../../analysis/index.ts";
import { type Files, type Package, type RustIndex, type RustSources, textOf } from "../../project/index.ts";
import type { Cut } from "../../rust/index.ts";
import type { Unit } from "./unit.ts";
import type { Units } from "./units.ts";

interface Inputs {
  readonly files: Files;
  readonly sources: RustSources;
  crateOf(owner: Package | undefined, crate: string): ReadCrate | undefined;
}

interface Analysed {
  readonly byFile: ReadonlyMap<string, readonly Unit[]>;
  cutsIn(path: string): readonly Cut[];
  isCurrent(): boolean;
}

export class Analyses {
  readonly #units = new Map<RustIndex, Units>();

  /** What is known of an index, for another that goes on from there. */
  lend(from: RustIndex, to: RustIndex, other: Analyses): void {
    const known = this.#units.get(from);
    if (known !== undefined) other.#units.set(to, known.lent());
  }

  clear(): void {
    this.#units.clear();
  }

  async of(index: RustIndex, { files, sources, crateOf }: Inputs): Promise<Analysed> {
    const { Units } = await import("./units.ts");
    const read = async (path: string): Promise<string | undefined> => textOf(await files.readKept(path))?.text;
    const inputs = { sources, read, crateOf };
    const before = this.#units.get(index);
    // If this ends halfway, nothing is known.
    this.#units.delete(index);
    const made = await Units.of(index, inputs, before);
    this.#units.set(index, made);
    const byFile = new Map<string, Unit[]>();
    for (const unit of made.units) for (const { entry } of unit.files) byFile.set(entry.path, [...(byFile.get(entry.path) ?? []), unit]);
    return { byFile, cutsIn: (path) => made.cutsIn(path), isCurrent: () => made.isCurrent };
  }
}
