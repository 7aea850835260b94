/**
 * Which functions of a file the program calls, by resolved edges. Only of those is it asked whose names tell their callers what they ask
 * for, and definition maps are made of the crates alone that have the name somewhere.
 */
import { type BodyOutline, isOffer, type Outline } from "../reading/index.ts";
import { CallGraph, type CrateNode, type Cut, type Declared, DefinitionMaps, isTestCode } from "../rust/index.ts";
import { cratesOfWorkspace, type Member } from "./crate-graph.ts";
import type { RustEntry } from "./rust-entry.ts";
import type { RustIndex } from "./rust-index.ts";
import { sees } from "./sight.ts";

/** Of the functions of a file whose names offer something insecure. */
export interface Called {
  /** Those that something calls, by keys of bodies; undefined where no manifest says what the file's crate is. */
  readonly keys: ReadonlySet<string> | undefined;
  /** Why some of them are only said to be called because something has their names. */
  readonly cuts: readonly Cut[];
}

interface Graph {
  readonly crates: ReadonlyMap<string, CrateNode>;
  readonly maps: DefinitionMaps;
  readonly calls: CallGraph;
}

/** Of an index that stays as it is meanwhile; what it made of files goes on to the next one. */
export class WorkspaceCalls {
  readonly #index: RustIndex;
  readonly #read: (path: string) => Promise<string | undefined>;
  #texts = new Map<string, string>();
  readonly #answers = new Map<RustEntry, Promise<Called>>();
  #graph: Graph | undefined;

  constructor(index: RustIndex, read: (path: string) => Promise<string | undefined>) {
    this.#index = index;
    this.#read = read;
  }

