/** Paths written in code, and the files they name: never outside the folders that may be read, also not by way of `..` or a link. */
import type { Entry, Files } from "./files.ts";
import { kindByName } from "./kind.ts";
import type { Packages } from "./packages.ts";
import { folderOf, isAbsolute, isWithin, nameOf, resolvePath } from "./path.ts";

/** Longer strings are data. */
const LONGEST_PATH = 512;

export const looksLikePath = (value: string): boolean =>
  value.length > 0 &&
  value.length <= LONGEST_PATH &&
  !/[\p{Cc}<>|?*{}"]|:\/\//u.test(value) &&
  (value.includes("/") || kindByName(nameOf(value)) === "certificates");

/** Where a path in a file may lead, best first: the package, the workspace, the file's own folder (as `include_bytes!` has it). */
async function candidates(path: string, file: string, packages: Packages): Promise<readonly string[]> {
  const top = packages.top(file);
  const owner = await packages.packageOf(file);
  const folders = isAbsolute(path) ? [""] : [owner?.folder, owner?.workspaceFolder, folderOf(file), top].filter((it) => it !== undefined);
  const found = folders.map((it) => resolvePath(it, path)).filter((it) => isWithin(top, it));
  return [...new Set(found)];
}

/** The file that a path in code names, if there is one. */
export async function resolveLiteral(path: string, file: string, packages: Packages, files: Files): Promise<string | undefined> {
  for (const candidate of await candidates(path, file, packages)) {
    const name = nameOf(candidate);
    const entries = files.isOpen(candidate) ? [{ name, folder: false }] : await files.readFolder(folderOf(candidate));
    const path = entries?.some((it) => it.name === name && !it.folder) ? candidate : await otherSpelling(candidate, entries, files);
    if (path !== undefined && (await files.mayOpen(path))) return path;
  }
  return undefined;
}

/** Where case or composition do not count, as on most disks of Windows and macOS, the disk knows the file by its own name. */
async function otherSpelling(path: string, entries: readonly Entry[] | undefined, files: Files): Promise<string | undefined> {
  const folded = (name: string): string => name.normalize("NFC").toLowerCase();
  const alike = entries?.find((it) => !it.folder && folded(it.name) === folded(nameOf(path)));
  if (alike === undefined || (await files.nameOnDisk(path)) !== alike.name) return undefined;
  return `${folderOf(path)}/${alike.name}`;
}
