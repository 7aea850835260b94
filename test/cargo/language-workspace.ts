/**
 * The fixtures of flow and names as one Cargo workspace, so that the compiler reads them: every package under a name of its own. A line
 * that ends in `//~ E0425` is one that the compiler refuses with that error (`//~ error`: one without a code); a workspace whose manifest says why it compiles nowhere
 * (`# compiles: not, …`) is left out.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "smol-toml";
import { folderOf } from "../../server/src/project/path.ts";
import { ROOT } from "../harness/fixtures.ts";
import { type WorkspaceFixture, workspaces } from "../harness/workspaces.ts";

export interface Workspace {
  /** By path inside of the workspace. */
  readonly files: ReadonlyMap<string, string>;
  readonly members: readonly string[];
}

/** Of each package but the model: to be replaced. */
export const NO_VERSION = "0.0.0-unversioned";
const LANGUAGE = join(ROOT, "test/cargo/language");
const FLOW = join(ROOT, "test/fixtures/flow");
const REFUSED = /^.*\/\/~ (E\d{4}|error)$/;

export function languageWorkspace(): Workspace {
  const model = ["Cargo.toml", "src/lib.rs"].map((it) => [`model/${it}`, readFileSync(join(LANGUAGE, "model", it), "utf8")] as const);
  const fixtures = ["flow", "names"].flatMap((kind) => workspaces(kind).flatMap((it) => packagesOf(kind, it)));
  const files = new Map([...model, ...single(), ...fixtures]);
  return { files, members: [...files.keys()].filter((it) => it.endsWith("/Cargo.toml")).map(folderOf) };
}

/** Lines that are refused, with the error, counted from 1. */
export const refusedIn = (text: string): ReadonlyMap<number, string> =>
  new Map(
    text.split("\n").flatMap((line, at) => {
      const code = REFUSED.exec(line)?.[1];
      return code === undefined ? [] : [[at + 1, code] as const];
    }),
  );

/** What is left has to compile. */
export const withoutRefused = (text: string): string =>
  text
    .split("\n")
    .map((line) => (REFUSED.test(line) ? "" : line))
    .join("\n");

/** Files of flow that are a crate each are modules of one. */
function single(): (readonly [string, string])[] {
  const names = readdirSync(FLOW).filter((it) => it.endsWith(".rs"));
  const manifest = {
    package: { name: "flow-files", version: NO_VERSION, edition: "2021" },
    dependencies: {
      model: { path: "../model" },
      anyhow: "1",
      "arc-swap": "1",
      futures: { version: "0.3", "default-features": false, features: ["std", "executor", "async-await"] },
      log: "0.4",
      tokio: { version: "1", features: ["rt", "sync", "time"] },
    },
  };
  return [
    ["flow-files/Cargo.toml", stringify(manifest)],
    ["flow-files/src/lib.rs", names.map((it) => `mod ${it.slice(0, -".rs".length)};`).join("\n")],
    ...names.map((it) => [`flow-files/src/${it}`, readFileSync(join(FLOW, it), "utf8")] as const),
  ];
}

function packagesOf(kind: string, { name, files }: WorkspaceFixture): (readonly [string, string])[] {
  if (/^# compiles: not, \w/m.test(files.get("Cargo.toml")?.text ?? "")) return [];
  const folder = `${kind}-${name}`;
  const of = (manifest: string): string => `${folder}--${manifest === "Cargo.toml" ? "root" : folderOf(manifest).replaceAll("/", "-")}`;
  return [...files].flatMap(([path, { text }]): (readonly [string, string])[] => {
    if (!path.endsWith("Cargo.toml")) return [[`${folder}/${path}`, text]];
    const manifest = parse(text);
    if (manifest["package"] === undefined) return [];
    return [[`${folder}/${path}`, stringify(renamed(manifest, path, of, files))]];
  });
}

type Table = Readonly<Record<string, unknown>>;
const table = (value: unknown): Table => (typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {});

/** Under a name of its own, with the library's as it was, and what it depends on likewise. */
function renamed(manifest: Table, path: string, of: (manifest: string) => string, texts: WorkspaceFixture["files"]): Table {
  const own = table(manifest["package"]);
  const libraryOf = (other: string): string => {
    const { lib, package: its } = parse(texts.get(other)?.text ?? "");
    return String(table(lib)["name"] ?? table(its)["name"]);
  };
  const lib = texts.has(path.replace(/Cargo\.toml$/, "src/lib.rs"))
    ? { lib: { name: String(own["name"]).replaceAll("-", "_"), ...table(manifest["lib"]) } }
    : {};
  const dependencies = Object.entries(table(manifest["dependencies"])).map(([name, written]) => {
    const it = typeof written === "string" ? { version: written } : table(written);
    if (it["package"] === "model" || name === "model")
      return [name, { package: "model", path: `${"../".repeat(path.split("/").length)}model` }];
    if (typeof it["path"] !== "string") return [name, it];
    const other = `${join(folderOf(path), it["path"])}/Cargo.toml`;
    // Without a name of its own a dependency is called as the library calls itself.
    const called = it["package"] === undefined ? libraryOf(other) : name;
    return [called, { ...it, package: of(other) }];
  });
  return { ...manifest, package: { ...own, name: of(path), version: NO_VERSION }, ...lib, dependencies: Object.fromEntries(dependencies) };
}
