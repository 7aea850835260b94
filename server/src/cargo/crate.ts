/** What the manifests and the lock file together say of one crate: names, versions, features. */
import { compareWritten, satisfies } from "../base/version.ts";
import { type Bringer, type BringingRow, type Brought, broughtBy } from "./brought-crates.ts";
import { dependenciesOf, type Lock, type LockedPackage, reachable } from "./lock.ts";
import type { Dependency, Manifest } from "./manifest.ts";
import { lowerBound } from "./version.ts";

export interface DirectDependency {
  readonly package: string;
  readonly version?: string;
  /** The version is the lock file's, and not the oldest that the manifest admits. */
  readonly locked?: boolean;
  /** The features that this crate switches on, itself or by features of its own. */
  readonly features?: ReadonlySet<string>;
}

export interface CrateFacts {
  readonly name: string;
  /** The name in code → the package behind it, with the version that this crate uses. */
  readonly dependencies: ReadonlyMap<string, DirectDependency>;
  /** Versions by package name, newest first: those that this crate reaches. */
  readonly versions: ReadonlyMap<string, readonly string[]>;
  /** What its dependencies bring along, by package: those that code can name through them, and without a lock file what follows from their versions. */
  readonly brought: ReadonlyMap<string, readonly Brought[]>;
  /** Packages that this crate comes to, itself or through others, by their names in code. */
  readonly reached: Reached;
  /** What a package comes to, itself or through others, in any of its locked versions. */
  readonly behind: (name: string) => readonly { readonly name: string }[];
  /** Features that are on by default, transitively. */
  readonly defaultFeatures: ReadonlySet<string>;
  readonly features: ReadonlySet<string>;
}

/** Unknown: without a lock file nobody knows what some of them bring along. */
export type Reached = ReadonlySet<string> | "unknown";

export interface Surroundings {
  /** The manifest of the workspace's root, for what is inherited. */
  readonly workspace?: Manifest | undefined;
  readonly lock?: Lock | undefined;
  /** What dependencies by path come to, without a lock file. */
  readonly own?: Reached;
  readonly rows: readonly BringingRow[];
}

