/** The crate sets: small Cargo packages, each with one version of each TLS crate, that fixtures and models are compiled against. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "smol-toml";
import { ROOT } from "../harness/fixtures.ts";

export const SETS = join(ROOT, "test/cargo/sets");

export interface CrateSet {
  readonly name: string;
  readonly folder: string;
  /** Direct dependencies by package name: the version of the lock file and the features asked for. */
  readonly dependencies: ReadonlyMap<string, { readonly version: string; readonly features: readonly string[] }>;
}

export function crateSets(): CrateSet[] {
  return readdirSync(SETS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => load(name))
    .sort((a, b) => a.name.localeCompare(b.name));
}

function load(name: string): CrateSet {
  const folder = join(SETS, name);
  const asked = table(parse(readFileSync(join(folder, "Cargo.toml"), "utf8"))["dependencies"]);
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
  return { name, folder, dependencies };
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function table(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
