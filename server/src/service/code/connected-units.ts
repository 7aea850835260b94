/**
 * The code of connected packages as it is analysed: once as a whole, and read in units, which are files that have to do with each other. After
 * a change that leaves all declarations as they were, only what follows from it is analysed again.
 */
import { type LookedAt, ProgramAnalysis, type ReadCrate, type SourceFile, saysOfPeers } from "../../analysis/index.ts";
import { atOnce, type Steps } from "../../base/steps.ts";
import { ResolvedProgram } from "../../flow/index.ts";
import { READERS } from "../../models/configuration.ts";
import { models } from "../../models/index.ts";
import { STD } from "../../models/std.ts";
import type { ConnectedPackages } from "../../project/connected-packages.ts";
import { breath, exampleOf, inBreaths, type Package, type RustEntry, type RustIndex, type RustSources } from "../../project/index.ts";
import { WorkspaceNames } from "../../project/workspace-names.ts";
import { Remedies } from "../../remedies/index.ts";
import type { Cut } from "../../rust/index.ts";
import { sourceFile, type Unit, type UnitFile, type UnitReading } from "./unit.ts";

/** What units are made from beside the index. */
export interface UnitInputs {
  readonly sources: RustSources;
  read(path: string): Promise<string | undefined>;
  crateOf(owner: Package | undefined, crate: string): ReadCrate | undefined;
}

/** All of one state of the packages share it. */
interface Analysed {
  readonly files: ReadonlyMap<string, UnitFile>;
  readonly sources: ReadonlyMap<string, SourceFile>;
  readonly program: ResolvedProgram;
  readonly analysis: ProgramAnalysis;
  /** Nothing has changed since. */
  isCurrent: boolean;
}

export class ConnectedUnits {
  readonly units: readonly Unit[];
  readonly #names: WorkspaceNames;
  readonly #entries: readonly RustEntry[];
  readonly #current: Analysed;

  private constructor(names: WorkspaceNames, entries: readonly RustEntry[], current: Analysed, units: readonly Unit[]) {
    this.#names = names;
    this.#entries = entries;
    this.#current = current;
    this.units = units;
  }

  /** The workspace has still the texts from which these were made. */
  get isCurrent(): boolean {
    return this.#current.isCurrent;
  }

  /** Why the names in the crates of a file that says something about TLS are known in part. */
  cutsIn(path: string): readonly Cut[] {
    const file = this.#current.files.get(path);
    return file?.entry.mentions === true ? (file.cuts ?? []) : [];
  }

  static async of(packages: ConnectedPackages, index: RustIndex, inputs: UnitInputs): Promise<ConnectedUnits> {
    const pauses = breath(undefined);
    const names = await WorkspaceNames.of(packages, (path) => inputs.read(path));
    const current = await inBreaths(analysed(names, filesOf(index, names, inputs), inputs), pauses);
    return new ConnectedUnits(names, packages.entries, current, unitsOf(names, current, new Set(), []));
  }

  /** They were made of just that. */
  areOf({ entries }: ConnectedPackages): boolean {
    return entries.length === this.#entries.length && entries.every((it, at) => it === this.#entries[at]);
  }

