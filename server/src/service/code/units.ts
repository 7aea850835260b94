/** How the code below a root falls into units, and whether it still does after a change. Loaded when a file names something modelled. */
import { analyse } from "../../analysis/index.ts";
import { ResolvedProgram } from "../../flow/index.ts";
import { READERS } from "../../models/configuration.ts";
import { models } from "../../models/index.ts";
import { STD } from "../../models/std.ts";
import { isExample, type Package, type RustIndex, type RustSources } from "../../project/index.ts";
import { WorkspaceNames } from "../../project/workspace-names.ts";
import type { ReadCrate } from "../../reading/index.ts";
import { sourceFile, type Unit, type UnitFile, type UnitReading } from "./unit.ts";

/** What units are made from beside the index. */
export interface UnitInputs {
  readonly sources: RustSources;
  read(path: string): Promise<string | undefined>;
  crateOf(owner: Package | undefined, crate: string): ReadCrate | undefined;
}

export async function unitsOf(index: RustIndex, inputs: UnitInputs): Promise<readonly Unit[]> {
  const names = await WorkspaceNames.of(index, (path) => inputs.read(path));
  const files = [...names.paths].flatMap((path): readonly UnitFile[] => {
    const [entry, text] = [index.entry(path), names.text(path)];
    if (entry === undefined || text === undefined) return [];
    const place = index.placeOf(entry);
    return [{ entry, place, text, crate: inputs.crateOf(entry.owner, place.crate), example: isExample(place, entry.owner) }];
  });
  return files.length === 0 ? [] : [{ key: "all", files, read: () => readingOf(files, names, inputs.sources) }];
}

/** Files that no workspace lists, each by itself. */
export function unitAlone(file: UnitFile, owner: Package | undefined, sources: RustSources): Unit {
  const names = WorkspaceNames.among([[{ path: file.entry.path, owner, place: file.place }, file.text]]);
  return { key: "alone", files: [file], read: () => readingOf([file], names, sources) };
}

function readingOf(unit: readonly UnitFile[], { maps, calls }: WorkspaceNames, sources: RustSources): UnitReading {
  const files = unit.map((it) => sourceFile(it, sources));
  const program = new ResolvedProgram(maps, calls, READERS);
  const found = analyse({ files, models, program, standard: STD });
  return { reading: { ...found, trace: [] }, files };
}
