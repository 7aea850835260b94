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
  /** What was found out of these texts; undefined where another has it now. */
  readonly calls: WorkspaceCalls | undefined;
  /** By path: the programs that hold the file. */
  readonly byFile: ReadonlyMap<string, readonly Program[]>;
  /** Whether what it holds can be read still. */
  readonly isCurrent?: () => boolean;
}

export interface Surroundings {
  readonly files: Files;
  readonly sources: RustSources;
  /** An entry is of one text: a fork shares them. */
  readonly outlines: WeakMap<RustEntry, Promise<Outline | undefined>>;
  crateOf(owner: Package | undefined, crate: string): ReadCrate | undefined;
}

/** `known`: what it was before. */
export async function partition(known: Partition | undefined, index: RustIndex, around: Surroundings, breath: Breath): Promise<Partition> {
  let made: WorkspaceCalls | undefined;
  const calls = async (): Promise<WorkspaceCalls> => {
    made ??= await callsNow(known, index, around);
    return made;
  };
  return (
    (known?.revision === index.revision ? await unchanged(known, index, around, calls) : undefined) ??
    whole(index, around, await calls(), breath)
  );
}

async function whole(index: RustIndex, around: Surroundings, calls: WorkspaceCalls, breath: Breath): Promise<Partition> {
  const { revision, edition } = index;
  const byFile = new Map<string, Program[]>();
  const telling = new Set<string>();
  const outlines = async (entry: RustEntry): Promise<Outline | undefined> => {
    const outline = await outlineIn(entry, index, around);
    for (const it of outline?.telling ?? []) telling.add(it);
    return outline;
  };
  const entries = index.entries();
  for (const program of await programsOf(index, outlines, calls, breath)) {
    for (const { entry } of program.files) byFile.set(entry.path, [...(byFile.get(entry.path) ?? []), program]);
  }
  return { revision, edition, entries, telling, deciding: calls.deciding, calls, byFile };
}

/** The same for the files as they are now, if those that changed belong together as before and the same functions are called. */
async function unchanged(
  known: Partition,
  index: RustIndex,
  around: Surroundings,
  callsOf: () => Promise<WorkspaceCalls>,
): Promise<Partition | undefined> {
  const { entries, telling, byFile } = known;
  const outlines = { known: (it: RustEntry) => around.outlines.get(it), of: (it: RustEntry) => outlineIn(it, index, around) };
  for (const before of entries) {
    const after = index.entry(before.path);
    if (after !== before && (after === undefined || !(await linksAlike(before, after, index, telling, outlines)))) return undefined;
  }
  const now = { ...known, edition: index.edition, entries: index.entries() };
  if (changedOf(known, index).length === 0) return now;
  const calls = await callsOf();
  const alike = await callsAlike(byFile, calls, index, (it) => outlineIn(it, index, around));
  return alike ? { ...now, deciding: calls.deciding, calls } : undefined;
}

/** The deciding files that have other texts now. */
const changedOf = ({ entries, deciding }: Partition, index: RustIndex): readonly string[] =>
  entries.flatMap((it) => (deciding.has(it.path) && index.entry(it.path) !== it ? [it.path] : []));

/** With what is known already, where there are the same files of the same packages. */
async function callsNow(known: Partition | undefined, index: RustIndex, { files }: Surroundings): Promise<WorkspaceCalls> {
  const now = index.entries();
  const isSame = known?.entries.length === now.length && now.every((it, at) => isOfSame(it, known.entries[at]));
  if (known?.calls !== undefined && isSame) return known.calls.after(changedOf(known, index));
  return new WorkspaceCalls(index, async (path) => textOf(await files.read(path))?.text);
}

const isOfSame = (a: RustEntry, b: RustEntry | undefined): boolean => a.path === b?.path && a.owner === b.owner;

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
