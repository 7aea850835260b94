/** Whether one file can name what another one declares: by the modules, crates and manifests between them. */
import type { Package } from "./packages.ts";
import type { RustEntry } from "./rust-entry.ts";
import type { RustIndex } from "./rust-index.ts";

/** `method`: called on a value, so that no path to the other file has to be written. */
export function sees(from: RustEntry, to: RustEntry, method: boolean, index: RustIndex): boolean {
  if (from === to) return false;
  const own = index.placeOf(from);
  const other = index.placeOf(to);
  if (from.owner?.folder === to.owner?.folder) {
    if (own.crate === other.crate) return method || writesPathTo(from, to, index);
    return other.crate === "src" && to.owner !== undefined && index.has(from, codeName(to.owner.facts.name));
  }
  if (other.crate !== "src" || from.owner === undefined || to.owner === undefined) return false;
  const name = dependencyName(from.owner, to.owner);
  return name !== undefined && (method || index.has(from, name));
}

/** Within a crate: a module on the way is named, or both ends are near enough for `super` and globs. */
function writesPathTo(from: RustEntry, to: RustEntry, index: RustIndex): boolean {
  const own = index.placeOf(from).modulePath;
  const other = index.placeOf(to).modulePath;
  if (other.some((it) => index.has(from, it))) return true;
  const upwards = index.has(from, "super") || index.has(from, "crate");
  if (other.length === 0) return upwards || own.length === 0 || (to.owner !== undefined && index.has(from, codeName(to.owner.facts.name)));
  const parent = other.slice(0, -1);
  return upwards && parent.length <= own.length && parent.every((it, at) => it === own[at]);
}

/** The name in code that a package has for one that it depends on. */
function dependencyName(from: Package, to: Package): string | undefined {
  for (const [name, it] of from.facts.dependencies) if (it.package === to.facts.name) return name;
  return undefined;
}

const codeName = (name: string): string => name.replaceAll("-", "_");
