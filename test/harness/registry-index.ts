/** The registry's index as Cargo keeps it on this machine: of each release, what it depends on and which features bring that. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { isTable, member, stringAt, stringsAt, type TomlTable, tableAt } from "../../server/src/cargo/toml.ts";

/** Releases of a package, and how they take another one. */
export interface Taken {
  readonly releases: readonly string[];
  readonly requirement: string;
  /** Features that bring it, where it is optional; `default` among them. */
  readonly features?: readonly string[];
}

/** Of all releases that are no pre-releases and not yanked; `cargo info PACKAGE` brings what is not there. */
export function takenBy(name: string, brings: string): readonly Taken[] {
  return releasesOf(name).flatMap((it) => {
    const features = new Map(["features", "features2"].flatMap((key) => listsOf(tableAt(it, key))));
    return tables(member(it, "deps")).flatMap((dependency): readonly Taken[] => {
      const key = stringAt(dependency, "name") ?? "";
      const kind = stringAt(dependency, "kind");
      if ((stringAt(dependency, "package") ?? key) !== brings || kind === "dev" || kind === "build") return [];
      const taken = { releases: [stringAt(it, "vers") ?? ""], requirement: stringAt(dependency, "req") ?? "" };
      return [member(dependency, "optional") === true ? { ...taken, features: bringing(key, features) } : taken];
    });
  });
}

function releasesOf(name: string): readonly TomlTable[] {
  const root = `${process.env["CARGO_HOME"] ?? `${homedir()}/.cargo`}/registry/index`;
  const file = readdirSync(root)
    .map((it) => `${root}/${it}/.cache/${folderOf(name)}/${name}`)
    .find((it) => existsSync(it));
  if (file === undefined) throw new Error(`the index of ${name} is not here; expected after \`cargo info ${name}\``);
  const releases = readFileSync(file, "utf8")
    .split("\0")
    .filter((it) => it.startsWith("{"))
    .map((it): unknown => JSON.parse(it));
  return releases.filter(
    (it): it is TomlTable => isTable(it) && member(it, "yanked") !== true && stringAt(it, "vers")?.includes("-") === false,
  );
}

/** As the index lays packages out, by the beginnings of their names. */
const folderOf = (name: string): string =>
  name.length > 3 ? `${name.slice(0, 2)}/${name.slice(2, 4)}` : name.length === 3 ? `3/${name[0]}` : `${name.length}`;

/** Features by which an optional dependency is there; unless one says `dep:`, it is a feature of its own name. */
function bringing(key: string, features: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const isExplicit = [...features.values()].some((all) => all.includes(`dep:${key}`));
  const found = new Set([isExplicit ? `dep:${key}` : key]);
  // `key/feature` brings it, too; `key?/feature` does not.
  const brings = (it: string): boolean => found.has(it) || (!it.includes("?/") && it.includes("/") && it.split("/")[0] === key);
  for (let size = 0; size < found.size; ) {
    size = found.size;
    for (const [name, all] of features) if (all.some(brings)) found.add(name);
  }
  return [...found].filter((it) => !it.startsWith("dep:")).sort();
}

const tables = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const listsOf = (table: unknown): readonly (readonly [string, readonly string[]])[] =>
  isTable(table) ? Object.keys(table).map((key) => [key, stringsAt(table, key)] as const) : [];