  /** For the packages as they are now; undefined where more than bodies of functions has changed. Ends the use of these. */
  async after(packages: ConnectedPackages, index: RustIndex, inputs: UnitInputs): Promise<ConnectedUnits | undefined> {
    const texts = await this.#changed(packages, inputs);
    this.#current.isCurrent = false;
    if (texts === undefined) return undefined;
    for (const [path, text] of texts) if (!this.#names.replaced(path, text)) return undefined;
    const changed = new Set(texts.keys());
    const work = analysed(this.#names, filesOf(index, this.#names, inputs), inputs, { ...this.#current, changed });
    const current = await inBreaths(work, breath(undefined));
    return new ConnectedUnits(this.#names, packages.entries, current, unitsOf(this.#names, current, changed, this.units));
  }

  /** The texts of the files that have others now; undefined where there are other files, or of other crates, or known ones were of no concern. */
  async #changed({ entries }: ConnectedPackages, inputs: UnitInputs): Promise<ReadonlyMap<string, string> | undefined> {
    if (entries.length !== this.#entries.length) return undefined;
    const found = new Map<string, string>();
    for (const [at, entry] of entries.entries()) {
      const before = this.#entries[at];
      if (before === entry) continue;
      const { path, owner, testCode } = entry;
      if (before?.path !== path || before.owner !== owner || before.testCode !== testCode) return undefined;
      const text = await inputs.read(path);
      if (text === undefined || this.#names.text(path) === undefined) return undefined;
      found.set(path, text);
    }
    return found;
  }
}

/** Files that no workspace lists, each by itself. */
export function unitAlone(file: UnitFile, owner: Package | undefined, sources: RustSources): Unit {
  const { path } = file.entry;
  const names = WorkspaceNames.among([[{ path, owner, place: file.place }, file.text]]);
  const whole = { ...file, cuts: names.cutsIn(path) };
  return new ReadUnit(new Set([path]), atOnce(analysed(names, new Map([[path, whole]]), { sources })));
}

function filesOf(index: RustIndex, names: WorkspaceNames, { crateOf }: UnitInputs): ReadonlyMap<string, UnitFile> {
  const found = new Map<string, UnitFile>();
  for (const path of names.paths) {
    const [entry, text] = [index.entry(path), names.text(path)];
    if (entry === undefined || text === undefined) continue;
    const place = index.placeOf(entry);
    const crate = crateOf(entry.owner, place.crate);
    found.set(path, { entry, place, text, crate, example: exampleOf(place, entry.owner), cuts: names.cutsIn(path) });
  }
  return found;
}

function* analysed(
  { maps, calls }: WorkspaceNames,
  files: ReadonlyMap<string, UnitFile>,
  { sources }: Pick<UnitInputs, "sources">,
  before?: Pick<Analysed, "program" | "analysis"> & { readonly changed: ReadonlySet<string> },
): Steps<Analysed> {
  const all = new Map([...files].map(([path, it]) => [path, sourceFile(it, sources)]));
  const program = new ResolvedProgram(maps, calls, READERS, before?.program);
  const analysis = yield* ProgramAnalysis.of({ files: [...all.values()], models, program, standard: STD }, before);
  return { files, sources: all, program, analysis, isCurrent: true };
}

/** Those of before that would say the same go on. */
function unitsOf(names: WorkspaceNames, current: Analysed, changed: ReadonlySet<string>, before: readonly Unit[]): readonly Unit[] {
  const known = new Map(before.flatMap((it) => (it instanceof ReadUnit ? [[it.key, it] as const] : [])));
  return names.related(current.analysis.files).map((group) => {
    const begins = new Set(group);
    const used = current.analysis.used((it) => begins.has(it));
    const paths = new Set([...used, ...group].flatMap((it) => [...names.around(it)]).toSorted());
    const made = new ReadUnit(paths, current);
    const same = known.get(made.key);
    return same?.continues(current, changed) === true ? same : made;
  });
}

class ReadUnit implements Unit {
  readonly key: string;
  readonly #paths: ReadonlySet<string>;
  #current: Analysed;
  readonly #begins: string;
  /** Where what was read points to. */
  #places: ReadonlySet<string> | undefined;
  texts = {};
  /** Of what was read. */
  #looked: LookedAt | undefined;

  constructor(paths: ReadonlySet<string>, current: Analysed) {
    this.key = [...paths].join("\n");
    this.#paths = paths;
    this.#current = current;
    this.#begins = current.analysis.begins(this.#isRead);
  }

  get files(): readonly UnitFile[] {
    return [...this.#paths].flatMap((it) => this.#current.files.get(it) ?? []);
  }

  file(path: string): UnitFile | undefined {
    return this.#current.files.get(path);
  }

  get places(): ReadonlySet<string> {
    return this.#places ?? this.#paths;
  }

  readonly #isRead = (file: string): boolean => this.#paths.has(file);

  read(): UnitReading | undefined {
    return atOnce(this.reading());
  }

  *reading(): Steps<UnitReading | undefined> {
    const of = this.#current;
    const { analysis: whole, sources } = of;
    if (!of.isCurrent) return undefined;
    const work = whole.read(this.#isRead);
    let step = work.next();
    for (; step.done !== true; step = work.next()) {
      yield;
      // What comes after a change is no part of what began before it.
      if (!of.isCurrent) return undefined;
    }
    const analysis = step.value;
    const related = analysis.observations.flatMap(({ place, related: more }) => [place.file, ...more.map((it) => it.file)]);
    this.#places = new Set([...this.#paths, ...related]);
    this.#looked = { ...analysis.looked, files: new Set([...analysis.looked.files, ...related]) };
    const files = [...this.#places].flatMap((it) => sources.get(it) ?? []);
    return { analysis, remedies: new Remedies(analysis, models), files, source: (path) => sources.get(path) };
  }

  /** With another state of the workspace, in which it says the same. */
  continues(current: Analysed, changed: ReadonlySet<string>): boolean {
    const { analysis } = current;
    if ([...changed].some((it) => !this.#isUnread(it, current))) return false;
    if (analysis.isChanged(this.#isRead, this.#looked?.asked ?? []) || analysis.begins(this.#isRead) !== this.#begins) return false;
    if ([...changed].some((it) => this.places.has(it))) this.texts = {};
    this.#current = current;
    return true;
  }

  /** Of which nothing was made but summaries, neither before nor after a change. What files say of peers counts where it is one of its own. */
  #isUnread(path: string, current: Analysed): boolean {
    const looked = this.#looked;
    const [before, after] = [this.#current.sources.get(path)?.file, current.sources.get(path)?.file];
    if (looked === undefined || before === undefined || after === undefined) return !this.places.has(path);
    if (looked.files.has(path) || namesOne(before.text, looked.names) || namesOne(after.text, looked.names)) return false;
    if (!this.places.has(path)) return true;
    const [then, now] = [saysOfPeers(before), saysOfPeers(after)];
    return !then.means && !now.means && then.looks === now.looks;
  }
}

const namesOne = (text: string, names: ReadonlySet<string>): boolean => [...names].some((it) => text.includes(it));
