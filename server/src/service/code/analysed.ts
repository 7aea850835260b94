/** A program read by the new engine, side by side with the present one. */

import { analyse } from "../../analysis/index.ts";
import { ResolvedProgram } from "../../flow/index.ts";
import { READERS } from "../../models/configuration.ts";
import { models } from "../../models/index.ts";
import { STD } from "../../models/std.ts";
import { folderOf } from "../../project/index.ts";
import type { Reading } from "../../reading/index.ts";
import { CallGraph, type CrateNode, DefinitionMaps } from "../../rust/index.ts";
import type { Parsed } from "./program-source.ts";

export function analysed(parsed: readonly Parsed[]): Reading {
  const files = parsed.map(({ source, rust }) => ({ ...source, file: rust }));
  const texts = new Map(files.map(({ name, file }) => [name, file.text]));
  const text = (path: string): string | undefined => texts.get(path);
  const roots = parsed.filter(({ source }) => source.modulePath.length === 0);
  const first = mapsOf(roots, text);
  const read = new Set(first.crates.flatMap((crate) => crate.modules.flatMap((it) => it.files)));
  // What no module leads to here begins a crate of its own.
  const left = parsed.filter(({ source }) => !read.has(source.name));
  const maps = left.length === 0 ? first : mapsOf([...roots.filter((it) => !left.includes(it)), ...left], text);
  const program = new ResolvedProgram(maps, new CallGraph(maps), READERS);
  const { observations, endpoints, intent, readsPeerIdentity, spell } = analyse({ files, models, program, standard: STD });
  return { observations, endpoints, intent, readsPeerIdentity, trace: [], spell };
}

function mapsOf(roots: readonly Parsed[], text: (path: string) => string | undefined): DefinitionMaps {
  const crates = cratesOf(roots);
  const maps = new DefinitionMaps({ crates, text });
  maps.load([...crates.keys()]);
  return maps;
}

/** One for each file with which a crate begins. */
function cratesOf(roots: readonly Parsed[]): ReadonlyMap<string, CrateNode> {
  const libraries = new Map(
    roots.flatMap(({ source }) => (source.crate?.library === undefined ? [] : [[source.crate.library.replaceAll("-", "_"), source.name]])),
  );
  return new Map(
    roots.map(({ source: { name, crate } }): [string, CrateNode] => {
      const dependencies =
        crate &&
        new Map(
          [...crate.dependencies].map(([key, it]) => {
            const id = libraries.get(it.package.replaceAll("-", "_"));
            return [key, id === undefined ? { external: it.package.replaceAll("-", "_") } : { id }];
          }),
        );
      const common = { id: name, root: name, folder: folderOf(name), edition: "2021", published: true } as const;
      return [name, { ...common, name: crate?.library?.replaceAll("-", "_") ?? "", dependencies }];
    }),
  );
}
