/**
 * The packages below a root that TLS concerns, by what they have to do with each other: what is analysed together. Others change nothing in
 * what is found in them.
 */
import type { CrateNode } from "../rust/index.ts";
import { cratesOfWorkspace, type Member } from "./crate-graph.ts";
import type { RustEntry } from "./rust-entry.ts";

/** A file of the program: whose it is, and where among its modules. */
export type Named = Pick<RustEntry, "path" | "owner" | "place">;

export interface ConnectedPackages {
  /** Their folders. */
  readonly key: string;
  /** All of their files. */
  readonly entries: readonly RustEntry[];
  readonly crates: ReadonlyMap<string, CrateNode>;
}

export function connectedPackages(entries: readonly RustEntry[]): readonly ConnectedPackages[] {
  const crates = cratesOfWorkspace(
    membersOf(entries),
    entries.map(({ path }) => path),
  );
  const edges = edgesOf(entries, crates);
  const concerned = concernedFolders(entries, edges);
  const groups = new Map<Folder, Group>();
  for (const folder of concerned) {
    if (groups.has(folder)) continue;
    const folders = [...around(folder, edges)].filter((it) => concerned.has(it));
    const group = { key: folders.map((it) => it ?? "").join("\n"), entries: [], crates: new Map<string, CrateNode>() };
    for (const it of folders) groups.set(it, group);
  }
  for (const entry of entries) groups.get(entry.owner?.folder)?.entries.push(entry);
  for (const [id, node] of crates) groups.get(node.folder)?.crates.set(id, node);
  return [...new Set(groups.values())];
}

interface Group extends ConnectedPackages {
  readonly entries: RustEntry[];
  readonly crates: Map<string, CrateNode>;
}

/** All to which ways lead, whichever way. */
function around(folder: Folder, { used, using }: Edges): ReadonlySet<Folder> {
  const found = new Set([folder]);
  for (const it of found) for (const next of [used, using]) for (const more of next.get(it) ?? []) found.add(more);
  return found;
}

/** Undefined stands for the files of no package. */
type Folder = string | undefined;

interface Edges {
  readonly used: Map<Folder, Folder[]>;
  readonly using: Map<Folder, Folder[]>;
}

/** Packages that depend on each other, or that take in files of each other. */
function edgesOf(entries: readonly RustEntry[], crates: ReadonlyMap<string, CrateNode>): Edges {
  const edges: Edges = { used: new Map(), using: new Map() };
  const add = (from: Folder, to: Folder): void => {
    if (from === to) return;
    edges.used.set(from, [...(edges.used.get(from) ?? []), to]);
    edges.using.set(to, [...(edges.using.get(to) ?? []), from]);
  };
  for (const { folder, dependencies } of crates.values())
    for (const it of dependencies?.values() ?? []) {
      const on = "id" in it ? crates.get(it.id)?.folder : undefined;
      if (on !== undefined) add(folder, on);
    }
  const owners = new Map(entries.map(({ path, owner }) => [path, owner]));
  for (const { owner, parts } of entries)
    for (const path of parts.flatMap(({ candidates }) => candidates)) if (owners.has(path)) add(owner?.folder, owners.get(path)?.folder);
  return edges;
}

/** Those with a file that mentions TLS, those that depend on them, and what either depends on. */
function concernedFolders(entries: readonly RustEntry[], { used, using }: Edges): ReadonlySet<Folder> {
  const mentioning = new Set(entries.flatMap(({ mentions, owner }) => (mentions ? [owner?.folder] : [])));
  return closure(closure(mentioning, using), used);
}

function closure(from: ReadonlySet<Folder>, next: ReadonlyMap<Folder, readonly Folder[]>): ReadonlySet<Folder> {
  const found = new Set(from);
  for (const it of found) for (const more of next.get(it) ?? []) found.add(more);
  return found;
}

export function membersOf(entries: readonly Named[]): readonly Member[] {
  const members = new Map<string, Member>();
  for (const { owner } of entries) {
    if (owner === undefined || members.has(owner.folder)) continue;
    const { folder, manifest, workspaceFolder, workspace } = owner;
    members.set(folder, { folder, manifest, workspace: workspace && { folder: workspaceFolder, manifest: workspace } });
  }
  return [...members.values()];
}
