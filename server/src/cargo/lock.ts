/** `Cargo.lock` as plain data: which versions there are, and which package uses which. */
import { ok, type Result } from "../base/result.ts";
import { isTable, member, parseToml, stringAt, stringsAt, type TomlFailure } from "./toml.ts";

export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  /** Absent for a package of the workspace. */
  readonly source?: string;
  /** `name`, `name version` or `name version (source)`, as short as it is unambiguous. */
  readonly dependencies: readonly string[];
}

export interface Lock {
  readonly packages: readonly LockedPackage[];
  readonly byName: ReadonlyMap<string, readonly LockedPackage[]>;
}

/** The last one: a workspace asks for its lock file again in each fork and after each change of a manifest. */
let latest: { readonly text: string; readonly read: Result<Lock, TomlFailure> } | undefined;

export function readLock(text: string): Result<Lock, TomlFailure> {
  if (latest?.text !== text) latest = { text, read: read(text) };
  return latest.read;
}

function read(text: string): Result<Lock, TomlFailure> {
  const parsed = parseToml(text);
  if (!parsed.ok) return parsed;
  const found: unknown = member(parsed.value, "package");
  const tables: readonly unknown[] = Array.isArray(found) ? found : [];
  const packages = tables.filter(isTable).flatMap((it): readonly LockedPackage[] => {
    const name = stringAt(it, "name");
    const version = stringAt(it, "version");
    const source = stringAt(it, "source");
    if (name === undefined || version === undefined) return [];
    return [{ name, version, ...(source === undefined ? {} : { source }), dependencies: stringsAt(it, "dependencies") }];
  });
  return ok({ packages, byName: byName(packages) });
}

/** The packages that a package's dependency list names. */
export function dependenciesOf(lock: Lock, one: LockedPackage): readonly LockedPackage[] {
  return one.dependencies.flatMap((reference) => {
    const [name = "", version, source] = reference.split(" ");
    const candidates = lock.byName.get(name) ?? [];
    return candidates
      .filter((it) => version === undefined || it.version === version)
      .filter((it) => source === undefined || it.source === undefined || source.includes(it.source.split("#")[0] ?? it.source))
      .slice(0, 1);
  });
}

/** Everything that a package uses, directly or not, itself excluded. */
export function reachable(lock: Lock, from: LockedPackage): ReadonlySet<LockedPackage> {
  const seen = new Set<LockedPackage>();
  const waiting = [...dependenciesOf(lock, from)];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    waiting.push(...dependenciesOf(lock, next));
  }
  return seen;
}

function byName(packages: readonly LockedPackage[]): ReadonlyMap<string, readonly LockedPackage[]> {
  const result = new Map<string, LockedPackage[]>();
  for (const it of packages) {
    const known = result.get(it.name);
    if (known) known.push(it);
    else result.set(it.name, [it]);
  }
  return result;
}
