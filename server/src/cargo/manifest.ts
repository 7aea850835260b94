/** `Cargo.toml` as plain data. What is missing or of a wrong type is left out: the manifest may be half written. */
import { ok, type Result } from "../base/result.ts";
import { isTable, member, parseToml, stringAt, stringsAt, type TomlFailure, type TomlTable, tableAt } from "./toml.ts";

export interface Manifest {
  /** What it was read from; absent where the file has changed since and cannot be read. */
  readonly text?: string;
  readonly package?: {
    readonly name: string;
    /** `inherited` when it says `version.workspace = true`. */
    readonly version?: string | "inherited";
    readonly edition?: string | "inherited";
    /** `publish = false`, or an empty list of registries. */
    readonly unpublished?: boolean | "inherited";
    /** `package.workspace`: the path of the workspace's root. */
    readonly workspace?: string;
    /** `[package.metadata]`. */
    readonly metadata?: TomlTable;
  };
  readonly dependencies: readonly Dependency[];
  readonly features: ReadonlyMap<string, readonly string[]>;
  /** Paths of targets that the manifest names itself, by kind. */
  readonly targets: readonly Target[];
  readonly workspace?: {
    readonly version?: string;
    readonly edition?: string;
    readonly unpublished?: boolean;
    readonly exclude: readonly string[];
    readonly dependencies: ReadonlyMap<string, Dependency>;
    readonly metadata?: TomlTable;
  };
}

export interface Dependency {
  /** As written in the manifest: `rustls-pemfile`, or the new name of a renamed one. */
  readonly key: string;
  /** The package's own name, where a rename or the key tells. */
  readonly package: string;
  readonly requirement?: string;
  /** Relative to the manifest that says it. */
  readonly path?: string;
  readonly optional: boolean;
  /** Those that are asked for beside the crate's own default ones. */
  readonly features: readonly string[];
  /** `default-features = false`. */
  readonly bare?: true;
  /** `workspace = true`: the workspace's table of the same key says the rest. */
  readonly inherited: boolean;
  /** It is given by a path, or from git: code of the same people. */
  readonly own?: true;
  readonly kind: "normal" | "dev" | "build";
}

export interface Target {
  readonly kind: "lib" | "bin" | "test" | "bench" | "example";
  readonly name?: string;
  readonly path: string;
}

export function readManifest(text: string): Result<Manifest, TomlFailure> {
  const parsed = parseToml(text);
  return parsed.ok ? ok({ text, ...manifestOf(parsed.value) }) : parsed;
}

function manifestOf(root: TomlTable): Manifest {
  const head = tableAt(root, "package");
  const name = stringAt(head, "name");
  const workspace = tableAt(root, "workspace");
  const targetTables = Object.values(tableAt(root, "target") ?? {});
  return {
    ...(name !== undefined && head ? { package: packageOf(name, head) } : {}),
    dependencies: [root, ...targetTables].flatMap((it) => [
      ...dependenciesOf(tableAt(it, "dependencies"), "normal"),
      ...dependenciesOf(tableAt(it, "build-dependencies") ?? tableAt(it, "build_dependencies"), "build"),
      ...dependenciesOf(tableAt(it, "dev-dependencies") ?? tableAt(it, "dev_dependencies"), "dev"),
    ]),
    features: new Map(Object.keys(tableAt(root, "features") ?? {}).map((it) => [it, stringsAt(tableAt(root, "features"), it)])),
    targets: targetsOf(root),
    ...(workspace ? { workspace: workspaceOf(workspace) } : {}),
  };
}

function packageOf(name: string, head: TomlTable): NonNullable<Manifest["package"]> {
  const version = tableAt(head, "version") ? "inherited" : stringAt(head, "version");
  const edition = tableAt(head, "edition") ? "inherited" : stringAt(head, "edition");
  const unpublished = tableAt(head, "publish") ? "inherited" : isUnpublished(member(head, "publish"));
  const workspace = stringAt(head, "workspace");
  const metadata = tableAt(head, "metadata");
  return {
    name,
    ...(version === undefined ? {} : { version }),
    ...(edition === undefined ? {} : { edition }),
    ...(unpublished === false ? {} : { unpublished }),
    ...(workspace === undefined ? {} : { workspace }),
    ...(metadata ? { metadata } : {}),
  };
}

const isUnpublished = (publish: unknown): boolean => publish === false || (Array.isArray(publish) && publish.length === 0);

function workspaceOf(table: TomlTable): NonNullable<Manifest["workspace"]> {
  const inherited = tableAt(table, "package");
  const version = stringAt(inherited, "version");
  const edition = stringAt(inherited, "edition");
  const metadata = tableAt(table, "metadata");
  return {
    ...(version === undefined ? {} : { version }),
    ...(edition === undefined ? {} : { edition }),
    ...(isUnpublished(member(inherited, "publish")) ? { unpublished: true } : {}),
    exclude: stringsAt(table, "exclude"),
    dependencies: new Map(dependenciesOf(tableAt(table, "dependencies"), "normal").map((it) => [it.key, it])),
    ...(metadata ? { metadata } : {}),
  };
}

function dependenciesOf(table: TomlTable | undefined, kind: Dependency["kind"]): readonly Dependency[] {
  return Object.entries(table ?? {}).map(([key, value]) => {
    const requirement = typeof value === "string" ? value : stringAt(value, "version");
    const path = stringAt(value, "path");
    return {
      key,
      package: stringAt(value, "package") ?? key,
      ...(requirement === undefined ? {} : { requirement }),
      ...(path === undefined ? {} : { path }),
      optional: member(value, "optional") === true,
      features: stringsAt(value, "features"),
      ...((member(value, "default-features") ?? member(value, "default_features")) === false && BARE),
      inherited: member(value, "workspace") === true,
      ...((member(value, "path") !== undefined || member(value, "git") !== undefined) && OWN),
      kind,
    };
  });
}

function targetsOf(root: TomlTable): readonly Target[] {
  const kinds = ["lib", "bin", "test", "bench", "example"] as const;
  return kinds.flatMap((kind) => {
    const found: unknown = member(root, kind);
    const tables: readonly unknown[] = Array.isArray(found) ? found : [found];
    return tables.filter(isTable).flatMap((it) => {
      const path = stringAt(it, "path") ?? (kind === "lib" ? "src/lib.rs" : undefined);
      const name = stringAt(it, "name");
      return path === undefined ? [] : [{ kind, path, ...(name === undefined ? {} : { name }) }];
    });
  });
}

const BARE: { readonly bare: true } = { bare: true };
const OWN: { readonly own: true } = { own: true };
