/** What the packages of a workspace bring along where no lock file tells: their manifests do, as far as they are here. */
import type { Manifest, Reached } from "../cargo/index.ts";
import { resolvePath } from "./path.ts";

export interface Member {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly workspace: { readonly folder: string; readonly manifest: Manifest } | undefined;
}

/** By their names, of all that a package depends on by paths, in turn. Unknown, where a manifest is not here, or lies in a repository. */
export async function broughtTo(first: Member, memberAt: (folder: string) => Promise<Member | undefined>): Promise<Reached> {
  const found = new Set<string>();
  const folders = new Set([first.folder]);
  for (const folder of folders) {
    const member = folder === first.folder ? first : await memberAt(folder);
    if (member === undefined) return "unknown";
    // Of what others are tested with nothing comes along.
    for (const it of member.manifest.dependencies.filter((one) => member === first || one.kind !== "dev")) {
      const origin = it.inherited ? member.workspace?.manifest.workspace?.dependencies.get(it.key) : it;
      found.add((origin ?? it).package);
      const path = origin?.path;
      const base = it.inherited ? member.workspace?.folder : folder;
      if (path !== undefined && base !== undefined) folders.add(resolvePath(base, path));
      else if (origin?.own === true) return "unknown";
    }
  }
  return found;
}
