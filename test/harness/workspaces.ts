/** Fixtures of several files: each folder is a package or several as a user has them, with carets in its Rust files. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./fixtures.ts";

export interface WorkspaceFixture {
  readonly name: string;
  /** By path inside of the workspace, in order. */
  readonly files: ReadonlyMap<string, { readonly file: string; readonly text: string }>;
}

export function workspaces(folder = "workspaces"): readonly WorkspaceFixture[] {
  const all = join(ROOT, "test/fixtures", folder);
  return readdirSync(all, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .map((name) => ({ name, files: new Map(filesIn(join(all, name), "")) }));
}

function filesIn(folder: string, inside: string): readonly (readonly [string, { readonly file: string; readonly text: string }])[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = inside === "" ? entry.name : `${inside}/${entry.name}`;
      const file = join(folder, entry.name);
      return entry.isDirectory() ? filesIn(file, path) : [[path, { file, text: readFileSync(file, "utf8") }] as const];
    });
}
