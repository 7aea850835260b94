/** How the files of a root fall into programs, and whether they still do after a change. Loaded when a file names something modelled. */
import { models } from "../../models/index.ts";
import { callsAlike, WorkspaceCalls } from "../../project/calls.ts";
import { type Breath, type Files, type Package, type RustEntry, type RustIndex, type RustSources, textOf } from "../../project/index.ts";
import { linksAlike } from "../../project/program-links.ts";
import { type Program, programsOf } from "../../project/programs.ts";
import { type Outline, outlineOf, type ReadCrate } from "../../reading/index.ts";
import { rustParser } from "../../rust/index.ts";

export interface Partition {
  readonly revision: number;
  readonly edition: number;
  /** All files that there were, and the fields whose names say that nobody is verified by what they hold. */
  readonly entries: readonly RustEntry[];
  readonly telling: ReadonlySet<string>;
  /** The files whose texts decide which functions are called. */
  readonly deciding: ReadonlySet<string>;
  /** By path: the programs that hold the file. */
  readonly byFile: ReadonlyMap<string, readonly Program[]>;
}

export interface Surroundings {
  readonly files: Files;
  readonly sources: RustSources;
  /** An entry is of one text: a fork shares them. */
  readonly outlines: WeakMap<RustEntry, Promise<Outline | undefined>>;
  crateOf(owner: Package | undefined, crate: string): ReadCrate | undefined;
}

export async function partition(index: RustIndex, around: Surroundings, breath: Breath): Promise<Partition> {
  const { revision, edition } = index;
  const byFile = new Map<string, Program[]>();
  const telling = new Set<string>();
  const outlines = async (entry: RustEntry): Promise<Outline | undefined> => {
    const outline = await outlineIn(entry, index, around);
    for (const it of outline?.telling ?? []) telling.add(it);
    return outline;
  };
  const entries = index.entries();
  const calls = callsIn(index, around);
  for (const program of await programsOf(index, outlines, calls, breath)) {
    for (const { entry } of program.files) byFile.set(entry.path, [...(byFile.get(entry.path) ?? []), program]);
  }
  return { revision, edition, entries, telling, deciding: calls.deciding, byFile };
}

/** Whether the files that changed since belong together as before, and the same functions are called. */
export async function staysAlike(
  { entries, telling, deciding, byFile }: Partition,
  index: RustIndex,
  around: Surroundings,
): Promise<boolean> {
  const outlines = { known: (it: RustEntry) => around.outlines.get(it), of: (it: RustEntry) => outlineIn(it, index, around) };
  for (const before of entries) {
    const after = index.entry(before.path);
    if (after !== before && (after === undefined || !(await linksAlike(before, after, index, telling, outlines)))) return false;
  }
  const decides = entries.some((it) => deciding.has(it.path) && index.entry(it.path) !== it);
  return !decides || (await callsAlike(byFile, callsIn(index, around), index, (it) => outlineIn(it, index, around)));
}

const callsIn = (index: RustIndex, { files }: Surroundings): WorkspaceCalls =>
  new WorkspaceCalls(index, async (path) => textOf(await files.read(path))?.text);

function outlineIn(entry: RustEntry, index: RustIndex, around: Surroundings): Promise<Outline | undefined> {
  const known = around.outlines.get(entry);
  if (known !== undefined) return known;
  const made = outline(entry, index, around);
  around.outlines.set(entry, made);
  return made;
}

async function outline(entry: RustEntry, index: RustIndex, { files, sources, crateOf }: Surroundings): Promise<Outline | undefined> {
  const text = textOf(await files.readKept(entry.path))?.text;
  if (text === undefined) return undefined;
  const { modulePath, crate } = index.placeOf(entry);
  const [parsed] = sources.parsed([{ path: entry.path, text }], rustParser);
  if (!parsed?.ok) return undefined;
  const { value: file } = parsed;
  return outlineOf({ name: entry.path, file, modulePath, testCode: entry.testCode, crate: crateOf(entry.owner, crate) }, models);
}
