/** Crates from texts, resolved, and what their names mean in words: `crate::module::Type::method`. */
import { readManifest } from "../../server/src/cargo/index.ts";
import { cratesOfWorkspace, type Member } from "../../server/src/project/crate-graph.ts";
import { folderOf } from "../../server/src/project/path.ts";
import { CallGraph, DefinitionMaps } from "../../server/src/rust/index.ts";
import type { Crate, Definition, Module } from "../../server/src/rust/names/index.ts";

export interface Resolved {
  readonly maps: DefinitionMaps;
  readonly calls: CallGraph;
}

/** By path. */
export function resolved(files: ReadonlyMap<string, string>): Resolved {
  const manifests = [...files].flatMap(([path, text]) => {
    const read = path.endsWith("Cargo.toml") ? readManifest(text) : undefined;
    return read?.ok ? [{ folder: folderOf(path), manifest: read.value }] : [];
  });
  const members = manifests.flatMap(({ folder, manifest }): readonly Member[] => {
    const workspace = manifests.find((it) => it.manifest.workspace !== undefined && `${folder}/`.startsWith(`${it.folder}/`));
    return manifest.package === undefined ? [] : [{ folder, manifest, workspace }];
  });
  const crates = cratesOfWorkspace(
    members,
    [...files.keys()].filter((it) => it.endsWith(".rs")),
  );
  const maps = new DefinitionMaps({ crates, text: (path) => files.get(path) });
  maps.load(crates.keys());
  return { maps, calls: new CallGraph(maps) };
}

export function described(definition: Definition): string {
  switch (definition.sort) {
    case "external":
      return definition.path.join("::");
    case "variant":
      return `${described(definition.of)}::${definition.name}`;
    case "module":
      return pathOf(definition);
    case "item": {
      const { holder } = definition;
      const type =
        holder?.kind === "impl" ? `${holder.tree.implements?.type.at(-1) ?? "_"}::` : holder?.kind === "trait" ? `${holder.name}::` : "";
      return `${pathOf(definition.module)}::${type}${definition.name}`;
    }
  }
}

function pathOf(module: Module): string {
  if (module.parent === undefined) return nameOf(module.crate);
  return `${pathOf(module.parent)}${module.isBlock ? "::{}" : `::${module.name}`}`;
}

/** A library by its folder inside of the fixture's, for two may have one name; what is none by its file. */
function nameOf({ node }: Crate): string {
  const [, fixture = "", ...inside] = (node.name === "" ? node.root : node.folder).split("/");
  return inside.length === 0 ? fixture : inside.join("/");
}

/** What is meant by each name in a file, by its place, in words. */
export function meaningsIn(path: string, { maps, calls }: Resolved): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  const add = (start: number, end: number, text: string): void => {
    const key = `${start} ${end}`;
    found.set(key, (found.get(key) ?? new Set()).add(text));
  };
  for (const crate of maps.crates) {
    for (const item of crate.items) {
      if (item.fragment.path !== path || item.fragment.expansions > 0) continue;
      for (const { to, certain, kind, span } of calls.edgesFrom(item))
        for (const it of to) add(span.start, span.end, `${certain ? kind : "may"} ${described(it)}`);
    }
    for (const item of crate.items) {
      if (item.fragment.path !== path || item.fragment.expansions > 0 || item.kind !== "function") continue;
      const reachable = calls.isExternallyReachable(item) ? ", reachable" : "";
      add(item.nameStart, item.nameStart + item.name.length, `called ${calls.called(item)}${reachable}`);
    }
  }
  return new Map([...found].map(([key, texts]) => [key, [...texts].sort()]));
}

/** What a name means at a module's level, in words. */
export function namedIn(module: Module, name: string, maps: DefinitionMaps): readonly string[] {
  return maps
    .resolve([name], module)
    .found.map(({ definition }) => `is ${described(definition)}`)
    .sort();
}

export const modulesOf = (path: string, { crates }: DefinitionMaps): readonly Module[] =>
  crates.flatMap((crate) => crate.modules.filter((it) => it.files.includes(path) || (it === crate.root && crate.node.root === path)));
