/** The names of connected packages, kept as long as only bodies of functions change. */
import { models } from "../models/index.ts";
import { CallGraph, type CrateNode, type Cut, type Declared, DefinitionMaps, type Dependency } from "../rust/index.ts";
import { type ConnectedPackages, membersOf, type Named } from "./connected-packages.ts";
import { cratesOfWorkspace } from "./crate-graph.ts";
import { folderOf } from "./path.ts";
import { relatedFiles } from "./related-files.ts";

export class WorkspaceNames {
  readonly maps: DefinitionMaps;
  #calls: CallGraph;
  readonly #texts: Map<string, string>;
  /** Of the packages of files; those of no package have none. */
  readonly #folders: ReadonlyMap<string, string | undefined>;

  private constructor(maps: DefinitionMaps, texts: Map<string, string>, folders: ReadonlyMap<string, string | undefined>) {
    this.maps = maps;
    this.#folders = folders;
    this.#calls = new CallGraph(maps);
    this.#texts = texts;
  }

  static async of({ entries, crates }: ConnectedPackages, read: (path: string) => Promise<string | undefined>): Promise<WorkspaceNames> {
    const files: (readonly [Named, string])[] = [];
    for (const entry of entries) {
      const text = await read(entry.path);
      if (text !== undefined) files.push([entry, text]);
    }
    return WorkspaceNames.among(files, crates);
  }

  /** Of these files alone, which are all that there is of the crates that they begin. */
  static among(
    files: readonly (readonly [Named, string])[],
    crates: ReadonlyMap<string, CrateNode> = cratesOfWorkspace(
      membersOf(files.map(([it]) => it)),
      files.map(([{ path }]) => path),
    ),
  ): WorkspaceNames {
    const texts = new Map(files.map(([{ path }, text]) => [path, text]));
    const nodes = new Map([...crates].flatMap(([id, it]) => (texts.has(it.root) ? [[id, withModelled(it)] as const] : [])));
    const maps = new DefinitionMaps({ crates: nodes, text: (path) => texts.get(path) });
    const load = (more: readonly CrateNode[]): void => {
      for (const it of more) nodes.set(it.id, it);
      maps.load(more.map(({ id }) => id));
    };
    load([...nodes.values()]);
    // What no module leads to begins a crate of its own; where no manifest says which those are, by where it lies.
    const isUnread = unreadIn(maps);
    const left = files.flatMap(([it]) => (isUnread(it.path) ? [it] : []));
    load(left.filter(({ owner, place }) => owner === undefined && place.modulePath.length === 0).map((it) => looseCrate(it, nodes)));
    const isStillUnread = unreadIn(maps);
    load(left.filter(({ path }) => isStillUnread(path)).map((it) => looseCrate(it, nodes)));
    return new WorkspaceNames(maps, texts, new Map(files.map(([{ path, owner }]) => [path, owner?.folder])));
  }

  get calls(): CallGraph {
    return this.#calls;
  }

  text(path: string): string | undefined {
    return this.#texts.get(path);
  }

  /** Of all files whose names are known. */
  get paths(): Iterable<string> {
    return this.#texts.keys();
  }

  /** A file has another text. False where more than bodies of functions differ: then these names are of no use any more. */
  replaced(path: string, text: string): boolean {
    if (!this.#texts.has(path)) return true;
    const isIn = ({ fragment }: Declared): boolean => fragment.path === path && fragment.shift > 0;
    const declaresInside = this.maps.crates.some(({ items }) => items.some(isIn));
    if (!declaresInside) this.#calls.forget(path);
    if (!this.maps.replace(path, text)) return false;
    // What was declared in its bodies is there no more: whatever was found out of that is not, either.
    if (declaresInside) this.#calls = new CallGraph(this.maps);
    this.#texts.set(path, text);
    return true;
  }

  /** The files of the modules around those of a file, it among them. */
  around(path: string): ReadonlySet<string> {
    const found = new Set([path]);
    for (const of of this.#modulesIn(path))
      for (let module = of.parent; module !== undefined; module = module.parent) for (const it of module.files) found.add(it);
    return found;
  }

  /** These files by what they have to do with each other: those of one package, and of packages of which one depends on the other. */
  related(paths: Iterable<string>): readonly (readonly string[])[] {
    return relatedFiles(paths, this.maps.crates, this.#folders);
  }

  /** Why the names in the crates of a file are known in part. */
  cutsIn(path: string): readonly Cut[] {
    return [...new Set(this.#modulesIn(path).map((it) => it.crate))].flatMap(({ cuts }) => cuts);
  }

  #modules: ReadonlyMap<string, readonly Module[]> | undefined;

  /** The modules that a file is, or is a part of. */
  #modulesIn(path: string): readonly Module[] {
    this.#modules ??= modulesByFile(this.maps);
    return this.#modules.get(path) ?? [];
  }
}

const MODELLED: ReadonlyMap<string, Dependency> = new Map(models.map(({ crate }) => [crate, { external: crate }]));

/**
 * A crate that code names and the manifest lacks is one that the manifest is to get yet; what it puts in the place of a modelled one, under
 * that one's name, is read as that one.
 */
function withModelled(node: CrateNode): CrateNode {
  if (node.dependencies === undefined) return node;
  const isFork = (name: string, it: Dependency): boolean => "external" in it && MODELLED.has(name) && !MODELLED.has(it.external);
  const own = [...node.dependencies].filter(([name, it]) => !isFork(name, it));
  return { ...node, dependencies: new Map([...MODELLED, ...own]) };
}

function unreadIn(maps: DefinitionMaps): (path: string) => boolean {
  const read = new Set(maps.crates.flatMap((crate) => crate.modules.flatMap((it) => it.files)));
  return (path) => !read.has(path);
}

/** It knows the crates that its package's others know. */
function looseCrate({ path, owner }: Named, crates: ReadonlyMap<string, CrateNode>): CrateNode {
  const folder = owner?.folder ?? folderOf(path);
  const packages = [...crates.values()].filter((it) => owner !== undefined && it.folder === folder);
  // Programs and tests lie beside the library, if there is one.
  const beside = packages.find((it) => it.name !== "") ?? packages[0];
  return {
    id: path,
    name: "",
    root: path,
    folder,
    edition: beside?.edition ?? "2021",
    dependencies: beside?.dependencies,
    published: true,
    within: beside?.id,
  };
}

type Module = DefinitionMaps["crates"][number]["root"];

function modulesByFile({ crates }: DefinitionMaps): ReadonlyMap<string, readonly Module[]> {
  const found = new Map<string, Module[]>();
  for (const { modules } of crates) {
    for (const module of modules) {
      for (const file of module.files) {
        const known = found.get(file);
        if (known === undefined) found.set(file, [module]);
        else known.push(module);
      }
    }
  }
  return found;
}
