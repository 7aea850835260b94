/** Roots of a workspace as they were analysed last, and the programs that their units are. */
import { type Files, type Package, type Program, type RustIndex, type RustSources, textOf } from "../../project/index.ts";
import type { ReadCrate } from "../../reading/index.ts";
import type { Unit } from "./unit.ts";
import type { Units } from "./units.ts";

interface Inputs {
  readonly files: Files;
  readonly sources: RustSources;
  crateOf(owner: Package | undefined, crate: string): ReadCrate | undefined;
}

interface Analysed {
  readonly byFile: ReadonlyMap<string, readonly Program[]>;
  readonly read: ReadonlyMap<Program, Unit>;
  isCurrent(): boolean;
}

export class Analyses {
  readonly #units = new Map<RustIndex, Units>();
  readonly #programs = new WeakMap<Unit, Program>();

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
    const made = (await before?.after(index, inputs)) ?? (await Units.of(index, inputs));
    this.#units.set(index, made);
    const programs = new Map(made.units.map((it) => [this.#programOf(it, index), it]));
    const byFile = new Map<string, Program[]>();
    for (const program of programs.keys())
      for (const { entry } of program.files) byFile.set(entry.path, [...(byFile.get(entry.path) ?? []), program]);
    return { byFile, read: programs, isCurrent: () => made.isCurrent };
  }

  /** One that says the same as before is the same. */
  #programOf(unit: Unit, index: RustIndex): Program {
    const known = this.#programs.get(unit);
    if (known !== undefined) return known;
    const files = unit.files.flatMap(({ entry, place, cuts }) => {
      const own = index.entry(entry.path);
      const called = { keys: undefined, cuts: own?.mentions === true ? (cuts ?? []) : [] };
      return own === undefined ? [] : [{ entry: own, place, begins: undefined, guest: false, named: NONE, called }];
    });
    const made = { files, unit: unit.key };
    this.#programs.set(unit, made);
    return made;
  }
}

const NONE: ReadonlySet<string> = new Set();
