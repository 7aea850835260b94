/** The crates of a workspace as name resolution wants them: targets, and what each knows by which name. From manifests, read already. */

import { satisfies } from "../base/version.ts";
import { codeName, type Manifest } from "../cargo/index.ts";
import type { CrateNode, Dependency, Edition } from "../rust/index.ts";
import { folderOf, relativePath, resolvePath } from "./path.ts";

export interface Member {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly workspace: { readonly folder: string; readonly manifest: Manifest } | undefined;
}

/** `files`: those that there are. */
export function cratesOfWorkspace(members: readonly Member[], files: Iterable<string>): ReadonlyMap<string, CrateNode> {
  const roots = rootsByMember(members, files);
  const known = membersBy(members);
  const libraries = new Map(members.flatMap((it) => (roots.get(it)?.library === undefined ? [] : [[it.folder, libraryId(it)] as const])));
  const crates = new Map<string, CrateNode>();
  for (const member of members) {
    const own = roots.get(member);
    if (own === undefined) continue;
    const dependencies = dependenciesOf(member, known, libraries);
    const common = { edition: editionOf(member), folder: member.folder };
    const name = libraryName(member);
    if (own.library !== undefined) {
      const published = !isUnpublished(member.manifest, member.workspace?.manifest);
      crates.set(libraryId(member), { ...common, id: libraryId(member), name, root: own.library, dependencies, published });
    }
    // Programs and tests of a package know its library by name.
    const beside = own.library === undefined ? dependencies : new Map(dependencies).set(name, { id: libraryId(member) });
    for (const root of own.others) {
      const id = `${member.folder} ${root}`;
      crates.set(id, { ...common, id, name: "", root, dependencies: beside, published: false });
    }
  }
  return crates;
}

interface Roots {
  readonly library: string | undefined;
  readonly others: readonly string[];
}

const libraryId = ({ folder }: Member): string => `${folder} lib`;

/** Where the manifest names a file that is not there, Cargo's own layout is tried. */
function rootsByMember(members: readonly Member[], files: Iterable<string>): ReadonlyMap<Member, Roots> {
  const byFolder = new Map(members.map((it) => [it.folder, it]));
  const owned = new Map<Member, string[]>(members.map((it) => [it, []]));
  for (const file of files) {
    let folder = folderOf(file);
    while (!byFolder.has(folder) && folder !== folderOf(folder)) folder = folderOf(folder);
    const owner = byFolder.get(folder);
    if (owner !== undefined) owned.get(owner)?.push(file);
  }
  return new Map(
    [...owned].map(([member, own]) => {
      const there = new Set(own);
      const { folder, manifest } = member;
      const written = manifest.targets.map((it) => ({ ...it, path: resolvePath(folder, it.path) })).filter(({ path }) => there.has(path));
      const usual = `${folder}/src/lib.rs`;
      const library = written.find(({ kind }) => kind === "lib")?.path ?? (there.has(usual) ? usual : undefined);
      const others = new Set([
        ...written.filter(({ kind }) => kind !== "lib").map(({ path }) => path),
        ...own.filter((it) => isRoot(folder, it)),
      ]);
      if (library !== undefined) others.delete(library);
      return [member, { library, others: [...others] }];
    }),
  );
}

const FOLDERS: ReadonlySet<string> = new Set(["tests", "examples", "benches"]);

/** By Cargo's layout: programs, tests, examples, benches, build scripts. */
function isRoot(folder: string, file: string): boolean {
  const parts = relativePath(folder, file)?.split("/") ?? [];
  if (file === `${folder}/src/main.rs` || file === `${folder}/build.rs`) return true;
  const inside = parts[0] === "src" && parts[1] === "bin" ? parts.slice(2) : FOLDERS.has(parts[0] ?? "") ? parts.slice(1) : [];
  return inside.length === 1 || (inside.length === 2 && inside[1] === "main.rs");
}

/** Where a dependency may lie: by folder, and by the workspace and the name of the package. */
interface Members {
  readonly byFolder: ReadonlyMap<string, Member>;
  readonly byName: ReadonlyMap<string, readonly Member[]>;
}

function membersBy(members: readonly Member[]): Members {
  const byFolder = new Map<string, Member>();
  const byName = new Map<string, Member[]>();
  for (const it of members) {
    if (!byFolder.has(it.folder)) byFolder.set(it.folder, it);
    const key = nameWithin(it.workspace, it.manifest.package?.name);
    const same = byName.get(key);
    if (same === undefined) byName.set(key, [it]);
    else same.push(it);
  }
  return { byFolder, byName };
}

const nameWithin = (workspace: Member["workspace"], name: string | undefined): string => JSON.stringify([workspace?.folder, name]);

function dependenciesOf(member: Member, members: Members, libraries: ReadonlyMap<string, string>): ReadonlyMap<string, Dependency> {
  const found = new Map<string, Dependency>();
  const inherited = member.workspace?.manifest.workspace?.dependencies;
  for (const kind of ["dev", "build", "normal"] as const) {
    for (const it of member.manifest.dependencies.filter((one) => one.kind === kind)) {
      const origin = it.inherited ? inherited?.get(it.key) : it;
      const base = it.inherited ? member.workspace?.folder : member.folder;
      const target = memberBehind(origin ?? it, base ?? member.folder, member, members);
      const id = target && libraries.get(target.folder);
      // Unless the manifest gives it another name, a library is called what it calls itself.
      const name = target === undefined || it.key !== target.manifest.package?.name ? it.key : libraryName(target);
      found.set(codeName(name), id === undefined ? { external: codeName((origin ?? it).package) } : { id });
    }
  }
  return found;
}

/** The package that lies where the manifest says; without a path, the one of that name, if it has a version that fits. */
function memberBehind(
  dependency: Manifest["dependencies"][number],
  base: string,
  from: Member,
  { byFolder, byName }: Members,
): Member | undefined {
  if (dependency.path !== undefined) {
    const there = byFolder.get(resolvePath(base, dependency.path));
    if (there !== undefined) return there;
  }
  const named = (byName.get(nameWithin(from.workspace, dependency.package)) ?? []).filter((it) => it !== from);
  const [only, second] = named;
  if (only === undefined || second !== undefined) return undefined;
  const version = versionOf(only);
  return dependency.requirement === undefined || version === undefined || satisfies(version, dependency.requirement) ? only : undefined;
}

function versionOf({ manifest, workspace }: Member): string | undefined {
  const version = manifest.package?.version;
  return version === "inherited" ? workspace?.manifest.workspace?.version : version;
}

function libraryName({ manifest, folder }: Member): string {
  const written = manifest.targets.find(({ kind }) => kind === "lib")?.name;
  return codeName(written ?? manifest.package?.name ?? folderOf(folder));
}

const EDITIONS: readonly Edition[] = ["2015", "2018", "2021", "2024"];

function editionOf({ manifest, workspace }: Member): Edition {
  const written = manifest.package?.edition;
  const edition = written === "inherited" ? workspace?.manifest.workspace?.edition : written;
  // One that is newer than this is most like the newest that is known here.
  return edition === undefined ? "2015" : (EDITIONS.find((it) => it === edition) ?? "2024");
}

export function isUnpublished(manifest: Manifest, workspace: Manifest | undefined): boolean {
  const written = manifest.package?.unpublished;
  return written === "inherited" ? workspace?.workspace?.unpublished === true : written === true;
}