  /** The files whose texts the answers so far follow from, beyond the names in the index. */
  get deciding(): ReadonlySet<string> {
    return new Set(this.#texts.keys());
  }

  /** Those of the index as it is now, in which these of the deciding files have other texts. Ends the use of this one, whose maps it has. */
  async after(changed: readonly string[]): Promise<WorkspaceCalls> {
    const next = new WorkspaceCalls(this.#index, this.#read);
    if (this.#graph === undefined) return next;
    const { crates, maps } = this.#graph;
    for (const path of changed) {
      const text = await this.#read(path);
      if (text === undefined || !maps.replace(path, text)) return next;
      this.#texts.set(path, text);
    }
    next.#texts = this.#texts;
    next.#graph = { crates, maps, calls: new CallGraph(maps) };
    return next;
  }

  calledIn(entry: RustEntry, outline: Outline | undefined): Promise<Called> {
    const known = this.#answers.get(entry);
    if (known !== undefined) return known;
    const made = this.#calledIn(entry, outline);
    this.#answers.set(entry, made);
    return made;
  }

  async #calledIn(entry: RustEntry, outline: Outline | undefined): Promise<Called> {
    if (entry.owner === undefined) return { keys: undefined, cuts: [] };
    const keys = new Set<string>();
    const cuts = new Set<Cut>();
    for (const body of outline?.bodies ?? [])
      if (!body.test && isOffer(body.name) && !keys.has(body.key) && (await this.#isCalled(entry, body, outline, cuts))) keys.add(body.key);
    return { keys, cuts: [...cuts] };
  }

  async #isCalled(entry: RustEntry, body: BodyOutline, outline: Outline | undefined, cuts: Set<Cut>): Promise<boolean> {
    const naming = this.#index.mentioning(body.name).filter((it) => !isAside(it));
    const own = outline?.bodies.some(({ name, test, links }) => name !== body.name && !test && links.has(body.name)) === true;
    const types = [...(outline?.types.values() ?? [])].some((links) => links.some(({ name }) => name === body.name));
    if (!own && !types && naming.every((it) => it === entry)) return false;
    const { maps, calls } = await this.#loaded([entry, ...naming]);
    const folders = new Set([entry, ...naming].map(({ owner }) => owner?.folder));
    // Where resolution was cut, names are all that there is.
    const cut = maps.crates.flatMap((it) => (folders.has(it.node.folder) ? it.cuts : []));
    for (const it of cut) cuts.add(it);
    if (cut.length > 0) return true;
    const read = new Set(maps.crates.flatMap((crate) => crate.modules.flatMap((it) => it.files)));
    // What no crate's modules lead to may be built in a way that is not known here: there a name is all that there is.
    if (naming.some((it) => !read.has(it.path) && it !== entry && sees(it, entry, body.method, this.#index))) return true;
    const declared = maps.crates.flatMap((it) => it.items.filter((item) => isAt(item, entry.path, body)));
    if (declared.length === 0) return naming.some((it) => it !== entry);
    return declared.some((it) => {
      const counts = (from: Declared): boolean => from.name !== body.name && !this.#isAside(from) && !isTestCode(from);
      return calls.called(it, counts) !== "none";
    });
  }

  #isAside({ fragment }: Declared): boolean {
    const entry = this.#index.entry(fragment.path);
    return entry === undefined || isAside(entry);
  }

  /** The crates of the packages of these files, with the packages that they depend on. */
  async #loaded(entries: readonly RustEntry[]): Promise<Graph> {
    this.#graph ??= this.#made();
    const { crates, maps } = this.#graph;
    const folders = new Set(entries.flatMap(({ owner }) => owner?.folder ?? []));
    const wanted = [...crates.values()].filter(({ folder, root }) => folders.has(folder) && !this.#isRootAside(root));
    const nodes = new Set(wanted);
    for (const { dependencies } of nodes)
      for (const it of dependencies?.values() ?? []) {
        const node = "id" in it ? crates.get(it.id) : undefined;
        if (node !== undefined) nodes.add(node);
      }
    const packages = new Set([...nodes].map(({ folder }) => folder));
    for (const { path, owner } of this.#index.entries()) {
      if (owner === undefined || !packages.has(owner.folder) || this.#texts.has(path)) continue;
      const text = await this.#read(path);
      if (text !== undefined) this.#texts.set(path, text);
    }
    maps.load(wanted.map(({ id }) => id));
    return this.#graph;
  }

  #isRootAside(root: string): boolean {
    const entry = this.#index.entry(root);
    return entry === undefined || isAside(entry);
  }

  #made(): Graph {
    const entries = this.#index.entries();
    const members = new Map<string, Member>();
    for (const { owner } of entries) {
      if (owner === undefined) continue;
      const { folder, manifest, workspaceFolder, workspace } = owner;
      members.set(folder, { folder, manifest, workspace: workspace && { folder: workspaceFolder, manifest: workspace } });
    }
    const crates = cratesOfWorkspace(
      [...members.values()],
      entries.map((it) => it.path),
    );
    const maps = new DefinitionMaps({ crates, text: (path) => this.#texts.get(path) });
    return { crates, maps, calls: new CallGraph(maps) };
  }
}

/** The function that a body of an outline is. */
function isAt({ kind, name, holder, fragment }: Declared, path: string, body: BodyOutline): boolean {
  if (kind !== "function" || name !== body.name || fragment.path !== path) return false;
  const type = holder?.kind === "impl" ? holder.tree.implements?.type.at(-1) : undefined;
  return body.key === (type === undefined ? name : `${type}::${name}`);
}

/** Tests, examples and benches use the library; what they do with it does not make it another one. */
export const isAside = (entry: RustEntry): boolean => entry.testCode || entry.place.role !== "source";

/** What `calledIn` said of a file when a program was made of it. */
interface Answered {
  readonly files: readonly { readonly entry: RustEntry; readonly called: Called }[];
}

/** Whether it says so still. `byFile`: the programs that hold a file, by its path. */
export async function callsAlike(
  byFile: ReadonlyMap<string, readonly Answered[]>,
  calls: WorkspaceCalls,
  index: RustIndex,
  outlineOf: (entry: RustEntry) => Promise<Outline | undefined>,
): Promise<boolean> {
  for (const [path, programs] of byFile) {
    const entry = index.entry(path);
    if (entry === undefined) return false;
    const now = textOf(await calls.calledIn(entry, await outlineOf(entry)));
    if (programs.some(({ files }) => files.some((it) => it.entry.path === path && textOf(it.called) !== now))) return false;
  }
  return true;
}

const textOf = ({ keys, cuts }: Called): string =>
  [...(keys === undefined ? ["?"] : [...keys].sort()), ...cuts.map((it) => `${it.path} ${it.why}`)].join("\n");