export function crateFacts(manifest: Manifest, { workspace, lock, own = "unknown", rows }: Surroundings): CrateFacts {
  const declared = manifest.dependencies.map((it) => inherit(it, workspace));
  const self = lock && lockedSelf(manifest, workspace, lock);
  const direct = lock && self ? dependenciesOf(lock, self) : undefined;
  const dependencies = new Map<string, DirectDependency>();
  const bringers = new Map<string, Bringer>();
  const forwarded = [...manifest.features.values()].flat().map((it) => it.split(/\??\//));
  // A normal dependency decides over a test's or a build script's of the same name.
  for (const kind of ["dev", "build", "normal"] as const) {
    for (const it of declared.filter((one) => one.kind === kind)) {
      const packages = direct ?? lock?.packages ?? [];
      const version = versionOf(it, packages);
      const locked = packages.find((one) => one.name === it.package && one.version === version);
      const features = new Set([...it.features, ...forwarded.flatMap(([key, feature]) => (key === it.key && feature ? [feature] : []))]);
      const name = codeName(it.key);
      dependencies.set(name, {
        package: it.package,
        features,
        ...(version === undefined ? {} : { version }),
        ...(locked && { locked: true }),
      });
      if (version !== undefined) bringers.set(name, { name, package: it.package, ...asked(it, version, features), locked });
    }
  }
  const locked = lock === undefined ? [] : self ? [...reachable(lock, self)] : lock.packages;
  const versions = versionsOf(dependencies, lock && locked);
  const brought = broughtBy([...bringers.values()], rows, lock);
  const isLocked = [...dependencies.values()].some((it) => it.locked === true);
  const known = isLocked || !declared.some((it) => it.own === true) ? [] : own;
  return {
    name: manifest.package?.name ?? "",
    dependencies,
    versions,
    brought,
    reached:
      known === "unknown"
        ? known
        : new Set([...[...dependencies.values()].map((it) => it.package), ...versions.keys(), ...brought.keys(), ...known].map(codeName)),
    behind: (name) => locked.flatMap((it) => (lock && it.name === name ? [...reachable(lock, it)] : [])),
    ...featuresOf(manifest, declared),
  };
}

/** Of the line of the oldest version, those that the requirement admits, and all features that are asked for. */
const asked = (
  { requirement, bare }: Dependency,
  version: string,
  features: ReadonlySet<string>,
): Pick<Bringer, "versions" | "features"> => ({
  versions: requirement === undefined ? `=${version}` : `${requirement}, ^${version}`,
  features: bare === true ? features : new Set([...features, "default"]),
});

/** As code names a package. */
export const codeName = (name: string): string => name.replaceAll("-", "_");

function inherit(dependency: Dependency, workspace: Manifest | undefined): Dependency {
  const origin = dependency.inherited ? workspace?.workspace?.dependencies.get(dependency.key) : undefined;
  if (!origin) return dependency;
  const features = [...origin.features, ...dependency.features];
  return {
    ...dependency,
    package: origin.package,
    features,
    ...(origin.requirement === undefined ? {} : { requirement: origin.requirement }),
    ...(origin.own && { own: origin.own }),
    ...(origin.bare && { bare: origin.bare }),
  };
}

function lockedSelf(manifest: Manifest, workspace: Manifest | undefined, lock: Lock): LockedPackage | undefined {
  const version = manifest.package?.version === "inherited" ? workspace?.workspace?.version : manifest.package?.version;
  const local = (lock.byName.get(manifest.package?.name ?? "") ?? []).filter((it) => it.source === undefined);
  return local.find((it) => it.version === version) ?? local[0];
}

/** The locked version, else the oldest that the requirement admits. */
function versionOf(dependency: Dependency, locked: readonly LockedPackage[]): string | undefined {
  const candidates = locked.filter((it) => it.name === dependency.package).map((it) => it.version);
  const { requirement } = dependency;
  const fitting = requirement === undefined ? candidates : candidates.filter((it) => satisfies(it, requirement));
  return newestFirst(fitting)[0] ?? (requirement === undefined ? newestFirst(candidates)[0] : lowerBound(requirement));
}

function versionsOf(
  direct: ReadonlyMap<string, { readonly package: string; readonly version?: string }>,
  locked: readonly LockedPackage[] | undefined,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  const add = (name: string, version: string | undefined): void => {
    const known = found.get(name);
    if (version === undefined || known?.includes(version)) return;
    if (known) known.push(version);
    else found.set(name, [version]);
  };
  for (const it of locked ?? []) add(it.name, it.version);
  // What the lock file does not know yet, or without one.
  for (const it of direct.values()) if (!found.has(it.package) || !locked) add(it.package, it.version);
  return new Map([...found].map(([name, versions]) => [name, newestFirst(versions)]));
}

function featuresOf(
  manifest: Manifest,
  declared: readonly Dependency[],
): { readonly features: ReadonlySet<string>; readonly defaultFeatures: ReadonlySet<string> } {
  const named = [...manifest.features.values()].flat();
  // An optional dependency is a feature of its own name unless some feature names it by `dep:`.
  const implicit = declared.filter((it) => it.optional && !named.includes(`dep:${it.key}`)).map((it) => it.key);
  const features = new Set([...manifest.features.keys(), ...implicit]);
  const defaultFeatures = new Set<string>();
  const waiting = ["default"];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (defaultFeatures.has(next) || !features.has(next)) continue;
    defaultFeatures.add(next);
    for (const it of manifest.features.get(next) ?? []) {
      // `crate/feature` switches the optional crate on, `crate?/feature` does not.
      if (!it.startsWith("dep:") && !it.includes("?/")) waiting.push(it.split("/")[0] ?? it);
    }
  }
  return { features, defaultFeatures };
}

const newestFirst = (versions: readonly string[]): readonly string[] => [...versions].sort((a, b) => compareWritten(b, a));
