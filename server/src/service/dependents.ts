/** Which files' findings may follow from a change of others, those that are gone among them: what `--changed` looks at. */
import { mayBeEdge } from "../edge/index.ts";
import { folderOf, isWithin, kindByName, nameOf } from "../project/index.ts";
import type { Uses } from "./certificates/uses.ts";
import type { Listing } from "./listing.ts";
import type { Workspace } from "./workspace.ts";

export interface DependentsContext {
  readonly workspace: Workspace;
  readonly listing: Listing;
  readonly uses: Uses;
}

/** Of `files`, which exist, those that changed and those that depend on what changed. */
export async function dependentsOf(
  changed: readonly string[],
  files: readonly string[],
  context: DependentsContext,
): Promise<ReadonlySet<string>> {
  const [rust, certificates] = [new Set(await context.listing.rust()), await context.listing.certificates()];
  const edges = await context.listing.edges();
  const found = new Set<string>();
  const add = (paths: Iterable<string>): void => {
    for (const it of paths) found.add(it);
  };
  const addBelow = (folder: string): void => add(files.filter((it) => isWithin(folder, it)));
  for (const file of changed) {
    const kind = rust.has(file) ? "rust" : certificates.includes(file) ? "certificates" : kindByName(file);
    found.add(file);
    // Each of them may take in another, or lead to what was changed in a program.
    if (kind === "rust" || mayBeEdge(file)) add(edges);
    if (edges.includes(file)) add(rust);
    if (edges.includes(file) || kind === "settings" || kind === "environment") {
      const names = await context.uses.namesIn(file);
      add(certificates.filter((it) => names.has(nameOf(it))));
    }
    if (kind === "rust") {
      // What a file was part of before it went nobody knows.
      if (!rust.has(file)) addBelow(await workspaceFolderOf(file, files, context));
      else {
        add(await toldOf(file, context));
        const names = await context.uses.namesIn(file);
        add(certificates.filter((it) => names.has(nameOf(it))));
      }
    } else if (kind === "manifest") addBelow(await workspaceFolderOf(file, files, context));
    else if (kind === "lock" || kind === "configuration") addBelow(folderOf(file));
    else if (kind !== "settings" && kind !== "environment") {
      const naming = await context.uses.naming(nameOf(file));
      // Certificates are compared with each other, and code is judged by those that it loads.
      if (kind === "certificates" || naming.length > 0) add(certificates);
      for (const it of naming) add(await toldOf(it, context));
    }
  }
  return new Set(files.filter((it) => found.has(it)));
}

async function toldOf(file: string, { workspace }: DependentsContext): Promise<ReadonlySet<string>> {
  const { filesToldOf } = await import("./code/lint-rust.ts");
  return filesToldOf(workspace, file);
}

/** Of a package that is gone itself, the outermost folder above that has a manifest. */
async function workspaceFolderOf(file: string, files: readonly string[], { workspace: { packages } }: DependentsContext): Promise<string> {
  const owner = await packages.packageOf(file);
  if (owner !== undefined) return owner.workspaceFolder;
  const folders = files.filter((it) => kindByName(it) === "manifest").map(folderOf);
  return folders.filter((it) => isWithin(it, file)).toSorted((a, b) => a.length - b.length)[0] ?? folderOf(file);
}
