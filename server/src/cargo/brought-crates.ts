/** What the dependencies of a crate bring along: crates that code can name through them, and, without a lock file, what follows from their versions. */
import { areDisjoint, parseRange, type Range } from "../base/version.ts";
import { dependenciesOf, type Lock, type LockedPackage } from "./lock.ts";

/** Which release line of a crate comes with which versions of another, of the registry's index. */
export interface BringingRow {
  readonly package: string;
  readonly brings: string;
  readonly lines: readonly (readonly [versions: string, line: string])[];
  readonly reexported?: true;
  readonly features?: readonly string[];
}

export interface Brought {
  /** The dependency that brings it, by its name in code. */
  readonly by: string;
  /** The locked one, else the lines that a build may take, the newest first: `0.23`. */
  readonly versions: readonly string[];
  readonly locked?: true;
  /** Code can name it through the dependency. */
  readonly reexported?: true;
}

/** A direct dependency: where no lock file has it, `versions` are those that a build may take. */
export interface Bringer {
  readonly name: string;
  readonly package: string;
  readonly versions: string;
  readonly features: ReadonlySet<string>;
  readonly locked: LockedPackage | undefined;
}

/** By package, what each dependency brings. */
export function broughtBy(
  bringers: readonly Bringer[],
  rows: readonly BringingRow[],
  lock: Lock | undefined,
): ReadonlyMap<string, readonly Brought[]> {
  const found = new Map<string, Brought[]>();
  for (const { name: by, ...it } of bringers) {
    const ways = [...(it.locked && lock ? lockedReexports(it.locked, rows, lock) : following(it, rows))];
    for (const name of new Set(ways.map((way) => way.package))) {
      const same = ways.filter((way) => way.package === name);
      const versions = [...new Set(same.map((way) => way.version))];
      const isReexported = same.some((way) => way.isReexported);
      found.set(name, [
        ...(found.get(name) ?? []),
        { by, versions, ...(it.locked && { locked: true }), ...(isReexported && { reexported: true }) },
      ]);
    }
  }
  return found;
}

interface Way {
  readonly package: string;
  readonly version: string;
  readonly isReexported: boolean;
}

/** `isNamed`: code can name the package itself. */
function* following(
  { package: name, versions, features }: Pick<Bringer, "package" | "versions" | "features">,
  rows: readonly BringingRow[],
  isNamed = true,
): Generator<Way> {
  const range = parseRange(versions) ?? [];
  const own = rows.filter((it) => it.package === name);
  const isOn = (row: BringingRow): boolean => row.features?.some((it) => features.has(it)) ?? true;
  for (const row of own) {
    const isReexported = isNamed && row.reexported === true;
    // What code names is there, whichever feature brings it; those that are asked for tell which of several.
    const isMeant = isOn(row) || (isReexported && !own.some((it) => it.brings === row.brings && isOn(it)));
    for (const line of isMeant ? linesOf(row, range) : []) {
      yield { package: row.brings, version: line, isReexported };
      yield* following({ package: row.brings, versions: line, features: NONE }, rows, isReexported);
    }
  }
}
const NONE: ReadonlySet<string> = new Set();

/** Those that the range admits, the newest first: of several that fit, Cargo takes that. */
const linesOf = ({ lines }: BringingRow, range: Range): readonly string[] =>
  lines.flatMap(([versions, line]) => (areDisjoint(parseRange(versions) ?? [], range) ? [] : [line])).toReversed();

/** Of a locked package, what rows say that it hands on. */
function* lockedReexports(one: LockedPackage, rows: readonly BringingRow[], lock: Lock): Generator<Way> {
  const names = new Set(rows.filter((it) => it.package === one.name && it.reexported).map((it) => it.brings));
  for (const it of names.size === 0 ? [] : dependenciesOf(lock, one)) {
    if (!names.has(it.name)) continue;
    yield { package: it.name, version: it.version, isReexported: true };
    yield* lockedReexports(it, rows, lock);
  }
}
