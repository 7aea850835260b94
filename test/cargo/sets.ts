/** The crate sets: small Cargo packages, each with one version of each TLS crate, that fixtures and models are compiled against. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "smol-toml";
import { satisfies } from "../../server/src/base/version.ts";
import type { Recipe } from "../../server/src/models/model.ts";
import { ROOT } from "../harness/fixtures.ts";

export const SETS = join(ROOT, "test/cargo/sets");

export interface CrateSet {
  readonly name: string;
  readonly folder: string;
  /** Direct dependencies by package name: the version of the lock file and the features asked for. */
  readonly dependencies: ReadonlyMap<string, { readonly version: string; readonly features: readonly string[] }>;
  /** Every release of each package of the lock file. */
  readonly locked: ReadonlyMap<string, readonly string[]>;
  /** Where the crates are for another system: the compiler reads them all the same, and nothing is linked. */
  readonly target?: string;
  /** Variables that keep build scripts from building C libraries, which checking does not need. */
  readonly environment: Readonly<Record<string, string>>;
  /** The build scripts read C headers with libclang. */
  readonly libclang: boolean;
  /** Compiled by `npm run nightly`, and in other runs where its inputs are not those of the record (results.ts). */
  readonly recorded: boolean;
  /** Recorded, and of programs that are only tried with it other runs make a part (programs.ts). */
  readonly nightly: boolean;
}

/** Why the set cannot be compiled on this machine. */
export function hindrance({ target, libclang }: CrateSet): string | undefined {
  if (target !== undefined && !existsSync(targetFolder(target))) return `not run: the target ${target} is not installed`;
  if (libclang && process.env["LIBCLANG_PATH"] === undefined && !/libclang[-.\d]*\.so/.test(loadable()))
    return "not run: libclang is not installed";
  return undefined;
}

const targetFolder = (target: string): string =>
  spawnSync("rustc", ["--print", "target-libdir", "--target", target], { encoding: "utf8" }).stdout.trim();
const loadable = (): string => spawnSync("/sbin/ldconfig", ["-p"], { encoding: "utf8" }).stdout ?? "";

/** Whether a set has what a recipe requires: in its lock file, or as a dependency of its own. */
export function meets({ requires = [] }: Recipe, set: CrateSet): boolean {
  return requires.every((it) => {
    const direct = set.dependencies.get(it.package)?.version;
    const there = it.direct === true ? (direct === undefined ? [] : [direct]) : (set.locked.get(it.package) ?? []);
    return (it.direct !== true && there.length === 0) || there.some((one) => satisfies(one, it.versions));
  });
}

/** Those that every run compiles first, then those of which it makes every program. */
export function crateSets(): CrateSet[] {
  return readdirSync(SETS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => load(name, join(SETS, name)))
    .sort((a, b) => Number(a.recorded) - Number(b.recorded) || Number(a.nightly) - Number(b.nightly) || a.name.localeCompare(b.name));
}

/** What the tests of the language use beside the standard library: no fixture of a rule is compiled against it. */
export const languageSet = (): CrateSet => load("language", join(dirname(SETS), "language"));

function load(name: string, folder: string): CrateSet {
  const manifest = parse(readFileSync(join(folder, "Cargo.toml"), "utf8"));
  const asked = table(manifest["dependencies"]);
  const check = table(table(table(manifest["package"])["metadata"])["check"]);
  const lock = parse(readFileSync(join(folder, "Cargo.lock"), "utf8"));
  const packages = list(lock["package"]).map(table);
  // The set's own entry names each dependency, with its version where the lock file has several.
  const own = packages.find((it) => it["name"] === `fixtures-${name.replaceAll(".", "-")}`);
  const dependencies = new Map<string, { readonly version: string; readonly features: readonly string[] }>();
  for (const entry of list(own?.["dependencies"]).map(String)) {
    const [dependency = "", told] = entry.split(" ");
    const version = told ?? String(packages.find((it) => it["name"] === dependency)?.["version"]);
    dependencies.set(dependency, { version, features: list(table(asked[dependency])["features"]).map(String) });
  }
  const locked = new Map<string, string[]>();
  for (const it of packages) locked.set(String(it["name"]), [...(locked.get(String(it["name"])) ?? []), String(it["version"])]);
  const environment = Object.fromEntries(
    Object.entries(table(check["environment"])).map(([variable, value]) => [variable, String(value).replaceAll("{cargo}", dirname(SETS))]),
  );
  const target = check["target"];
  return {
    name,
    folder,
    dependencies,
    locked,
    environment,
    libclang: check["libclang"] === true,
    recorded: check["recorded"] === true || check["nightly"] === true,
    nightly: check["nightly"] === true,
    ...(typeof target === "string" ? { target } : {}),
  };
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function table(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
