/** A program read by the new engine, side by side with the present one: names of its files alone, and signs of intent by the present one. */

import { analyse } from "../../analysis/index.ts";
import { ResolvedProgram } from "../../flow/index.ts";
import { READERS } from "../../models/configuration.ts";
import { models } from "../../models/index.ts";
import { STD } from "../../models/std.ts";
import { folderOf } from "../../project/index.ts";
import type { Reading } from "../../reading/index.ts";
import { CallGraph, type CrateNode, DefinitionMaps } from "../../rust/index.ts";
import { type Parsed, readingOf } from "./program-source.ts";

export function analysed(parsed: readonly Parsed[]): Reading {
  const files = parsed.map(({ source, rust }) => ({ ...source, file: rust }));
  const texts = new Map(files.map(({ name, file }) => [name, file.text]));
  const maps = new DefinitionMaps({ crates: cratesOf(parsed), text: (path) => texts.get(path) });
  maps.load([...cratesOf(parsed).keys()]);
  const program = new ResolvedProgram(maps, new CallGraph(maps), READERS);
  const { observations, endpoints, spell } = analyse({ files, models, program, standard: STD });
  const { intent, readsPeerIdentity } = readingOf(parsed);
  return { observations, endpoints, intent, readsPeerIdentity, trace: [], spell };
}

/** One for each file with which a crate begins. */
function cratesOf(parsed: readonly Parsed[]): ReadonlyMap<string, CrateNode> {
  const roots = parsed.filter(({ source }) => source.modulePath.length === 0);
  const libraries = new Map(
    roots.flatMap(({ source }) => (source.crate?.library === undefined ? [] : [[source.crate.library, source.name]])),
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
