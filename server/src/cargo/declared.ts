/** Where a package's manifest, and the workspace's where it is inherited, declare a dependency: at what chooses its features. */
import type { Span } from "../base/span.ts";
import type { Dependency, Manifest } from "./manifest.ts";
import { type TomlKey, tomlKeys } from "./toml.ts";

export interface DeclaredDependency {
  /** The workspace's root manifest says it, and not the package's own. */
  readonly inWorkspace: boolean;
  readonly span: Span;
}

/**
 * The workspace's table comes first: what it says holds for all that inherit it. A package that adds features to what it inherits could add
 * others as well. Nothing of a manifest whose text is not known.
 */
export function declarationsOf(name: string, manifest: Manifest, workspace: Manifest | undefined): readonly DeclaredDependency[] {
  const inherited = (it: Dependency): Dependency | undefined => (it.inherited ? workspace?.workspace?.dependencies.get(it.key) : undefined);
  const all = manifest.dependencies.filter((it) => (inherited(it) ?? it).package === name);
  // A normal dependency decides over a test's or a build script's.
  const normal = all.filter((it) => it.kind === "normal");
  const keys = tomlKeys(manifest.text ?? "");
  return (normal.length > 0 ? normal : all).flatMap((it) => {
    const origin = inherited(it);
    const shared = origin && declared(tomlKeys(workspace?.text ?? ""), (path) => path[0] === "workspace", it.key);
    const own = origin === undefined || it.features.length > 0;
    return [
      ...(shared ?? []).map((span) => ({ inWorkspace: true, span })),
      ...(own ? declared(keys, isTableOf(it.kind), it.key).map((span) => ({ inWorkspace: false, span })) : []),
    ];
  });
}

const TABLES: Readonly<Record<Dependency["kind"], readonly string[]>> = {
  normal: ["dependencies"],
  build: ["build-dependencies", "build_dependencies"],
  dev: ["dev-dependencies", "dev_dependencies"],
};

/** In the manifest's own tables, those of platforms among them. */
const isTableOf =
  (kind: Dependency["kind"]) =>
  (path: readonly string[]): boolean => {
    const [first = "", , third = ""] = path;
    return TABLES[kind].includes(first === "target" ? third : first);
  };

/** Of a table or a line of its own the key that chooses features, else what it is declared by. */
function declared(keys: readonly TomlKey[], isIn: (path: readonly string[]) => boolean, key: string): readonly Span[] {
  const lengths = new Map<string, { readonly whole: TomlKey; readonly inside: readonly TomlKey[] }>();
  for (const it of keys) {
    const at = isIn(it.path) ? keyIndex(it.path) : -1;
    if (at < 0 || it.path[at] !== key) continue;
    const table = it.path.slice(0, at).join("\n");
    const known = lengths.get(table);
    if (known === undefined) lengths.set(table, { whole: it, inside: it.path.length > at + 1 ? [it] : [] });
    else lengths.set(table, { ...known, inside: [...known.inside, it] });
  }
  return [...lengths.values()].map(({ whole, inside }) => {
    const named = (name: string): TomlKey | undefined => inside.find((it) => it.path.at(-1) === name);
    return (named("features") ?? named("default-features") ?? named("default_features") ?? whole).span;
  });
}

/** `target.'cfg(unix)'.dependencies.name`, `workspace.dependencies.name`, `dependencies.name`. */
function keyIndex(path: readonly string[]): number {
  if (path[0] === "target") return 3;
  return path[0] === "workspace" ? (path[1] === "dependencies" ? 2 : -1) : 1;
}
