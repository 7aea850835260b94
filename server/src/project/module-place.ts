/** Where Cargo's layout, or the manifest, puts a file: in which of its package's crates, and as which module of it. */
import type { Manifest } from "../cargo/index.ts";
import { folderOf, isWithin, nameOf, relativePath, resolvePath } from "./path.ts";

/** A file's place in its crate. */
export interface ModulePlace {
  /** `crate::tls::server` as `["tls", "server"]`. */
  readonly modulePath: readonly string[];
  readonly role: "source" | "test" | "bench" | "example" | "build";
  /**
   * Which of the package's crates it belongs to: `src` for the library and the program beside it, `src/bin/x`, `tests`, `examples`, …
   * Integration tests (examples, benches) share theirs, for they share their modules.
   */
  readonly crate: string;
  /** The files in which the module may be declared (`mod name;`), nearest way first; empty for a crate's root. */
  readonly parents: readonly string[];
}

/** Where Cargo's layout puts a file; `folder` is the package's, or the root that was opened where there is no package. */
export function modulePlace(path: string, folder: string, manifest: Manifest | undefined): ModulePlace {
  const relative = relativePath(folder, path) ?? path;
  const target = manifest?.targets.find((it) => resolvePath(folder, it.path) === path);
  if (target)
    return rootOf(target.kind === "lib" || target.kind === "bin" ? "source" : target.kind, target.kind === "bin" ? relative : undefined);
  const parts = relative.split("/");
  if (relative === "build.rs") return rootOf("build");
  const layout = besideTarget(path, folder, manifest) ?? layoutOf(parts);
  const crateFolder = [folder, ...parts.slice(0, layout.depth)].join("/").replace(/^\/\//, "/");
  const inside = parts.slice(layout.depth);
  const name = inside.at(-1) ?? "";
  const folders = inside.slice(0, -1);
  if (layout.isRoot || (folders.length === 0 && (name === "main.rs" || name === "lib.rs"))) return rootOf(layout.role, layout.program);
  const own = name === "mod.rs" ? folders : [...folders, name.replace(/\.rs$/, "")];
  return {
    modulePath: own,
    role: layout.role,
    crate: layout.program ?? CRATES[layout.role],
    parents: parentsOf(crateFolder, own.slice(0, -1)),
  };
}

const CRATES = { source: "src", test: "tests", bench: "benches", example: "examples", build: "build.rs" } as const;

const rootOf = (role: ModulePlace["role"], program?: string): ModulePlace => ({
  modulePath: [],
  role,
  crate: program ?? CRATES[role],
  parents: [],
});

interface Layout {
  /** How many parts lead to the crate's folder. */
  readonly depth: number;
  readonly role: ModulePlace["role"];
  readonly isRoot: boolean;
  /** `src/bin/x` for a program of its own. */
  readonly program?: string;
}

/**
 * Modules of tests, examples and benches that the manifest puts into a folder of another name: `bench/support.rs` beside `bench/all.rs`.
 * Among those of the library and the programs only a folder counts that has the target's root for its own: `src/tests/mod.rs`.
 */
function besideTarget(path: string, folder: string, manifest: Manifest | undefined): Layout | undefined {
  const targets =
    manifest?.targets.map((it) => {
      const root = resolvePath(folder, it.path);
      return { kind: it.kind, home: folderOf(root), ownsFolder: ["mod.rs", "main.rs"].includes(nameOf(root)) };
    }) ?? [];
  const source = resolvePath(folder, "src");
  const inSource = isWithin(source, path);
  const around = targets.filter(
    ({ home, ownsFolder }) => home !== folder && isWithin(home, path) && !(inSource && (home === source || !ownsFolder)),
  );
  const nearest = Math.max(0, ...around.map(({ home }) => home.length));
  const own = inSource ? around.filter(({ home }) => home.length === nearest) : around;
  const [first] = own;
  if (first === undefined || own.some(({ kind }) => kind === "lib" || kind === "bin")) return undefined;
  const depth = relativePath(folder, first.home)?.split("/").length;
  const role = own.map(({ kind }) => kind).find((it) => it === "test" || it === "bench" || it === "example");
  return depth === undefined || role === undefined ? undefined : { depth, role, isRoot: false };
}

function layoutOf(parts: readonly string[]): Layout {
  const [first, second, third = ""] = parts;
  if (first === "src" && second === "bin") {
    const program = `src/bin/${third.replace(/\.rs$/, "")}`;
    if (parts.length === 3) return { depth: 2, role: "source", isRoot: true, program };
    return { depth: 3, role: "source", isRoot: parts.length === 4 && parts[3] === "main.rs", program };
  }
  const role = first === "tests" ? "test" : first === "benches" ? "bench" : first === "examples" ? "example" : undefined;
  if (role) {
    // `tests/a.rs` and `tests/a/main.rs` are crates; `tests/common/mod.rs` is a module of the crates beside it.
    if (parts.length === 2) return { depth: 1, role, isRoot: true };
    return { depth: third === "main.rs" ? 2 : 1, role, isRoot: parts.length === 3 && third === "main.rs" };
  }
  return { depth: first === "src" ? 1 : 0, role: "source", isRoot: false };
}

function parentsOf(crateFolder: string, parent: readonly string[]): readonly string[] {
  if (parent.length === 0) return ["lib.rs", "main.rs"].map((it) => `${crateFolder}/${it}`);
  const base = [crateFolder, ...parent].join("/");
  return [`${base}.rs`, `${base}/mod.rs`];
}
