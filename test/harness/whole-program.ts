/** All Rust files of some packages as one program for analysis: its crates are those that the manifests tell. */
import { dirname } from "node:path/posix";
import { type Analysis, type AnalysisInput, analyse } from "../../server/src/analysis/index.ts";
import { type Manifest, readManifest } from "../../server/src/cargo/index.ts";
import { ResolvedProgram } from "../../server/src/flow/index.ts";
import { READERS } from "../../server/src/models/configuration.ts";
import { models } from "../../server/src/models/index.ts";
import { STD } from "../../server/src/models/std.ts";
import { cratesOfWorkspace, type Member } from "../../server/src/project/crate-graph.ts";
import { CallGraph, createRustParser, DefinitionMaps } from "../../server/src/rust/index.ts";

type Source = AnalysisInput["files"][number];
type Texts = ReadonlyMap<string, string>;

/** `begins`: bodies with which evaluation begins; the slice unless given. */
export function wholeProgram(texts: Texts, begins?: AnalysisInput["begins"]): Analysis {
  const members = membersOf(texts);
  const crates = cratesOfWorkspace(
    members,
    [...texts.keys()].filter((it) => it.endsWith(".rs")),
  );
  const maps = new DefinitionMaps({ crates, text: (path) => texts.get(path) });
  maps.load(crates.keys());
  const read = new Set(maps.crates.flatMap((crate) => crate.modules.flatMap((it) => it.files)));
  const program = new ResolvedProgram(maps, new CallGraph(maps), READERS);
  const files = [...texts].flatMap(([path, text]) => (read.has(path) ? sourceOf(path, text, members) : []));
  return analyse({ files, models, program, standard: STD, begins });
}

function membersOf(texts: Texts): readonly Member[] {
  const manifests = [...texts].flatMap(([path, text]) => {
    const manifest = path.endsWith("/Cargo.toml") ? readManifest(text) : undefined;
    return manifest?.ok === true ? [{ folder: dirname(path), manifest: manifest.value }] : [];
  });
  return manifests.map((it) => ({
    ...it,
    workspace: manifests.find(({ folder, manifest }) => manifest.workspace !== undefined && `${it.folder}/`.startsWith(`${folder}/`)),
  }));
}

const parser = createRustParser();

function sourceOf(path: string, text: string, members: readonly Member[]): readonly Source[] {
  const parsed = parser.parse(text);
  if (!parsed.ok) return [];
  const owner = members.filter(({ folder }) => path.startsWith(`${folder}/`)).sort((a, b) => b.folder.length - a.folder.length)[0];
  const inside = path.slice((owner?.folder ?? "").length);
  return [
    {
      name: path,
      file: parsed.value,
      modulePath: [],
      testCode: /^\/(?:tests|benches)\//.test(inside),
      ...(inside.startsWith("/examples/") && { example: { kind: "example" } as const }),
      crate: owner && crateOf(owner.manifest),
    },
  ];
}

const crateOf = ({ dependencies }: Manifest): NonNullable<Source["crate"]> => ({
  dependencies: new Map(dependencies.map((it) => [it.key.replaceAll("-", "_"), { package: it.package }])),
  versions: new Map(),
  reached: "unknown" as const,
  defaultFeatures: new Set(),
  features: new Set(),
});
